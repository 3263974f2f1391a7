import * as core from '@pulumi/kubernetes/core/v1/index.js';
import * as networking from '@pulumi/kubernetes/networking/v1/index.js';
import * as rbac from '@pulumi/kubernetes/rbac/v1/index.js';
import { all, ComponentResource, type CustomResource, type CustomResourceOptions, type Output } from '@pulumi/pulumi';
import type { Fields } from '../../core/kinds.ts';
import { COMPONENT_TYPES, childName, type Registration } from '../component.ts';
import { takenOver } from '../taken-over.ts';
import { CHILDREN, NAMESPACE, type NamespaceChild } from './children.ts';
import { NAMES } from './labels.ts';
import { limitsOf, metadataOf, namespaceMetadataOf, POLICIES, quotaOf } from './specs.ts';

/** Where one object stands: its name in the program, its metadata and its options. */
interface At {
  readonly name: string;
  readonly metadata: { readonly name: string; readonly namespace: string };
  readonly options: CustomResourceOptions;
}

const RBAC = 'rbac.authorization.k8s.io';

/** Members, and the account of the access file. */
const subjectsOf = ({ key, fields }: Registration) => [
  { kind: 'ServiceAccount', name: NAMES.account, namespace: key },
  ...(fields.members as readonly string[]).toSorted().map((name) => ({ kind: 'User', name, apiGroup: RBAC })),
];

function policy(child: keyof typeof POLICIES, at: (child: NamespaceChild) => At): CustomResource {
  const { name, metadata, options } = at(CHILDREN[child]);
  return new networking.NetworkPolicy(name, { metadata, spec: POLICIES[child] }, options);
}

/** All objects inside a namespace. */
function contents(
  registration: Registration,
  role: string,
  at: (child: NamespaceChild) => At,
): readonly CustomResource[] {
  const { fields } = registration;
  const [quota, limits] = [at(CHILDREN.quota), at(CHILDREN.limits)];
  const [account, members] = [at(CHILDREN.account), at(CHILDREN.members)];
  const roleRef = { apiGroup: RBAC, kind: 'ClusterRole', name: role };
  const subjects = subjectsOf(registration);
  return [
    new core.ResourceQuota(quota.name, { metadata: quota.metadata, spec: quotaOf(fields) }, quota.options),
    new core.LimitRange(limits.name, { metadata: limits.metadata, spec: limitsOf(fields) }, limits.options),
    policy('denyIngress', at),
    policy('sameNamespace', at),
    policy('dns', at),
    new core.ServiceAccount(
      account.name,
      { metadata: account.metadata, automountServiceAccountToken: false },
      account.options,
    ),
    new rbac.RoleBinding(members.name, { metadata: members.metadata, roleRef, subjects }, members.options),
  ];
}

/** One namespace of a unit. Its outputs depend on all its objects, so that a failure never looks applied. */
export class Namespace extends ComponentResource {
  readonly owner: Output<string>;
  readonly fields: Output<Fields>;

  constructor(registration: Registration, role: string) {
    const { key, owner, fields } = registration;
    super(COMPONENT_TYPES.namespace, key, { owner, fields });
    const { labels, annotations } = metadataOf(registration);
    const namespace = new core.Namespace(
      key,
      { metadata: namespaceMetadataOf(registration) },
      { parent: this, protect: true, ...takenOver(registration, NAMESPACE) },
    );
    const children = contents(registration, role, (child) => ({
      name: childName(key, child),
      metadata: { labels, annotations, name: child.object, namespace: key },
      options: { parent: this, dependsOn: namespace, ...takenOver(registration, child) },
    }));
    const done = all([namespace, ...children].map((one) => one.id));
    this.owner = done.apply(() => owner);
    this.fields = done.apply(() => fields);
    this.registerOutputs({ owner: this.owner, fields: this.fields });
  }
}
