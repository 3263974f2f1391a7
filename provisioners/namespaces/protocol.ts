/** Shapes of the Kubernetes API, as the real client and the sandbox speak them. */

export interface KubernetesRequest {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** `/api/v1/namespaces/djp-uji/resourcequotas/layanan` */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  /** Plain JSON; of a PATCH a merge patch (RFC 7396). */
  readonly body?: unknown;
}

export interface KubernetesResponse {
  readonly status: number;
  /** Parsed JSON: an object, a list, or a `Status`. It may hold a token, so it never goes into a message. */
  readonly body: unknown;
}

export interface KubernetesClient {
  /**
   * Resolves with every answer, also a refusal.
   * @throws TargetError `unsent` or `lost` where no answer came
   */
  request(request: KubernetesRequest): Promise<KubernetesResponse>;
}

/** What every object has. */
export interface KubernetesObject {
  readonly apiVersion?: string;
  readonly kind?: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly uid?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly deletionTimestamp?: string;
  };
  readonly [member: string]: unknown;
}

/** The operation's name without the names of objects: `PATCH resourcequotas`. */
export function operationOf({ method, path }: KubernetesRequest): string {
  const parts = path.split('/').slice(path.startsWith('/apis/') ? 4 : 3);
  if (parts[0] === 'namespaces' && parts.length > 2) parts.splice(0, 2);
  const [plural = '', , subresource] = parts;
  return `${method} ${subresource === undefined ? plural : `${plural}/${subresource}`}`;
}
