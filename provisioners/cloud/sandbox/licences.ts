import type { CloudResponse } from '../protocol.ts';
import { EXCHANGE_PLANS, skuById } from '../skus.ts';
import { badRequest, graphError, notFound, ok } from './answers.ts';
import { checkBody } from './body-check.ts';
import type { Context } from './context.ts';
import { findUser, shown } from './replica.ts';
import type { SkuState, UserState } from './store.ts';

const GB = 1024 ** 3;

interface Licence {
  readonly skuId: string;
  readonly disabledPlans: readonly string[];
}

const licencesOf = (user: UserState): readonly Licence[] => user.properties.assignedLicenses as readonly Licence[];

/** How many users hold a product. */
const consumed = ({ store }: Context, skuId: string): number =>
  store.users().filter((user) => licencesOf(user).some((licence) => licence.skuId === skuId)).length;

export const listSkus = (context: Context): CloudResponse =>
  ok({
    value: context.store.skus().map((sku) => ({ ...sku, id: sku.skuId, consumedUnits: consumed(context, sku.skuId) })),
  });

function plansOf(context: Context, licences: readonly Licence[]): readonly object[] {
  const skus = new Map(context.store.skus().map((sku) => [sku.skuId, sku]));
  return licences.flatMap((licence) =>
    (skus.get(licence.skuId)?.servicePlans ?? []).map(({ servicePlanId, servicePlanName }) => ({
      assignedDateTime: context.now.toISOString(),
      service: EXCHANGE_PLANS.has(servicePlanId) ? 'exchange' : servicePlanName,
      servicePlanId,
      capabilityStatus: licence.disabledPlans.includes(servicePlanId) ? 'Deleted' : 'Enabled',
    })),
  );
}

/** Largest mailbox that the licences allow, in bytes; 0 where none brings one. */
const largestMailbox = (licences: readonly Licence[]): number =>
  Math.max(
    0,
    ...licences.map(({ skuId, disabledPlans }) => {
      const sku = skuById(skuId);
      return sku && !disabledPlans.includes(sku.exchangePlan) ? sku.mailboxGb * GB : 0;
    }),
  );

/** The plan's defaults: warned at 98 %, no sending from 99 %. */
const defaultsOf = (bytes: number) => ({
  IssueWarningQuota: Math.floor(bytes * 0.98),
  ProhibitSendQuota: Math.floor(bytes * 0.99),
  ProhibitSendReceiveQuota: bytes,
});

/** A licence brings a mailbox after a while; another licence sets its quotas back to the plan's defaults. */
function settleMailbox(context: Context, user: UserState, licences: readonly Licence[]): void {
  const { store, now, behaviour } = context;
  const maximum = largestMailbox(licences);
  const known = store.mailbox(user.id);
  if (maximum === 0) {
    dropMailbox(context, user);
    return;
  }
  if (known) {
    store.putMailbox({ ...known, maximum, quotas: defaultsOf(maximum) });
    return;
  }
  const upn = String(user.properties.userPrincipalName);
  const routing = `smtp:${String(user.properties.mailNickname)}@contoh.onmicrosoft.com`;
  const readyAt = now.getTime() + behaviour.mailboxMs;
  store.putMailbox({
    user: user.id,
    readyAt,
    maximum,
    quotas: defaultsOf(maximum),
    addresses: [`SMTP:${upn}`, routing],
  });
}

export const dropMailbox = ({ store }: Context, user: UserState): void => store.deleteMailbox(user.id);

function refusal(context: Context, user: UserState, add: readonly Licence[]): CloudResponse | undefined {
  if (!user.properties.usageLocation)
    return badRequest('License assignment cannot be done for user with invalid usage location.');
  const held = new Set(licencesOf(user).map((licence) => licence.skuId));
  for (const { skuId } of add) {
    const sku: SkuState | undefined = context.store.skus().find((one) => one.skuId === skuId);
    if (sku === undefined) return badRequest(`License ${skuId} does not correspond to a valid company License.`);
    if (!held.has(skuId) && consumed(context, skuId) >= sku.prepaidUnits.enabled)
      return graphError(
        400,
        'Request_BadRequest',
        `Subscription with SKU ${skuId} does not have any available licenses.`,
        [{ code: 'CountViolation', target: skuId }],
      );
  }
  return undefined;
}

export function assignLicense(context: Context, name: string): CloudResponse {
  const { store, request, now } = context;
  const fault = checkBody(request.body, 'action.assignLicense');
  if (fault !== undefined) return badRequest(fault);
  const user = findUser(context, name);
  if (user === undefined) return notFound(name);
  const { addLicenses, removeLicenses } = request.body as { addLicenses: Licence[]; removeLicenses: string[] };
  const refused = refusal(context, user, addLicenses);
  if (refused) return refused;
  const missing = removeLicenses.find((skuId) => !licencesOf(user).some((licence) => licence.skuId === skuId));
  if (missing) return badRequest(`User does not have a corresponding license. ${missing}`);
  const replaced = new Set([...removeLicenses, ...addLicenses.map((licence) => licence.skuId)]);
  const licences = [...licencesOf(user).filter((licence) => !replaced.has(licence.skuId)), ...addLicenses];
  const states = licences.map(({ skuId, disabledPlans }) => ({
    skuId,
    disabledPlans,
    assignedByGroup: null,
    error: 'None',
    state: 'Active',
    lastUpdatedDateTime: now.toISOString(),
  }));
  const properties = {
    ...user.properties,
    assignedLicenses: licences,
    assignedPlans: plansOf(context, licences),
    licenseAssignmentStates: states,
  };
  store.putUser({ ...user, properties });
  settleMailbox(context, user, licences);
  return ok(shown({ ...user, properties }, undefined));
}
