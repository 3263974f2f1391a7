import type { CloudResponse } from '../protocol.ts';
import { badRequest, graphError, ok } from './answers.ts';
import type { Context } from './context.ts';
import { shown } from './replica.ts';
import type { UserState } from './store.ts';

const FILTER =
  /^(?:startsWith\(onPremisesExtensionAttributes\/extensionAttribute1,'((?:[^']|'')*)'\)|onPremisesExtensionAttributes\/extensionAttribute1 eq '((?:[^']|'')*)')$/;

const markerText = (user: UserState): string =>
  String(
    (user.properties.onPremisesExtensionAttributes as { extensionAttribute1?: unknown } | undefined)
      ?.extensionAttribute1 ?? '',
  );

const unquoted = (text: string): string => text.replaceAll("''", "'");

/** Users that a filter lets through; an answer where the filter cannot be served. */
function filtered({ store, request, now }: Context): readonly UserState[] | CloudResponse {
  const filter = request.query?.$filter;
  const visible = store.users().filter((user) => user.hiddenUntil <= now.getTime() && user.hiddenReads === 0);
  if (filter === undefined) return visible;
  const match = FILTER.exec(filter);
  if (match === null) return graphError(400, 'Request_UnsupportedQuery', 'Unsupported or invalid query filter clause.');
  const headers = Object.entries(request.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]);
  const advanced = Object.fromEntries(headers).consistencylevel === 'eventual' && request.query?.$count === 'true';
  if (!advanced)
    return graphError(
      400,
      'Request_UnsupportedQuery',
      "Property 'extensionAttribute1' does not exist as a declared property or extension property.",
    );
  const [, prefix, exact] = match;
  return visible.filter((user) =>
    prefix === undefined ? markerText(user) === unquoted(exact ?? '') : markerText(user).startsWith(unquoted(prefix)),
  );
}

const isAnswer = (value: readonly UserState[] | CloudResponse): value is CloudResponse => 'status' in value;

/** A page of users: `$top` (1 to 999), `$skiptoken` in the next link, the count of all on the first page. */
export function listUsers(context: Context): CloudResponse {
  const { request, behaviour } = context;
  const { $top = '100', $skiptoken = '0', $select, $count } = request.query ?? {};
  if (!/^\d+$/.test($top) || Number($top) < 1 || Number($top) > 999)
    return badRequest("Invalid page size specified: '$top'.");
  const users = filtered(context);
  if (isAnswer(users)) return users;
  const start = Number($skiptoken);
  const end = start + Math.min(Number($top), behaviour.pageSize);
  const next = new URLSearchParams({ ...request.query, $skiptoken: String(end) });
  return ok({
    ...($count === 'true' && start === 0 ? { '@odata.count': users.length } : {}),
    ...(end < users.length ? { '@odata.nextLink': `https://graph.microsoft.com/v1.0/users?${next}` } : {}),
    value: users.slice(start, end).map((user) => shown(user, $select)),
  });
}
