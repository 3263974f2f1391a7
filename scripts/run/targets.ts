import { randomInt } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { UserError } from '../../core/errors.ts';
import type { PlacedRequest } from '../../core/request.ts';
import type { RequestId } from '../../core/resource.ts';
import type { Environment } from '../../core/service.ts';
import { environmentFile } from '../../policies/load.ts';
import { openTargets, type Targets } from '../../provisioners/index.ts';
import type { TargetOptions } from '../../provisioners/target.ts';
import { openHandover } from '../store/handover.ts';
import { newIdentity, recipientOf } from '../store/keys.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { credentialsFrom } from './credentials.ts';

/**
 * The key to which a request's secrets are sealed: its requester's registered one. On the sandbox a person without a
 * key gets one in the store, so that the whole way can be tried; elsewhere a missing key is an error before any write.
 */
async function recipient(request: RequestId, requester: string | undefined, workspace: Workspace) {
  const { policies, store } = workspace;
  const person = requester === undefined ? undefined : policies.organisation.people.get(requester);
  if (person === undefined) throw new Error(`Cannot seal for '${request}': its requester is not known`);
  if (person.ageKey !== undefined) return { person: person.id, ageKey: person.ageKey };
  if (!isSandbox(policies.environment))
    throw new UserError(
      `Cannot hand over a secret of '${request}': '${person.id}' has no age key; ask them for 'layanan key new' and register it in people.yaml`,
    );
  const file = store.path('keys', `${person.id}.txt`);
  // Units apply at the same time, and a person may order for several: whoever comes second takes the first one's key.
  if (!existsSync(file)) await newIdentity(file).catch((error) => existsSync(file) || Promise.reject(error));
  return { person: person.id, ageKey: await recipientOf(file) };
}

/** Whether no target of an environment is real. */
export const isSandbox = ({ directory, mail, dns, machines, namespaces }: Environment): boolean =>
  [directory, mail, dns, machines, namespaces].every(({ at }) => at.type === 'sandbox');

/** Reads files that an environment names: their paths start at its own. */
function textBeside({ options }: Workspace): TargetOptions['text'] {
  const folder = dirname(environmentFile(options.policies, options.environment));
  return (file) => {
    const path = resolve(folder, file);
    try {
      return readFileSync(path, 'utf8');
    } catch (cause) {
      throw new UserError(`Cannot read '${path}', which the environment names`, [], { cause });
    }
  };
}

/**
 * Opens the targets of a workspace's environment for these requests.
 * @param over what a test puts in place of chance, time and healthy servers
 * @throws UserError for secrets that are missing; AggregateError for servers that are not reached
 */
export async function targetsOf(
  workspace: Workspace,
  requests: readonly PlacedRequest[],
  over: Partial<TargetOptions> = {},
): Promise<Targets> {
  const { policies, store, now } = workspace;
  const credentials = credentialsFrom(process.env, workspace);
  const requesters = new Map(requests.map(({ request }) => [request.id, request.requester]));
  return openTargets({
    environment: policies.environment,
    organisation: policies.organisation,
    calendarOf: (id) => policies.calendars.get(id),
    handover: openHandover({
      store,
      recipient: (request) => recipient(request, requesters.get(request), workspace),
      now,
    }),
    now,
    randomInt: (max) => randomInt(max),
    stateFile: (server) => store.path('sandbox', `${server}.sqlite`),
    credential: (name) => {
      const found = credentials.get(name);
      if (found === undefined) throw new Error(`Cannot use '${name}': the environment did not ask for it`);
      return found;
    },
    text: textBeside(workspace),
    ...over,
  });
}
