import { z } from 'zod';
import type { Observed, Phase } from '../../core/resource.ts';
import { type Marker, parseMarker } from './marker.ts';
import { EXCHANGE_PLANS, skuById } from './skus.ts';

/** The properties that the fields are made of; Graph's own default set lacks most of them. */
const User = z.object({
  id: z.string(),
  userPrincipalName: z.string(),
  displayName: z.string().nullish(),
  mailNickname: z.string().nullish(),
  accountEnabled: z.boolean().nullish(),
  usageLocation: z.string().nullish(),
  createdDateTime: z.string().nullish(),
  onPremisesSyncEnabled: z.boolean().nullish(),
  onPremisesExtensionAttributes: z.object({ extensionAttribute1: z.string().nullish() }).nullish(),
  assignedLicenses: z.array(z.object({ skuId: z.string().nullable(), disabledPlans: z.array(z.string()) })).default([]),
  assignedPlans: z
    .array(z.object({ servicePlanId: z.string().nullable(), capabilityStatus: z.string().nullish() }))
    .default([]),
  licenseAssignmentStates: z
    .array(z.object({ skuId: z.string().nullable(), lastUpdatedDateTime: z.string().nullish() }))
    .nullish(),
});
export type User = z.infer<typeof User>;

/** `$select` of every read of a user. */
export const USER_SELECT = Object.keys(User.shape).join(',');

/** @throws ZodError for an answer that is no user */
export const parseUser = (body: unknown): User => User.parse(body);

/** Synchronised users have their master in the on-premises directory; Graph refuses to change them. */
export const isSynchronised = (user: User): boolean => user.onPremisesSyncEnabled === true;

export const markerOf = (user: User): Marker | undefined =>
  parseMarker(user.onPremisesExtensionAttributes?.extensionAttribute1);

/** Products with a mailbox whose Exchange plan is not switched off. */
export const mailProducts = (user: User): readonly string[] =>
  user.assignedLicenses
    .flatMap(({ skuId, disabledPlans }) => {
      const sku = skuById(skuId);
      return sku && !disabledPlans.includes(sku.exchangePlan) ? [sku.part] : [];
    })
    .sort();

/** Whether a mailbox is on its way or there: an Exchange plan is assigned and in force. */
export const hasExchange = (user: User): boolean =>
  user.assignedPlans.some(
    (plan) => EXCHANGE_PLANS.has(plan.servicePlanId ?? '') && plan.capabilityStatus === 'Enabled',
  );

/** When the wait for a mailbox began: the last licence, else the user's creation. */
export function licensedAt(user: User): Date {
  const dates = (user.licenseAssignmentStates ?? []).flatMap((state) =>
    skuById(state.skuId) && state.lastUpdatedDateTime ? [Date.parse(state.lastUpdatedDateTime)] : [],
  );
  return new Date(dates.length > 0 ? Math.max(...dates) : Date.parse(user.createdDateTime ?? ''));
}

const FROM_DIRECTORY: Phase = { waitsFor: 'the on-premises directory, from which this user is synchronised' };

/** The owner in the marker; a synchronised user has none, for nothing may be written to it. */
export const ownerOf = (user: User): string | null => (isSynchronised(user) ? null : (markerOf(user)?.request ?? null));

/** A blocked user whose sessions are still to be revoked is neither on nor off. */
function enabledOf(user: User): boolean | null {
  if (user.accountEnabled) return true;
  return markerOf(user)?.revokeDue ? null : false;
}

export function observedUser(user: User): Observed {
  const marker = markerOf(user);
  const products = mailProducts(user);
  return {
    kind: 'cloud-user',
    key: user.userPrincipalName.toLowerCase(),
    owner: ownerOf(user),
    identity: user.id,
    fields: {
      displayName: user.displayName ?? null,
      mailNickname: user.mailNickname ?? null,
      enabled: enabledOf(user),
      usageLocation: user.usageLocation ?? null,
      licence: products.length > 0 ? products.join('+') : null,
      mfaResetAt: marker?.mfaResetAt ?? null,
      unblockedAt: marker?.unblockedAt ?? null,
    },
    phase: isSynchronised(user) ? FROM_DIRECTORY : 'ready',
  };
}
