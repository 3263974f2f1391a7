import { provisionerContract } from '../contract.ts';
import { allocationCases } from './cases/allocation.ts';
import { answersCases } from './cases/answers.ts';
import { batchesCases } from './cases/batches.ts';
import { hostileNamesCases } from './cases/hostile-names.ts';
import { hostileValuesCases } from './cases/hostile-values.ts';
import { lostRepliesCases } from './cases/lost-replies.ts';
import { normalFormCases } from './cases/normal-form.ts';
import { ownershipCases } from './cases/ownership.ts';
import type { Impossible } from './cases/possible.ts';
import { prerequisitesCases } from './cases/prerequisites.ts';
import { racesCases } from './cases/races.ts';
import { readingCases } from './cases/reading.ts';
import { refusalsCases } from './cases/refusals.ts';
import { updatesCases } from './cases/updates.ts';
import { writingCases } from './cases/writing.ts';
import { SUBJECTS } from './resources.ts';
import { makeRig } from './rig.ts';
import type { DnsServer } from './server.ts';

const PROTOCOL = [prerequisitesCases, updatesCases, refusalsCases, answersCases];
const PROVISIONER = [
  ...[ownershipCases, normalFormCases, hostileNamesCases, writingCases],
  ...[lostRepliesCases, readingCases, racesCases, allocationCases, batchesCases, hostileValuesCases],
];

/** All that must hold for DNS, whichever server answers. Each case starts with empty zones. */
export function dnsContract(name: string, makeServer: () => Promise<DnsServer>, impossible: Impossible = {}): void {
  for (const cases of [...PROTOCOL, ...PROVISIONER]) cases(name, makeServer, impossible);
  for (const [title, subject] of Object.entries(SUBJECTS))
    provisionerContract(`${name}, ${title}`, subject, () => makeRig(makeServer));
}
