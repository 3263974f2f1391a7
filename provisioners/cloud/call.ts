import { TargetError } from '../../core/errors.ts';
import { type CloudClient, type CloudRequest, type CloudResponse, isRead, operationOf } from './protocol.ts';

/** What a refusal said besides its code; the `cause` of the TargetError. */
export interface Refusal {
  readonly status: number;
  /** `details[0]` of a Graph error: `ObjectConflict` at `userPrincipalName`. */
  readonly detail?: { readonly code?: string; readonly target?: string };
  readonly message: string;
  /** The `Retry-After` header as it came. */
  readonly retryAfter?: string;
}

interface ErrorBody {
  readonly code?: string;
  readonly message?: string;
  readonly details?: readonly { readonly code?: string; readonly target?: string; readonly message?: string }[];
  readonly innererror?: { readonly internalException?: { readonly message?: string } };
}

const LONGEST_MESSAGE = 400;

/** A target's text inside our message: one line, bounded. */
const plain = (text: string): string => text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ').slice(0, LONGEST_MESSAGE);

/** Exchange hides its reason: first in details, then in the inner exception, then in the message. */
const reasonOf = (error: ErrorBody): string | undefined =>
  error.details?.find((detail) => detail.message)?.message ??
  error.innererror?.internalException?.message ??
  error.message;

function refused(request: CloudRequest, response: CloudResponse): TargetError {
  const error = (response.body as { error?: ErrorBody } | undefined)?.error ?? {};
  const message = plain(reasonOf(error) ?? `Answered with status ${response.status}`);
  const detail = error.details?.[0];
  const retryAfter = response.headers['retry-after'];
  const cause: Refusal = {
    status: response.status,
    message,
    ...(detail && { detail }),
    ...(retryAfter && { retryAfter }),
  };
  // A gateway that gives up says nothing about the server behind it.
  const effect = response.status >= 500 && !isRead(request) ? 'lost' : 'refused';
  return new TargetError(
    {
      system: request.api,
      operation: operationOf(request),
      code: error.code ?? `HTTP ${response.status}`,
      effect,
      message,
    },
    { cause },
  );
}

/** The refusal behind an error; undefined where the error is something else. */
export function refusalOf(error: unknown): Refusal | undefined {
  if (!(error instanceof TargetError) || typeof error.cause !== 'object') return undefined;
  return error.cause !== null && 'status' in error.cause ? (error.cause as Refusal) : undefined;
}

/** Sends a request. @throws TargetError with Graph's or Exchange's own code for anything but success */
export async function call(client: CloudClient, request: CloudRequest): Promise<CloudResponse> {
  const response = await client.request(request);
  if (response.status < 200 || response.status > 299) throw refused(request, response);
  return response;
}

/** An answer that is not what the protocol promises. */
export const unexpected = (request: CloudRequest, code: string, message: string): TargetError =>
  new TargetError({ system: request.api, operation: operationOf(request), code, effect: 'refused', message });
