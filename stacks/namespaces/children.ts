import type { Child } from '../component.ts';
import { NAMES } from './labels.ts';

/** One object of a namespace: its type in Pulumi and its name in Kubernetes. */
export interface NamespaceChild extends Child {
  readonly object: string;
}

const POLICY = 'kubernetes:networking.k8s.io/v1:NetworkPolicy';

/** The objects of each namespace besides itself. */
export const CHILDREN = {
  quota: { type: 'kubernetes:core/v1:ResourceQuota', object: NAMES.quota },
  limits: { type: 'kubernetes:core/v1:LimitRange', object: NAMES.limits },
  denyIngress: { type: POLICY, suffix: 'deny-ingress', object: NAMES.denyIngress },
  sameNamespace: { type: POLICY, suffix: 'same-namespace', object: NAMES.sameNamespace },
  dns: { type: POLICY, suffix: 'dns', object: NAMES.dns },
  account: { type: 'kubernetes:core/v1:ServiceAccount', object: NAMES.account },
  members: { type: 'kubernetes:rbac.authorization.k8s.io/v1:RoleBinding', object: NAMES.members },
} as const satisfies Record<string, NamespaceChild>;

export const NAMESPACE: Child = { type: 'kubernetes:core/v1:Namespace' };
