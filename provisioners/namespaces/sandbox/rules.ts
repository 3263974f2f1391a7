import type { KubernetesObject } from '../protocol.ts';
import { quantity } from '../quantity.ts';

const LABEL_VALUE = /^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$/;
const NAME = /^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/;
const NAMESPACE = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;
const LEVELS = ['privileged', 'baseline', 'restricted'];

function labelFault(labels: Readonly<Record<string, unknown>>): string | undefined {
  for (const [name, value] of Object.entries(labels)) {
    if (typeof value !== 'string' || value.length > 63 || !LABEL_VALUE.test(value))
      return `metadata.labels: Invalid value: "${value}": a valid label must be an empty string or consist of alphanumeric characters`;
    if (name === 'pod-security.kubernetes.io/enforce' && !LEVELS.includes(value))
      return `metadata.labels[${name}]: Invalid value: "${value}": must be one of ${LEVELS.join(', ')}`;
  }
  return undefined;
}

const quantitiesOf = ({ kind, spec }: KubernetesObject): readonly unknown[] => {
  if (kind === 'ResourceQuota') return Object.values((spec as { hard?: object } | undefined)?.hard ?? {});
  if (kind !== 'LimitRange') return [];
  const { limits = [] } = (spec ?? {}) as { limits?: readonly Record<string, unknown>[] };
  return limits.flatMap(({ type: _, ...sorts }) =>
    Object.values(sorts).flatMap((sort) => Object.values(sort as object)),
  );
};

/** What is wrong with an object that is to be written; `before` where it stands already. */
export function faultOf(object: KubernetesObject, before?: KubernetesObject): string | undefined {
  const { name } = object.metadata;
  if (!(object.kind === 'Namespace' ? NAMESPACE : NAME).test(name))
    return `metadata.name: Invalid value: "${name}": a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-'`;
  const label = labelFault(object.metadata.labels ?? {});
  if (label !== undefined) return label;
  const bad = quantitiesOf(object).find((text) => quantity(text) === null);
  if (bad !== undefined) return `spec: Invalid value: "${bad}": quantities must match the regular expression`;
  const isRebound =
    object.kind === 'RoleBinding' && before && JSON.stringify(before.roleRef) !== JSON.stringify(object.roleRef);
  return isRebound ? 'roleRef: Invalid value: cannot change roleRef' : undefined;
}
