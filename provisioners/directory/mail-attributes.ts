/** Mail fields of accounts and groups, and the attributes in which on-premises mail systems look for them. */
import type { Fields, FieldValue } from '../../core/kinds.ts';
import type { Target } from './entry-changes.ts';
import { type Entry, textOf, textsOf } from './protocol.ts';

export const ADDRESS_ATTRIBUTES = ['mail', 'proxyAddresses'] as const;
export const LIMIT_ATTRIBUTES = [
  'mDBUseDefaults',
  'mDBStorageQuota',
  'mDBOverQuotaLimit',
  'mDBOverHardQuotaLimit',
  'delivContLength',
  'submissionContLength',
] as const;

/** Our figures: people are warned at 90 % of the limit and can send until 95 %; they receive until it is reached. */
const WARN_PERCENT = 90;
const SEND_PERCENT = 95;

/** `SMTP:` marks the primary address, `smtp:` a further one; other types (X500, SIP) are not ours. */
const proxies = (entry: Entry) => {
  const values = textsOf(entry, 'proxyAddresses');
  return {
    primary: values.filter((value) => value.startsWith('SMTP:')).map((value) => value.slice(5)),
    further: values.filter((value) => value.startsWith('smtp:')).map((value) => value.slice(5)),
    others: values.filter((value) => !/^smtp:/i.test(value)),
  };
};

/** Primary address; both texts where `mail` and `proxyAddresses` disagree, so that it never counts as wanted. */
export function mailOf(entry: Entry): string | null {
  const mail = textOf(entry, 'mail');
  const { primary } = proxies(entry);
  if (primary.length === 0 || (primary.length === 1 && primary[0] === mail)) return mail ?? null;
  return `${mail ?? ''} ${primary.map((address) => `SMTP:${address}`).join(' ')}`.trim();
}

export const aliasesOf = (entry: Entry): readonly string[] => [...proxies(entry).further].sort();

/** `aliases` undefined keeps the further addresses as they are. */
export function addressTarget(entry: Entry | undefined, mail: FieldValue, aliases: FieldValue | undefined): Target {
  const held = entry === undefined ? { further: [], others: [] } : proxies(entry);
  const further = Array.isArray(aliases) ? aliases : held.further;
  const primary = typeof mail === 'string' ? [`SMTP:${mail}`] : [];
  return {
    mail: typeof mail === 'string' ? [mail] : [],
    proxyAddresses: [...held.others, ...primary, ...further.map((address: string) => `smtp:${address}`)],
  };
}

const percentOf = (kb: number, percent: number) => String(Math.floor((kb * percent) / 100));

/** Quota attributes in KB, in the order that the mail system demands: warning <= send <= receive. */
export function quotaTarget(kb: FieldValue): Target {
  if (typeof kb !== 'number')
    return { mDBUseDefaults: [], mDBStorageQuota: [], mDBOverQuotaLimit: [], mDBOverHardQuotaLimit: [] };
  return {
    mDBUseDefaults: ['FALSE'],
    mDBStorageQuota: [percentOf(kb, WARN_PERCENT)],
    mDBOverQuotaLimit: [percentOf(kb, SEND_PERCENT)],
    mDBOverHardQuotaLimit: [String(kb)],
  };
}

/** Largest message sent and received, in KB. */
export function messageTarget(kb: FieldValue): Target {
  const values = typeof kb === 'number' ? [String(kb)] : [];
  return { delivContLength: values, submissionContLength: values };
}

/** A number, null for no limit; the raw values as text where they are not as `quotaTarget` writes them. */
export function quotaOf(entry: Entry): FieldValue {
  const hard = textOf(entry, 'mDBOverHardQuotaLimit');
  const raw = (['mDBUseDefaults', 'mDBStorageQuota', 'mDBOverQuotaLimit', 'mDBOverHardQuotaLimit'] as const).map(
    (name) => textOf(entry, name) ?? '-',
  );
  if (raw.slice(1).every((value) => value === '-')) return null;
  const wanted = hard === undefined ? {} : quotaTarget(Number(hard));
  const agrees = Object.entries(wanted).every(([name, values]) => textOf(entry, name) === values[0]);
  return hard !== undefined && agrees ? Number(hard) : raw.join('/');
}

/** A number, null for no limit; both values as text where they differ. */
export function messageOf(entry: Entry): FieldValue {
  const received = textOf(entry, 'delivContLength');
  const sent = textOf(entry, 'submissionContLength');
  if (received !== sent) return `${received ?? '-'}/${sent ?? '-'}`;
  return received === undefined ? null : Number(received);
}

/** The mail part of a target for the fields in `changed`, with the other fields as they stand. */
export function mailTarget(entry: Entry | undefined, fields: Fields, changed: Fields): Target {
  return {
    ...('mail' in changed || 'aliases' in changed ? addressTarget(entry, fields.mail ?? null, fields.aliases) : {}),
    ...('mailboxKb' in changed ? quotaTarget(fields.mailboxKb ?? null) : {}),
    ...('messageKb' in changed ? messageTarget(fields.messageKb ?? null) : {}),
  };
}
