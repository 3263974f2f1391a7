import type { KubernetesResponse } from '../protocol.ts';

/** A refusal, as the API server words it. */
export const status = (code: number, reason: string, message: string): KubernetesResponse => ({
  status: code,
  body: { kind: 'Status', apiVersion: 'v1', status: 'Failure', code, reason, message },
});

export const notFound = (path: string): KubernetesResponse => status(404, 'NotFound', `"${path}" not found`);

export const invalid = (message: string): KubernetesResponse => status(422, 'Invalid', message);

export const ok = (body: unknown, code = 200): KubernetesResponse => ({ status: code, body });
