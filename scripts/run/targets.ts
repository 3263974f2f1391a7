import { randomInt } from 'node:crypto';
import { existsSync } from 'node:fs';
import { UserError } from '../../core/errors.ts';
import type { PlacedRequest } from '../../core/request.ts';
import type { RequestId } from '../../core/resource.ts';
import { openTargets, type TargetOptions, type Targets } from '../../provisioners/index.ts';
import { openHandover } from '../store/handover.ts';
import { newIdentity, recipientOf } from '../store/keys.ts';
import type { Workspace } from '../workspace/workspace.ts';

/**
 * The key to which a request's secrets are sealed: its requester's registered one. On the sandbox a person without a
 * key gets one in the store, so that the whole way can be tried; elsewhere a missing key is an error before any write.
 */
async function recipient(request: RequestId, requester: string | undefined, workspace: Workspace) {
  const { policies, store } = workspace;
  const person = requester === undefined ? undefined : policies.organisation.people.get(requester);
  if (person === undefined) throw new Error(`Cannot seal for '${request}': its requester is not known`);
  if (person.ageKey !== undefined) return { person: person.id, ageKey: person.ageKey };
  if (policies.environment.name !== 'sandbox')
    throw new UserError(
      `Cannot hand over a secret of '${request}': '${person.id}' has no age key; ask them for 'layanan key new' and register it in people.yaml`,
    );
  const file = store.path('keys', `${person.id}.txt`);
  // Units apply at the same time, and a person may order for several: whoever comes second takes the first one's key.
  if (!existsSync(file)) await newIdentity(file).catch((error) => existsSync(file) || Promise.reject(error));
  return { person: person.id, ageKey: await recipientOf(file) };
}

/**
 * Opens the targets of a workspace's environment for these requests.
 * @param over what a test puts in place of chance, time and healthy servers
 */
export function targetsOf(
  workspace: Workspace,
  requests: readonly PlacedRequest[],
  over: Partial<TargetOptions> = {},
): Targets {
  const { policies, store, now } = workspace;
  if (policies.environment.name !== 'sandbox')
    throw new UserError(
      `Cannot open environment '${policies.environment.name}': this version reaches the sandbox only; leave --environment out`,
    );
  const requesters = new Map(requests.map(({ request }) => [request.id, request.requester]));
  return openTargets({
    environment: policies.environment,
    organisation: policies.organisation,
    handover: openHandover({
      store,
      recipient: (request) => recipient(request, requesters.get(request), workspace),
      now,
    }),
    now,
    randomInt: (max) => randomInt(max),
    stateFile: (server) => store.path('sandbox', `${server}.sqlite`),
    ...over,
  });
}
