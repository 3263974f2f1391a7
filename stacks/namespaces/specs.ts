import type { Fields } from '../../core/kinds.ts';
import type { Component } from '../component.ts';
import { ANNOTATIONS, LABELS, ownerLabel } from './labels.ts';

/**
 * Labels and annotations of each object. The form is on all of them, so that a run that was cut off between two of them
 * shows.
 */
export const metadataOf = ({ owner, fields }: Component) => ({
  labels: { [LABELS.owner]: ownerLabel(owner), [LABELS.unit]: String(fields.unit) },
  annotations: { [ANNOTATIONS.form]: String(fields.form) },
});

/** Those of the namespace itself. */
export const namespaceMetadataOf = (component: Component) => {
  const { labels, annotations } = metadataOf(component);
  const { podSecurity, until } = component.fields;
  return {
    name: component.key,
    labels: { ...labels, [LABELS.podSecurity]: String(podSecurity) },
    annotations: { ...annotations, [ANNOTATIONS.until]: String(until ?? '') },
  };
};

/** What all pods together may ask for. A pod without limits is refused once there is a quota: hence the LimitRange. */
export const quotaOf = ({ cores, memoryGb, storageGb, pods }: Fields) => ({
  hard: {
    'requests.cpu': `${cores}`,
    'limits.cpu': `${cores}`,
    'requests.memory': `${memoryGb}Gi`,
    'limits.memory': `${memoryGb}Gi`,
    'requests.storage': `${storageGb}Gi`,
    pods: `${pods}`,
    // Nothing that opens a port of the cluster to the outside.
    'services.nodeports': '0',
    'services.loadbalancers': '0',
  },
});

/** Limits of a container that names none, and the most that one may have: all of the quota. */
export const limitsOf = ({ cores, memoryGb }: Fields) => ({
  limits: [
    {
      type: 'Container',
      default: { cpu: '500m', memory: '512Mi' },
      defaultRequest: { cpu: '100m', memory: '128Mi' },
      max: { cpu: `${cores}`, memory: `${memoryGb}Gi` },
    },
  ],
});

const DNS_PORTS = [
  { protocol: 'UDP', port: 53 },
  { protocol: 'TCP', port: 53 },
];

/** Nothing comes in but from the same namespace; out go names, and what pods of the same namespace say to each other. */
export const POLICIES = {
  denyIngress: { podSelector: {}, policyTypes: ['Ingress'] },
  sameNamespace: {
    podSelector: {},
    policyTypes: ['Ingress', 'Egress'],
    ingress: [{ from: [{ podSelector: {} }] }],
    egress: [{ to: [{ podSelector: {} }] }],
  },
  dns: {
    podSelector: {},
    policyTypes: ['Egress'],
    egress: [
      {
        to: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } } }],
        ports: DNS_PORTS,
      },
    ],
  },
};
