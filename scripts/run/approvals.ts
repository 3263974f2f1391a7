import type { Approval } from '../../core/approve/evidence.ts';
import { approvalFindings } from '../../core/approve/findings.ts';
import { UserError } from '../../core/errors.ts';
import type { Finding } from '../../core/finding.ts';
import type { Prepared } from '../../core/plan/prepare.ts';
import type { Workspace } from '../workspace/workspace.ts';

/**
 * The approval that a person gives to a request as it stands: a person of the service desk attests the letter that it
 * names, everyone else approves by command. Whether it counts is decided when it is used.
 */
export function approvalBy(person: string, { request, digest }: Prepared, { policies, today }: Workspace): Approval {
  const who = policies.organisation.people.get(person);
  if (who === undefined)
    throw new UserError({
      id: `Tidak dapat menyetujui sebagai '${person}': orang itu tidak ada di people.yaml`,
      en: `Cannot approve as '${person}': people.yaml has no such person`,
    });
  const letter = request.approval?.letter;
  if (who.serviceDesk === true && letter !== undefined)
    return { digest, by: letter.signer, on: letter.date, via: 'letter', letterAttestedBy: person };
  return { digest, by: person, on: today, via: 'command' };
}

/** Why approvals that were given do not count. */
export function refusals(prepared: readonly Prepared[], { policies }: Workspace): Finding[] {
  return prepared.flatMap(({ verdict, placed }) =>
    approvalFindings(verdict, placed.places.of(['service']), policies.organisation, policies.messages),
  );
}
