import { randomBytes, randomUUID } from 'node:crypto';
import type { KubernetesObject, KubernetesRequest, KubernetesResponse } from '../protocol.ts';
import { invalid, notFound, ok, status } from './answers.ts';
import { faultOf } from './rules.ts';
import type { ObjectStore } from './store.ts';
import { keepToken } from './tokens.ts';

/** A cluster: its objects and its clock. */
export interface Cluster {
  readonly store: ObjectStore;
  readonly now: () => Date;
}

/** `/api/v1/namespaces`, `/apis/<group>/<version>/namespaces/<name>/<plural>`, and what stands below. */
const PATH =
  /^(?<collection>\/(?:api\/v1|apis\/[a-z.0-9]+\/v1)\/(?:namespaces\/(?<namespace>[^/]+)\/[a-z]+|namespaces))(?:\/(?<name>[^/]+))?(?:\/(?<subresource>token))?$/;

const KINDS: Readonly<Record<string, string>> = {
  namespaces: 'Namespace',
  resourcequotas: 'ResourceQuota',
  limitranges: 'LimitRange',
  serviceaccounts: 'ServiceAccount',
  secrets: 'Secret',
  networkpolicies: 'NetworkPolicy',
  rolebindings: 'RoleBinding',
};

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** RFC 7396. */
function merged(target: unknown, patch: unknown): unknown {
  if (!isRecord(patch)) return patch;
  const result: Record<string, unknown> = isRecord(target) ? { ...target } : {};
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) delete result[name];
    else result[name] = merged(result[name], value);
  }
  return result;
}

interface Place {
  readonly collection: string;
  readonly namespace: string | undefined;
  readonly name: string | undefined;
  readonly subresource: string | undefined;
}

/** Answers one request as the API server does. */
export function answer(cluster: Cluster, request: KubernetesRequest): KubernetesResponse {
  const place = PATH.exec(request.path)?.groups as unknown as Place | undefined;
  if (place === undefined || KINDS[place.collection.split('/').at(-1) ?? ''] === undefined)
    return notFound(request.path);
  if (place.subresource !== undefined) return issueToken(cluster, place, request);
  switch (request.method) {
    case 'GET':
      return place.name === undefined ? list(cluster, place, request) : get(cluster, request.path);
    case 'POST':
      return create(cluster, place, request.body);
    case 'PATCH':
      return patch(cluster, place, request);
    case 'DELETE':
      return remove(cluster, place, request.path);
  }
}

const get = ({ store }: Cluster, path: string): KubernetesResponse => {
  const found = store.get(path);
  return found === undefined ? notFound(path) : ok(found);
};

/** Whether an object has the labels of a selector: `a`, `a=b`, separated by commas. */
const isSelected = (selector: string, { metadata }: KubernetesObject): boolean =>
  selector
    .split(',')
    .filter((part) => part !== '')
    .every((part) => {
      const [name = '', value] = part.split('=');
      const label = metadata.labels?.[name];
      return value === undefined ? label !== undefined : label === value;
    });

/** A page: `limit` objects after `continue`, which is the last name of the page before. */
function list({ store }: Cluster, { collection }: Place, { query = {} }: KubernetesRequest): KubernetesResponse {
  const limit = Number(query.limit ?? 500);
  const found = store.list(collection, query.continue ?? '', limit + 1);
  const page = found.slice(0, limit);
  const last = found.length > limit ? page.at(-1)?.metadata.name : undefined;
  const items = page.filter((one) => isSelected(query.labelSelector ?? '', one));
  return ok({ apiVersion: 'v1', kind: 'List', metadata: last === undefined ? {} : { continue: last }, items });
}

function create({ store, now }: Cluster, place: Place, body: unknown): KubernetesResponse {
  const { collection, namespace } = place;
  const given = body as KubernetesObject;
  const kind = KINDS[collection.split('/').at(-1) ?? ''] ?? '';
  const { name } = given.metadata;
  if (given.kind !== kind) return status(400, 'BadRequest', `the object provided is unrecognized: want ${kind}`);
  const fault = faultOf(given);
  if (fault !== undefined) return invalid(fault);
  if (namespace !== undefined && store.get(`/api/v1/namespaces/${namespace}`) === undefined)
    return status(404, 'NotFound', `namespaces "${namespace}" not found`);
  if (store.get(`${collection}/${name}`)) return status(409, 'AlreadyExists', `"${name}" already exists`);
  const labels =
    kind === 'Namespace' ? { ...given.metadata.labels, 'kubernetes.io/metadata.name': name } : given.metadata.labels;
  const made = { uid: randomUUID(), resourceVersion: store.nextVersion(), creationTimestamp: now().toISOString() };
  const object = { ...given, metadata: { ...given.metadata, ...(labels ? { labels } : {}), ...made } };
  store.put(collection, name, object);
  return ok(object, 201);
}

function patch(
  { store }: Cluster,
  { collection, name = '' }: Place,
  { path, body }: KubernetesRequest,
): KubernetesResponse {
  const before = store.get(path);
  if (before === undefined) return notFound(path);
  const after = merged(before, body) as KubernetesObject;
  const fault = faultOf(after, before);
  if (fault !== undefined) return invalid(fault);
  const changed = { ...after, metadata: { ...after.metadata, resourceVersion: store.nextVersion() } };
  store.put(collection, name, changed);
  return ok(changed);
}

/** A namespace goes with all that is in it. */
function remove({ store }: Cluster, { namespace, name = '' }: Place, path: string): KubernetesResponse {
  const found = store.get(path);
  if (found === undefined) return notFound(path);
  store.remove(path);
  if (namespace === undefined)
    for (const group of ['/api/v1', '/apis/networking.k8s.io/v1', '/apis/rbac.authorization.k8s.io/v1'])
      store.removeBelow(`${group}/namespaces/${name}/`);
  return ok(found);
}

const SHORTEST_TOKEN_S = 600;

function issueToken({ store, now }: Cluster, place: Place, { path, body }: KubernetesRequest): KubernetesResponse {
  if (store.get(path.slice(0, -'/token'.length)) === undefined) return notFound(path);
  const { spec = {} } = body as {
    spec?: { expirationSeconds?: number; boundObjectRef?: { name: string; uid: string } };
  };
  const { expirationSeconds = 3600, boundObjectRef } = spec;
  if (expirationSeconds < SHORTEST_TOKEN_S)
    return invalid('spec.expirationSeconds: Invalid value: may not specify a duration less than 10 minutes');
  if (boundObjectRef !== undefined) {
    const bound = store.get(`/api/v1/namespaces/${place.namespace}/secrets/${boundObjectRef.name}`);
    if (bound === undefined) return notFound(`secrets/${boundObjectRef.name}`);
    if (bound.metadata.uid !== boundObjectRef.uid) return status(409, 'Conflict', 'the bound object has another UID');
  }
  const token = `sandbox.${randomBytes(24).toString('base64url')}`;
  const expirationTimestamp = new Date(now().getTime() + expirationSeconds * 1000).toISOString();
  keepToken(store, token, { account: path.slice(0, -'/token'.length), expirationTimestamp, boundObjectRef });
  return ok({ kind: 'TokenRequest', spec, status: { token, expirationTimestamp } }, 201);
}
