import type { RequestId } from '../../core/resource.ts';

/** Labels and annotations on each object of a namespace: who owns it, and what Kubernetes itself has no place for. */
export const LABELS = {
  owner: 'layanan/request',
  unit: 'layanan/unit',
  podSecurity: 'pod-security.kubernetes.io/enforce',
} as const;

export const ANNOTATIONS = {
  until: 'layanan/until',
  form: 'layanan/form',
  /** Written beside the stack, with the token. */
  accessIssuedAt: 'layanan/access-issued-at',
  handover: 'layanan/handover',
} as const;

/** Names of the objects in each namespace. */
export const NAMES = {
  quota: 'layanan',
  limits: 'layanan',
  account: 'layanan-access',
  members: 'layanan-members',
  denyIngress: 'layanan-deny-ingress',
  sameNamespace: 'layanan-same-namespace',
  dns: 'layanan-dns',
} as const;

const LONGEST_LABEL = 63;

/** A request as a label's value, which has no slash; a unit's id has no underscore. */
export function ownerLabel(request: RequestId): string {
  const label = request.replace('/', '_');
  if (label.length > LONGEST_LABEL)
    throw new RangeError(`Cannot mark with '${request}': a label has at most ${LONGEST_LABEL} characters`);
  return label;
}

/** The request in a label; null for a text that is none. */
export const ownerOf = (label: string | undefined): RequestId | null =>
  label !== undefined && /^[a-z0-9-]+_[a-z0-9._-]+$/.test(label) ? label.replace('_', '/') : null;
