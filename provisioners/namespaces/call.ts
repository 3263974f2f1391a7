import { type Effect, TargetError } from '../../core/errors.ts';
import type { WritePort } from '../../core/provisioner.ts';
import type { Change } from '../../core/resource.ts';
import { type KubernetesClient, type KubernetesObject, type KubernetesRequest, operationOf } from './protocol.ts';

export const kubernetesError = (operation: string, code: string, effect: Effect, message: string): TargetError =>
  new TargetError({ system: 'kubernetes', operation, code, effect, message });

/** A refusal by its `Status`: reason and message. */
function refusal(request: KubernetesRequest, status: number, body: unknown): TargetError {
  const { reason, message } = (body ?? {}) as { reason?: unknown; message?: unknown };
  const code = typeof reason === 'string' && reason !== '' ? reason : `HTTP ${status}`;
  // A server's own error says nothing of what it did before.
  const effect = status >= 500 && request.method !== 'GET' ? 'lost' : 'refused';
  return kubernetesError(operationOf(request), code, effect, typeof message === 'string' ? message : `HTTP ${status}`);
}

/** The object that a request is answered with. @throws TargetError for a refusal */
export async function call(client: KubernetesClient, request: KubernetesRequest): Promise<KubernetesObject> {
  const { status, body } = await client.request(request);
  if (status >= 300) throw refusal(request, status, body);
  return body as KubernetesObject;
}

/** As `call`; undefined where the object does not exist. */
export async function callIfThere(
  client: KubernetesClient,
  request: KubernetesRequest,
): Promise<KubernetesObject | undefined> {
  const { status, body } = await client.request(request);
  if (status === 404) return undefined;
  if (status >= 300) throw refusal(request, status, body);
  return body as KubernetesObject;
}

/** Objects on a page, where the request asks for no other number. */
const PAGE = '500';

/** A whole list, page by page. */
export async function list(
  client: KubernetesClient,
  path: string,
  query: Readonly<Record<string, string>> = {},
): Promise<readonly KubernetesObject[]> {
  const objects: KubernetesObject[] = [];
  let next: string | undefined;
  do {
    const page = await call(client, {
      method: 'GET',
      path,
      query: { limit: PAGE, ...query, ...(next ? { continue: next } : {}) },
    });
    if (!Array.isArray(page.items))
      throw kubernetesError(`GET ${path}`, 'incomplete', 'refused', 'The answer is no list');
    objects.push(...(page.items as readonly KubernetesObject[]));
    next = (page.metadata as { continue?: string }).continue;
  } while (next);
  return objects;
}

/** One write of a change, through the port. */
export const write = (
  client: KubernetesClient,
  port: WritePort,
  { kind, key, request }: Change,
  sent: KubernetesRequest,
): Promise<KubernetesObject> =>
  port.write({ system: 'kubernetes', operation: operationOf(sent), kind, key, request }, () => call(client, sent));
