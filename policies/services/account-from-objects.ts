import type { Figures } from '../../core/catalogue/catalogue.ts';
import type { FieldValue } from '../../core/kinds.ts';
import type { ServiceRequest } from '../../core/request.ts';
import type { Observed } from '../../core/resource.ts';
import type { Environment } from '../../core/service.ts';
import type { AccountFigures, AccountSpec } from './account-spec.ts';

/** What stands of one account: in the directory, and in Microsoft 365 where there is such a user. */
export interface AccountObjects {
  readonly entry: Observed;
  readonly user?: Observed;
}

export interface AccountContext {
  readonly figures: Figures;
  readonly environment: Environment;
  /** The kind of an account without a NIP: no target says whether a person owns it. */
  readonly withoutNip: 'individual' | 'special';
}

const NIP = /^\d{18}$/;

const texts = (value: FieldValue | undefined): readonly string[] =>
  Array.isArray(value) ? value : typeof value === 'string' ? [value] : [];

/** The parts before the @ of addresses in the ministry's domain; others cannot be said by a request. */
const localParts = (value: FieldValue | undefined, { mail }: Environment): readonly string[] =>
  texts(value).flatMap((address) => {
    const [local = '', domain, ...rest] = address.toLowerCase().split('@');
    return domain === mail.domain && rest.length === 0 ? [local] : [];
  });

function mailboxOf({ entry, user }: AccountObjects, { figures, environment }: AccountContext): AccountSpec['mailbox'] {
  const { licensed, standard }: AccountFigures = figures;
  if (licensed && user?.fields.licence === environment.mail.sku) return 'licensed';
  const hasMail = entry.fields.mailboxKb !== null || localParts(entry.fields.mail, environment).length > 0;
  return standard && hasMail ? 'standard' : 'none';
}

/**
 * The inverse of `expand`: the request for what stands, as far as a request can say it. What it cannot say is left out,
 * and shows as a difference once the request is expanded. Acts such as resets are never part of it.
 */
export function accountFromObjects(
  objects: AccountObjects,
  context: AccountContext,
): Pick<ServiceRequest, 'state' | 'spec'> {
  const { kind, key, fields } = objects.entry;
  const { environment } = context;
  const [address] = localParts(fields.mail, environment);
  const base = { login: key, displayName: String(fields.displayName ?? fields.cn), ...(address ? { address } : {}) };
  if (kind === 'directory-group') {
    const members = texts(fields.members);
    return { state: 'active', spec: { ...base, kind: 'group', ...(members.length > 0 ? { members } : {}) } };
  }
  const mailbox = mailboxOf(objects, context);
  const nip = texts(fields.employeeNumber).find((text) => NIP.test(text));
  const aliases = localParts(fields.aliases, environment);
  const { address: _, ...withoutAddress } = base;
  return {
    state: fields.enabled === false ? 'disabled' : 'active',
    spec: {
      ...(mailbox === 'none' ? withoutAddress : base),
      kind: nip === undefined ? context.withoutNip : 'individual',
      ...(nip === undefined ? {} : { nip }),
      ...(mailbox === 'none' || aliases.length === 0 ? {} : { aliases }),
      mailbox,
      internet: texts(fields.groups).includes(environment.directory.internetGroup),
    },
  };
}
