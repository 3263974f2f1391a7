/** What is said to GitHub, in the shapes of its REST interface (docs.github.com/rest). */

export interface GitHubRequest {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  /** Below the interface's address: `/repos/contoh/layanan/pulls/7`. Values from others are percent-encoded. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number>>;
  readonly body?: unknown;
  /** Sent twice it does no harm: reading always, and writing what stands afterwards as it stood after the first. */
  readonly repeatable?: boolean;
}

export interface GitHubResponse {
  readonly status: number;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  /** Parsed JSON; undefined where there was none. */
  readonly body: unknown;
}

/** Sends one request. Resolves with whatever GitHub answers; rejects with a TargetError where no answer came. */
export interface GitHubClient {
  send(request: GitHubRequest): Promise<GitHubResponse>;
}
