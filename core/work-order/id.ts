import type { Id, RequestId } from '../resource.ts';

/** Names the order of a request for one code: `work-order:djp/spt#7.1`. */
export const workOrderId = (request: RequestId, code: string): Id => ({
  kind: 'work-order',
  key: `${request}#${code}`,
});
