/** Where the objects of each type are, by the type's token in Pulumi. */
const COLLECTIONS: Readonly<Record<string, string>> = {
  'kubernetes:core/v1:Namespace': '/api/v1/namespaces',
  'kubernetes:core/v1:ResourceQuota': '/api/v1/*/resourcequotas',
  'kubernetes:core/v1:LimitRange': '/api/v1/*/limitranges',
  'kubernetes:core/v1:ServiceAccount': '/api/v1/*/serviceaccounts',
  'kubernetes:networking.k8s.io/v1:NetworkPolicy': '/apis/networking.k8s.io/v1/*/networkpolicies',
  'kubernetes:rbac.authorization.k8s.io/v1:RoleBinding': '/apis/rbac.authorization.k8s.io/v1/*/rolebindings',
};

export const NAMESPACES = '/api/v1/namespaces';

/** A DNS-1123 label; anything else never enters a path. */
const LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

/** @throws RangeError for a name that would change the path */
function checked(name: string): string {
  if (!LABEL.test(name)) throw new RangeError(`Cannot address '${name}': want a DNS label`);
  return name;
}

export const namespacePath = (namespace: string): string => `${NAMESPACES}/${checked(namespace)}`;

/** All objects of a type in a namespace. */
export function collectionPath(type: string, namespace: string): string {
  const collection = COLLECTIONS[type];
  if (collection === undefined) throw new Error(`Cannot address '${type}': it is no type of these stacks`);
  return collection.replace('*', `namespaces/${checked(namespace)}`);
}

/** One object by Pulumi's id of it: `djp-uji`, `djp-uji/layanan`. */
export function objectPath(type: string, id: string): string {
  const [namespace = '', name] = id.split('/');
  const collection = collectionPath(type, namespace);
  return `${collection}/${checked(name ?? namespace)}`;
}
