import { randomUUID } from 'node:crypto';
import { TargetError } from '../../core/errors.ts';
import { type Faults, noFaults } from '../faults.ts';
import { type CloudClient, type CloudRequest, type CloudResponse, isRead, operationOf } from './protocol.ts';
import { graphError, notFound } from './sandbox/answers.ts';
import type { Behaviour, Context } from './sandbox/context.ts';
import { invoke } from './sandbox/exchange.ts';
import { assignLicense, listSkus } from './sandbox/licences.ts';
import { listUsers } from './sandbox/list.ts';
import { deleteMethod, listCollection, listMethods } from './sandbox/methods.ts';
import { openStore, type SkuState, type Store } from './sandbox/store.ts';
import { createUser, deleteUser, patchUser, readUser, revokeSessions } from './sandbox/users.ts';
import { SKUS } from './skus.ts';

/** Answers a request; `dropped` when the effect is done and the connection gone. */
export type CloudHandler = (request: CloudRequest) => Promise<CloudResponse | 'dropped'>;

export interface SandboxOptions extends Partial<Behaviour> {
  /** SQLite file, shared by processes; `:memory:` when left out. */
  readonly file?: string;
  readonly now: () => Date;
  readonly faults?: Faults;
  /** Licences bought, by SKU part number; 100 of E1 when left out. */
  readonly licences?: Readonly<Record<string, number>>;
  /** Waits for a fault's delay; a timer when left out. */
  readonly pause?: (ms: number) => Promise<void>;
  /** Answers in place of the service, for example with 429; undefined lets the request pass. */
  readonly intercept?: (request: CloudRequest) => CloudResponse | undefined;
  /** Answers in place of the service's own answer, once the effect is done, for example with 504. */
  readonly replace?: (request: CloudRequest, response: CloudResponse) => CloudResponse | undefined;
}

export interface CloudSandbox {
  readonly handler: CloudHandler;
  /** The handler behind the client shape, in process. */
  readonly client: CloudClient;
  /** The state itself, for what people do at the target by other means. */
  readonly store: Store;
  close(): void;
}

const MINUTE = 60_000;
const BEHAVIOUR: Behaviour = { hiddenReads: 0, hiddenMs: 0, mailboxMs: 20 * MINUTE, pageSize: 999 };

/** Service plans of a product besides Exchange, so that a plan is matched and not the only one. */
const TEAMS = { servicePlanId: '57ff2da0-773e-42df-b2af-ffb7a2317929', servicePlanName: 'TEAMS1' };

function subscription(part: string, enabled: number): SkuState {
  const sku = SKUS.find((one) => one.part === part);
  if (sku === undefined) throw new Error(`Cannot sell '${part}': no such product`);
  return {
    skuId: sku.skuId,
    skuPartNumber: part,
    capabilityStatus: 'Enabled',
    prepaidUnits: { enabled, suspended: 0, warning: 0, lockedOut: 0 },
    consumedUnits: 0,
    servicePlans: [TEAMS, { servicePlanId: sku.exchangePlan, servicePlanName: 'EXCHANGE' }],
  };
}

type Route = (context: Context, ...names: string[]) => CloudResponse;

const ROUTES: readonly (readonly [method: string, path: RegExp, route: Route])[] = [
  ['POST', /^\/users$/, createUser],
  ['GET', /^\/users$/, listUsers],
  ['GET', /^\/subscribedSkus$/, listSkus],
  ['GET', /^\/users\/([^/]+)$/, (context, name = '') => readUser(context, name)],
  ['PATCH', /^\/users\/([^/]+)$/, (context, name = '') => patchUser(context, name)],
  ['DELETE', /^\/users\/([^/]+)$/, (context, name = '') => deleteUser(context, name)],
  ['POST', /^\/users\/([^/]+)\/assignLicense$/, (context, name = '') => assignLicense(context, name)],
  ['POST', /^\/users\/([^/]+)\/revokeSignInSessions$/, (context, name = '') => revokeSessions(context, name)],
  ['GET', /^\/users\/([^/]+)\/authentication\/methods$/, (context, name = '') => listMethods(context, name)],
  [
    'GET',
    /^\/users\/([^/]+)\/authentication\/(\w+Methods)$/,
    (context, name = '', collection = '') => listCollection(context, name, collection),
  ],
  [
    'DELETE',
    /^\/users\/([^/]+)\/authentication\/(\w+Methods)\/([^/]+)$/,
    (context, name = '', collection = '', id = '') => deleteMethod(context, name, collection, id),
  ],
];

function dispatch(context: Context): CloudResponse {
  const { api, method, path } = context.request;
  if (api === 'exchange') return invoke(context);
  for (const [verb, pattern, route] of ROUTES) {
    const match = verb === method ? pattern.exec(path) : null;
    if (match) return route(context, ...match.slice(1).map(decodeURIComponent));
  }
  return notFound(path);
}

/** A list without its last entries, its next link and its count. */
function cut(response: CloudResponse): CloudResponse {
  const { value } = (response.body ?? {}) as { value?: unknown };
  if (!Array.isArray(value)) return response;
  return { ...response, body: { value: value.slice(0, Math.floor(value.length / 2)) } };
}

const UNAVAILABLE = graphError(503, 'serviceNotAvailable', 'The service is temporarily unavailable.');
const FORBIDDEN = graphError(403, 'Authorization_RequestDenied', 'Insufficient privileges to complete the operation.');

const timer = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** A Microsoft 365 tenant: one handler, in process and behind TLS, over state that processes share. */
export function createCloudSandbox(options: SandboxOptions): CloudSandbox {
  const { file = ':memory:', now, faults = noFaults, licences = { STANDARDPACK: 100 }, pause = timer } = options;
  const behaviour: Behaviour = { ...BEHAVIOUR, ...withoutUndefined(options) };
  const store = openStore(file);
  store.transaction(() => {
    if (store.skus().length > 0) return;
    for (const [part, enabled] of Object.entries(licences)) store.putSku(subscription(part, enabled));
  });
  const serve = (request: CloudRequest): CloudResponse =>
    store.transaction(() => dispatch({ store, request, now: now(), behaviour, newId: randomUUID }));
  const handler: CloudHandler = async (request) => {
    const instead = options.intercept?.(request);
    if (instead) return instead;
    const write = !isRead(request);
    const fault = faults.next({ system: request.api, operation: operationOf(request), write });
    if (fault === 'fail') return UNAVAILABLE;
    if (fault === 'unreadable') return FORBIDDEN;
    if (typeof fault === 'object') await pause(fault.delayMs);
    const response = serve(request);
    if (fault === 'drop-reply') return 'dropped';
    return options.replace?.(request, response) ?? (fault === 'short' ? cut(response) : response);
  };
  return { handler, client: inProcess(handler), store, close: () => store.close() };
}

const withoutUndefined = ({ hiddenReads, hiddenMs, mailboxMs, pageSize }: Partial<Behaviour>): Partial<Behaviour> =>
  Object.fromEntries(
    Object.entries({ hiddenReads, hiddenMs, mailboxMs, pageSize }).filter(([, value]) => value !== undefined),
  );

function inProcess(handler: CloudHandler): CloudClient {
  return {
    async request(request) {
      const response = await handler(request);
      if (response !== 'dropped') return response;
      throw new TargetError({
        system: request.api,
        operation: operationOf(request),
        code: 'ECONNRESET',
        effect: 'lost',
        message: 'The connection was closed before an answer came',
      });
    },
  };
}
