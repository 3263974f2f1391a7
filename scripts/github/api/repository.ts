import type { z } from 'zod';
import { TargetError } from '../../../core/errors.ts';
import type { GitHubClient, GitHubRequest } from '../protocol.ts';

/** One repository at GitHub, with every answer checked for its form. */
export interface Repository {
  /** `<owner>/<name>`. */
  readonly name: string;
  /** Sends a request below `/repos/<owner>/<name>` and parses the answer. */
  ask<T>(request: GitHubRequest, schema: z.ZodType<T>): Promise<T>;
  /** All entries of a list, page by page. */
  list<T>(path: string, schema: z.ZodType<T>, query?: GitHubRequest['query']): Promise<readonly T[]>;
  /** Sends a request whose answer does not matter. */
  tell(request: GitHubRequest): Promise<void>;
  readonly client: GitHubClient;
}

const PAGE = 100;
const MOST_PAGES = 100;

/** @throws TargetError for an answer that is not in the form of its documentation */
export function checked<T>(schema: z.ZodType<T>, body: unknown, { method, path }: GitHubRequest): T {
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new TargetError({
    system: 'github',
    operation: `${method} ${path}`,
    code: 'unexpected-answer',
    effect: 'refused',
    message: `Member '${issue?.path.join('.')}' is not as documented: ${issue?.message}`,
  });
}

const isNext = (link: string | undefined): boolean => /;\s*rel="next"/.test(link ?? '');

export function openRepository(client: GitHubClient, name: string): Repository {
  const at = (request: GitHubRequest): GitHubRequest => ({ ...request, path: `/repos/${name}${request.path}` });
  return {
    name,
    client,
    async ask(request, schema) {
      const whole = at(request);
      return checked(schema, (await client.send(whole)).body, whole);
    },
    async list(path, schema, query = {}) {
      const found = [];
      for (let page = 1; page <= MOST_PAGES; page++) {
        const request = at({ method: 'GET', path, query: { ...query, per_page: PAGE, page } });
        const { body, headers } = await client.send(request);
        const entries = checked(schema.array(), body, request);
        found.push(...entries);
        // An own server may leave the links out; a page that is not full is the last one.
        if (!isNext(headers.link) && (headers.link !== undefined || entries.length < PAGE)) return found;
      }
      throw new TargetError({
        system: 'github',
        operation: `GET ${path}`,
        code: 'incomplete-list',
        effect: 'refused',
        message: `It has more than ${MOST_PAGES * PAGE} entries`,
      });
    },
    async tell(request) {
      await client.send(at(request));
    },
  };
}
