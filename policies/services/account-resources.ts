import type { Fields } from '../../core/kinds.ts';
import type { ServiceRequest } from '../../core/request.ts';
import type { Id, Resource } from '../../core/resource.ts';
import type { Environment, ExpandContext } from '../../core/service.ts';
import type { AccountFigures, AccountSpec, MailboxFigures } from './account-spec.ts';

const KB_PER_GB = 1024 * 1024;
const LONGEST_CN = 64;

export const addressOf = (localPart: string, { mail }: Environment): string => `${localPart}@${mail.domain}`;
export const principalOf = (login: string, { directory }: Environment): string => `${login}@${directory.upnSuffix}`;

/** Everything that one account stands for; `enabled` follows the state everywhere, and data is kept (item 8.3). */
export function accountResources(request: ServiceRequest, context: ExpandContext): readonly Resource[] {
  if (request.state === 'deleted') return [];
  const spec = request.spec as AccountSpec;
  if (spec.kind === 'group') return [group(request, spec, context)];
  return spec.mailbox === 'licensed'
    ? [account(request, spec, context), cloudUser(request, spec, context), mailbox(request, spec, context)]
    : [account(request, spec, context)];
}

const accountId = (spec: AccountSpec): Id => ({ kind: 'directory-account', key: spec.login });
const userId = (spec: AccountSpec, environment: Environment): Id => ({
  kind: 'cloud-user',
  key: principalOf(spec.login, environment),
});

const addressesOf = (spec: AccountSpec, environment: Environment) => ({
  primary: spec.address === undefined ? null : addressOf(spec.address, environment),
  aliases: (spec.aliases ?? []).map((alias) => addressOf(alias, environment)),
});

/** Unique in its OU by the login, which therefore is never cut. */
export function commonName({ displayName, login }: Pick<AccountSpec, 'displayName' | 'login'>): string {
  const suffix = ` (${login})`;
  let name = '';
  for (const character of displayName)
    if (name.length + character.length + suffix.length <= LONGEST_CN) name += character;
    else break;
  return name.trimEnd() + suffix;
}

export const ouOf = ({ unit }: Pick<ExpandContext, 'unit'>): string => `OU=Akun,${unit.ou}`;

/** A field that is absent is not managed: without an order, an act is none of our business. */
const acts = (spec: AccountSpec, ...names: readonly ('passwordResetAt' | 'mfaResetAt' | 'unblockedAt')[]): Fields =>
  Object.fromEntries(
    names.flatMap((name) => {
      const at = spec[name];
      return at === undefined ? [] : [[name, new Date(at).toISOString()]];
    }),
  );

function account(request: ServiceRequest, spec: AccountSpec, context: ExpandContext): Resource {
  const { environment } = context;
  const { primary, aliases } = addressesOf(spec, environment);
  return {
    ...accountId(spec),
    request: request.id,
    fields: {
      ou: ouOf(context),
      cn: commonName(spec),
      displayName: spec.displayName,
      userPrincipalName: principalOf(spec.login, environment),
      employeeNumber: spec.nip ?? null,
      enabled: request.state === 'active',
      mail: primary,
      aliases,
      groups: spec.internet ? [environment.directory.internetGroup] : [],
      ...onPremises(spec, context),
      ...acts(spec, 'passwordResetAt', 'unblockedAt'),
    },
  };
}

/** Limits of a mailbox on premises; a licensed one lives in the cloud, where these do not count. */
function onPremises(spec: AccountSpec, { figures }: ExpandContext): Fields {
  const { standard }: AccountFigures = figures;
  if (spec.mailbox !== 'standard' || standard === undefined) return { mailboxKb: null, messageKb: null };
  return {
    mailboxKb: (spec.mailboxGb ?? standard.mailboxGb) * KB_PER_GB,
    messageKb: messageKb(standard),
  };
}

/** The limit is on the whole message, in which base64 makes an attachment a third larger; whole MB, as people set it. */
const messageKb = ({ attachmentMb }: MailboxFigures): number | null =>
  attachmentMb === undefined ? null : Math.ceil((attachmentMb * 4) / 3) * 1024;

function cloudUser(request: ServiceRequest, spec: AccountSpec, { environment }: ExpandContext): Resource {
  return {
    ...userId(spec, environment),
    request: request.id,
    needs: [accountId(spec)],
    fields: {
      displayName: spec.displayName,
      mailNickname: spec.login,
      enabled: request.state === 'active',
      usageLocation: environment.mail.usageLocation,
      licence: environment.mail.sku,
      ...acts(spec, 'mfaResetAt', 'unblockedAt'),
    },
  };
}

function mailbox(request: ServiceRequest, spec: AccountSpec, { environment, figures }: ExpandContext): Resource {
  const { licensed }: AccountFigures = figures;
  const { primary, aliases } = addressesOf(spec, environment);
  return {
    kind: 'mailbox',
    key: principalOf(spec.login, environment),
    request: request.id,
    needs: [userId(spec, environment)],
    fields: { quotaGb: licensed?.mailboxGb ?? null, address: primary, aliases },
  };
}

/**
 * A group cannot be blocked from signing in: disabled, it has no members, who stay in the request for its return.
 * Its members must be there first, whichever request they belong to.
 */
function group(request: ServiceRequest, spec: AccountSpec, context: ExpandContext): Resource {
  const { primary } = addressesOf(spec, context.environment);
  const members = request.state === 'active' ? (spec.members ?? []) : [];
  return {
    kind: 'directory-group',
    key: spec.login,
    request: request.id,
    needs: members.map((key) => ({ kind: 'directory-account', key })),
    fields: {
      ou: ouOf(context),
      cn: commonName(spec),
      displayName: spec.displayName,
      mail: primary,
      members,
    },
  };
}
