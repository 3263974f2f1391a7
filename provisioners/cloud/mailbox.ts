import { z } from 'zod';
import type { Fields } from '../../core/kinds.ts';
import type { Observed } from '../../core/resource.ts';
import { hasExchange, licensedAt, ownerOf, type User } from './user.ts';

/** What Get-Mailbox answers, as far as it is managed. Quotas are texts: `3 GB (3,221,225,472 bytes)` or `Unlimited`. */
const Mailbox = z.object({
  ExternalDirectoryObjectId: z.string(),
  EmailAddresses: z.array(z.string()),
  IssueWarningQuota: z.string(),
  ProhibitSendQuota: z.string(),
  ProhibitSendReceiveQuota: z.string(),
});
export type Mailbox = z.infer<typeof Mailbox>;

/** @throws ZodError for an answer that is no mailbox */
export const parseMailbox = (entry: unknown): Mailbox => Mailbox.parse(entry);

const GB = 1024 ** 3;
/** A mailbox typically appears within 30 minutes; a day is still normal. */
const LONGEST_WAIT = 24 * 3600 * 1000;

/** Bytes of a quota as Exchange writes it; undefined for `Unlimited` and for what is no quota. */
export function bytesOf(quota: string): number | undefined {
  const digits = /\(([\d,.]+) bytes\)/.exec(quota)?.[1];
  return digits === undefined ? undefined : Number(digits.replace(/[,.]/g, ''));
}

/**
 * The three quotas of a mailbox of so many GB: warned at 90 %, cannot send from 95 %, cannot receive at the full size.
 * They go in one command: Exchange refuses any that would stand in the wrong order for a moment, be it on the way up
 * or down.
 */
export const quotasOf = (gb: number) => ({
  IssueWarningQuota: String(Math.floor(gb * GB * 0.9)),
  ProhibitSendQuota: String(Math.floor(gb * GB * 0.95)),
  ProhibitSendReceiveQuota: Number.isInteger(gb) ? `${gb}GB` : String(Math.floor(gb * GB)),
});

/** The quotas that a mailbox has now, as parameters that set them again. */
export const sameQuotas = (mailbox: Mailbox) => {
  const again = (quota: string) => String(bytesOf(quota) ?? 'unlimited');
  return {
    IssueWarningQuota: again(mailbox.IssueWarningQuota),
    ProhibitSendQuota: again(mailbox.ProhibitSendQuota),
    ProhibitSendReceiveQuota: again(mailbox.ProhibitSendReceiveQuota),
  };
};

const addressOf = (proxy: string): string => proxy.slice(proxy.indexOf(':') + 1);
const isMail = (proxy: string): boolean => /^smtp:/i.test(proxy);
/** The tenant's routing address belongs to Exchange; other address types (SIP, X500) to other services. */
const isManaged = (proxy: string): boolean => isMail(proxy) && !/\.onmicrosoft\.com$/i.test(proxy);

/** `EmailAddresses` with a new primary address and aliases; what is not managed stays. `SMTP:` marks the primary one. */
export function addressesOf(mailbox: Mailbox, address: string, aliases: readonly string[]): readonly string[] {
  const kept = mailbox.EmailAddresses.filter((proxy) => !isManaged(proxy)).map((proxy) =>
    proxy.startsWith('SMTP:') ? `smtp:${addressOf(proxy)}` : proxy,
  );
  const others = aliases.filter((alias) => alias.toLowerCase() !== address.toLowerCase());
  return [`SMTP:${address}`, ...others.map((alias) => `smtp:${alias}`), ...kept];
}

function fieldsOf(mailbox: Mailbox): Fields {
  const primary = mailbox.EmailAddresses.find((proxy) => proxy.startsWith('SMTP:'));
  const bytes = bytesOf(mailbox.ProhibitSendReceiveQuota);
  return {
    quotaGb: bytes === undefined ? null : bytes / GB,
    address: primary === undefined ? null : addressOf(primary).toLowerCase(),
    aliases: mailbox.EmailAddresses.filter((proxy) => isManaged(proxy) && !proxy.startsWith('SMTP:'))
      .map((proxy) => addressOf(proxy).toLowerCase())
      .sort(),
  };
}

/** A mailbox has its user's marker. A user that is licensed and has none yet waits for it; else there is none. */
export function observedMailbox(user: User, mailbox: Mailbox | undefined): Observed | undefined {
  const base = {
    kind: 'mailbox',
    key: user.userPrincipalName.toLowerCase(),
    owner: ownerOf(user),
    identity: user.id,
  } as const;
  if (mailbox) return { ...base, fields: fieldsOf(mailbox), phase: 'ready' };
  if (!hasExchange(user)) return undefined;
  const until = new Date(licensedAt(user).getTime() + LONGEST_WAIT).toISOString();
  return { ...base, fields: {}, phase: { waitsFor: 'mailbox', until } };
}
