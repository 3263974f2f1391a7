import type { CloudResponse } from '../protocol.ts';

/** Members that the service sends along; every answer carries a request id. */
const HEADERS = { 'content-type': 'application/json', 'request-id': '00000000-0000-4000-8000-000000000000' };

export const ok = (body: unknown, status = 200): CloudResponse => ({ status, headers: HEADERS, body });

export const noContent = (): CloudResponse => ({ status: 204, headers: {}, body: undefined });

/** Graph's error: code, message and, where it has them, details. */
export const graphError = (
  status: number,
  code: string,
  message: string,
  details?: readonly { readonly code: string; readonly target?: string; readonly message?: string }[],
  headers: Readonly<Record<string, string>> = {},
): CloudResponse => ({
  status,
  headers: { ...HEADERS, ...headers },
  body: { error: { code, message, ...(details && { details }), innerError: { 'request-id': HEADERS['request-id'] } } },
});

export const badRequest = (message: string): CloudResponse => graphError(400, 'Request_BadRequest', message);

export const notFound = (name: string): CloudResponse =>
  graphError(
    404,
    'Request_ResourceNotFound',
    `Resource '${name}' does not exist or one of its queried objects is not present.`,
  );

/** Exchange's error: the reason stands in `innererror.internalException` and, with a class, in `details`. */
export const exchangeError = (status: number, code: string, type: string, message: string): CloudResponse => ({
  status,
  headers: HEADERS,
  body: {
    error: {
      code,
      message: 'Error executing cmdlet',
      details: [{ code: 'Context', target: '', message: `Ex000000|${type}|${message}` }],
      innererror: { internalException: { message, type } },
    },
  },
});
