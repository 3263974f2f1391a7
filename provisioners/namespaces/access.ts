import { TargetError } from '../../core/errors.ts';
import type { Handover } from '../../core/handover.ts';
import type { Fields } from '../../core/kinds.ts';
import type { WritePort } from '../../core/provisioner.ts';
import type { Change } from '../../core/resource.ts';
import { secret } from '../../core/secret.ts';
import type { Environment } from '../../core/service.ts';
import { ANNOTATIONS, NAMES } from '../../stacks/namespaces/labels.ts';
import { callIfThere, kubernetesError, list, write } from './call.ts';
import { accessFile } from './kubeconfig.ts';
import { collectionPath, namespacePath } from './paths.ts';
import type { KubernetesClient, KubernetesObject } from './protocol.ts';

export interface AccessOptions {
  readonly client: KubernetesClient;
  readonly place: Environment['namespaces'];
  readonly handover: Handover;
  readonly now: () => Date;
  /** Uniform integers in `[0, max)`. */
  readonly randomInt: (max: number) => number;
}

const DAY_S = 24 * 60 * 60;
/** A token ends with the term, and after so many days at the latest. */
const LONGEST_S = 365 * DAY_S;
/** Where there is no term. */
const USUAL_S = 90 * DAY_S;
/** The API refuses shorter ones. */
const SHORTEST_S = 600;
const MARK_LENGTH = 12;
const ALPHABET = 'abcdefghijkmnpqrstuvwxyz23456789';

const newMark = (randomInt: AccessOptions['randomInt']): string =>
  Array.from({ length: MARK_LENGTH }, () => ALPHABET.charAt(randomInt(ALPHABET.length))).join('');

/** Seconds until the end of the last day of the term. */
function lifetime(until: unknown, now: Date): number {
  if (typeof until !== 'string') return USUAL_S;
  const left = Math.floor((Date.parse(`${until}T00:00:00Z`) - now.getTime()) / 1000) + DAY_S;
  return Math.min(LONGEST_S, Math.max(SHORTEST_S, left));
}

const secretsPath = (namespace: string) => `${namespacePath(namespace)}/secrets`;
const accountPath = (namespace: string) =>
  `${collectionPath('kubernetes:core/v1:ServiceAccount', namespace)}/${NAMES.account}`;
const isAccess = ({ metadata }: KubernetesObject) => metadata.name.startsWith(`${NAMES.account}-`);

/**
 * Issues the access file of a namespace: a token that ends, bound to an empty secret, so that taking the secret away ends
 * it at once. The file is sealed for the recipient and the tokens of all earlier files have ended before the namespace names
 * it as the valid one.
 * @returns the sealed file
 */
export async function issueAccess(
  options: AccessOptions,
  change: Change,
  wanted: Fields,
  port: WritePort,
): Promise<string> {
  const { client, handover, now, randomInt } = options;
  const { key, request } = change;
  const mark = newMark(randomInt);
  const name = `${NAMES.account}-${mark}`;
  const token = await boundToken(options, change, name, lifetime(wanted.until, now()), port);
  const sealed = await handover.seal(request, key, accessFile(options.place, key, token), mark);
  try {
    // Earlier tokens end before the new one counts: a run that is cut off in between issues once more.
    for (const { metadata } of (await list(client, secretsPath(key))).filter(isAccess))
      if (metadata.name !== name)
        await write(client, port, change, { method: 'DELETE', path: `${secretsPath(key)}/${metadata.name}` });
    const annotations = { [ANNOTATIONS.accessIssuedAt]: wanted.accessIssuedAt, [ANNOTATIONS.handover]: mark };
    const body = { metadata: { annotations } };
    await write(client, port, change, { method: 'PATCH', path: namespacePath(key), body });
  } catch (error) {
    if (!(await isNamed(client, key, mark, error))) await sealed.discard();
    throw error;
  }
  await sealed.confirm();
  return sealed.file;
}

/** Whether the namespace names a file, or may: where the reply was lost and it cannot be read, the file stays. */
async function isNamed(client: KubernetesClient, key: string, mark: string, error: unknown): Promise<boolean> {
  if (!(error instanceof TargetError) || error.effect !== 'lost') return false;
  try {
    const found = await callIfThere(client, { method: 'GET', path: namespacePath(key) });
    return found?.metadata.annotations?.[ANNOTATIONS.handover] === mark;
  } catch {
    return true;
  }
}

/** A token of the namespace's account that lives no longer than a secret. */
async function boundToken(
  { client }: AccessOptions,
  change: Change,
  name: string,
  expirationSeconds: number,
  port: WritePort,
) {
  const { key } = change;
  const metadata = { name, namespace: key };
  const body = { apiVersion: 'v1', kind: 'Secret', type: 'Opaque', metadata };
  const bound = await write(client, port, change, { method: 'POST', path: secretsPath(key), body });
  const boundObjectRef = { apiVersion: 'v1', kind: 'Secret', name, uid: bound.metadata.uid };
  const answer = await write(client, port, change, {
    method: 'POST',
    path: `${accountPath(key)}/token`,
    body: {
      apiVersion: 'authentication.k8s.io/v1',
      kind: 'TokenRequest',
      spec: { expirationSeconds, boundObjectRef },
    },
  });
  const { token } = (answer.status ?? {}) as { token?: unknown };
  if (typeof token !== 'string')
    throw kubernetesError('POST serviceaccounts/token', 'incomplete', 'refused', 'The answer has no token');
  return secret(token);
}
