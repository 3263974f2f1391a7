import { call, unexpected } from './call.ts';
import type { CloudClient, CloudRequest } from './protocol.ts';

interface Page {
  readonly value?: unknown;
  readonly '@odata.nextLink'?: unknown;
  readonly '@odata.count'?: unknown;
}

/** The next page as a request to our own host: a link never decides where a token is sent. */
function follow(request: CloudRequest, link: string): CloudRequest {
  const url = new URL(link);
  const path = url.pathname.replace(request.api === 'graph' ? /^\/v1\.0/ : /^\/adminapi\/[^/]+\/[^/]+/, '');
  return { ...request, path, query: Object.fromEntries(url.searchParams) };
}

/**
 * All entries of a list. It is complete or it is an error: each page has its array, links do not go in a circle, and
 * where `$count=true` was asked, as many entries came as the server counted.
 * @throws TargetError, with the code `IncompleteList` where the proof fails
 */
export async function listAll(client: CloudClient, first: CloudRequest): Promise<readonly unknown[]> {
  const found: unknown[] = [];
  const seen = new Set<string>();
  let expected: number | undefined;
  for (let request: CloudRequest | undefined = first; request; ) {
    const page: Page = ((await call(client, request)).body as Page | undefined) ?? {};
    if (!Array.isArray(page.value)) throw unexpected(first, 'IncompleteList', 'A page came without its entries');
    found.push(...page.value);
    if (typeof page['@odata.count'] === 'number') expected ??= page['@odata.count'];
    const link = page['@odata.nextLink'];
    if (typeof link !== 'string') break;
    if (seen.has(link)) throw unexpected(first, 'IncompleteList', 'The next page is one that was read before');
    seen.add(link);
    request = follow(request, link);
  }
  if (first.query?.$count === 'true' && (expected === undefined || found.length < expected))
    throw unexpected(first, 'IncompleteList', `Wanted ${expected ?? 'a count'}, got ${found.length} entries`);
  return found;
}
