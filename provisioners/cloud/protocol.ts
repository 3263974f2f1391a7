/** Protocol shapes of Microsoft Graph and of the Exchange Online admin API, as the real client and the sandbox speak them. */

export type Api = 'graph' | 'exchange';

export interface CloudRequest {
  readonly api: Api;
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Without host and version, segments percent-encoded: `/users/andi%40contoh.test`, `/InvokeCommand`. */
  readonly path: string;
  /** Values as they are meant, not encoded: `{ $top: '999' }`. */
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** Plain JSON; it may hold a secret, so it never goes into a message. */
  readonly body?: unknown;
}

export interface CloudResponse {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Parsed JSON; undefined where there is none. */
  readonly body: unknown;
}

export interface CloudClient {
  /**
   * Resolves with every answer, also a refusal.
   * @throws TargetError `unsent` or `lost` where no answer came
   */
  request(request: CloudRequest): Promise<CloudResponse>;
}

/** An InvokeCommand body; absent where the request is none. */
export function cmdletOf(
  request: CloudRequest,
): { name: string; parameters: Readonly<Record<string, unknown>> } | undefined {
  if (request.api !== 'exchange') return undefined;
  const input = (request.body as { CmdletInput?: { CmdletName?: unknown; Parameters?: unknown } } | undefined)
    ?.CmdletInput;
  if (typeof input?.CmdletName !== 'string') return undefined;
  return { name: input.CmdletName, parameters: (input.Parameters ?? {}) as Record<string, unknown> };
}

/** Whether a request changes nothing: Exchange reads by POST, too. */
export const isRead = (request: CloudRequest): boolean =>
  request.method === 'GET' || cmdletOf(request)?.name.startsWith('Get-') === true;

/** The operation's name without the names of people: `PATCH /users/{id}`, `Set-Mailbox`. */
export function operationOf(request: CloudRequest): string {
  const cmdlet = cmdletOf(request);
  if (cmdlet) return cmdlet.name;
  const path = request.path
    .replace(/^(\/users\/)[^/]+/, '$1{id}')
    .replace(/(\/authentication\/\w+Methods\/)[^/]+/, '$1{id}');
  return `${request.method} ${path}`;
}
