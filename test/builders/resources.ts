import type { Fields } from '../../core/kinds.ts';
import type { Order } from '../../core/plan/orders.ts';
import type { Observed, Reading, Resource } from '../../core/resource.ts';

/** A DNS record of a request; the smallest kind there is. */
export const record = (key: string, over: Partial<Resource> = {}): Resource => ({
  kind: 'dns-record',
  key,
  request: 'djp/spt',
  fields: { zone: 'djp.contoh.test', ttl: 3600, values: ['10.30.8.10'] },
  ...over,
});

/** A resource as it stands at its target, owned by its request and ready. */
export const standing = (resource: Resource, over: Partial<Observed> = {}): Observed => ({
  kind: resource.kind,
  key: resource.key,
  owner: resource.request,
  fields: resource.fields,
  phase: 'ready',
  ...over,
});

export const reading = (objects: readonly Observed[] = [], over: Partial<Reading> = {}): Reading => ({
  objects,
  unread: [],
  pools: [],
  ...over,
});

export const order = (over: Partial<Order> = {}): Order => ({
  mode: 'ordered',
  deletes: new Set(),
  adopt: false,
  ...over,
});

/** Orders for the requests of these resources, all alike. */
export const ordersFor = (resources: readonly { readonly request: string }[], over: Partial<Order> = {}) =>
  new Map(resources.map((one) => [one.request, order(over)]));

export const withFields = (resource: Resource, fields: Fields): Resource => ({
  ...resource,
  fields: { ...resource.fields, ...fields },
});
