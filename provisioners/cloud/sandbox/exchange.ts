import { type CloudResponse, cmdletOf } from '../protocol.ts';
import { exchangeError, ok } from './answers.ts';
import type { Context } from './context.ts';
import type { MailboxState } from './store.ts';

const UNITS: Readonly<Record<string, number>> = { B: 1, KB: 1024, MB: 1024 ** 2, GB: 1024 ** 3, TB: 1024 ** 4 };
const LARGEST = 2_199_023_254_528;
const QUOTAS = ['IssueWarningQuota', 'ProhibitSendQuota', 'ProhibitSendReceiveQuota'] as const;
const KNOWN = new Set<string>([...QUOTAS, 'Identity', 'EmailAddresses']);

/** `3GB`, `3 GB` or bytes without a unit; undefined for what is no size. */
export function parseSize(text: unknown): number | undefined {
  const match = /^(\d+(?:\.\d+)?)\s*(B|KB|MB|GB|TB)?$/i.exec(String(text));
  if (match === null) return undefined;
  const bytes = Number(match[1]) * (UNITS[(match[2] ?? 'B').toUpperCase()] ?? 1);
  return bytes > LARGEST ? undefined : Math.floor(bytes);
}

/** As Exchange writes sizes: `3 GB (3,221,225,472 bytes)`. */
export function formatSize(bytes: number): string {
  const unit = ['TB', 'GB', 'MB', 'KB'].find((one) => bytes >= (UNITS[one] ?? 0)) ?? 'B';
  const amount = Number((bytes / (UNITS[unit] ?? 1)).toPrecision(4));
  return `${amount} ${unit} (${bytes.toLocaleString('en-US')} bytes)`;
}

const notFound = (identity: string): CloudResponse =>
  exchangeError(
    404,
    'NotFound',
    'Microsoft.Exchange.Configuration.Tasks.ManagementObjectNotFoundException',
    `The operation couldn't be performed because object '${identity}' couldn't be found on 'SG2PR01A001.contoh.onmicrosoft.com'.`,
  );

const invalid = (message: string): CloudResponse =>
  exchangeError(400, 'BadRequest', 'Microsoft.Exchange.Data.DataValidationException', message);

/** By principal name, id or any address: an alias names a mailbox, too. */
function find({ store, now }: Context, identity: string): MailboxState | undefined {
  const proxy = `smtp:${identity}`.toLowerCase();
  const found =
    store.mailbox(store.user(identity)?.id ?? identity) ??
    store.mailboxes().find((one) => one.addresses.some((address) => address.toLowerCase() === proxy));
  return found && found.readyAt <= now.getTime() ? found : undefined;
}

function get(mailbox: MailboxState): CloudResponse {
  const primary = mailbox.addresses.find((address) => address.startsWith('SMTP:')) ?? '';
  return ok({
    '@adminapi.warnings': [],
    value: [
      {
        ExternalDirectoryObjectId: mailbox.user,
        PrimarySmtpAddress: primary.slice(5),
        EmailAddresses: mailbox.addresses,
        ...Object.fromEntries(QUOTAS.map((name) => [name, formatSize(mailbox.quotas[name])])),
      },
    ],
  });
}

function set({ store }: Context, mailbox: MailboxState, parameters: Readonly<Record<string, unknown>>): CloudResponse {
  const unknown = Object.keys(parameters).find((name) => !KNOWN.has(name));
  if (unknown) return invalid(`A parameter cannot be found that matches parameter name '${unknown}'.`);
  const quotas = { ...mailbox.quotas };
  for (const name of QUOTAS) {
    if (parameters[name] === undefined) continue;
    const bytes = parseSize(parameters[name]);
    if (bytes === undefined) return invalid(`Cannot convert value "${String(parameters[name])}" to a size.`);
    if (bytes > mailbox.maximum)
      return invalid(`The value of ${name} can't exceed the maximum allowed by the user's license.`);
    quotas[name] = bytes;
  }
  if (
    !(
      quotas.IssueWarningQuota <= quotas.ProhibitSendQuota &&
      quotas.ProhibitSendQuota <= quotas.ProhibitSendReceiveQuota
    )
  )
    return invalid(
      'IssueWarningQuota must be less than or equal to ProhibitSendQuota, and that to ProhibitSendReceiveQuota.',
    );
  const addresses = (parameters.EmailAddresses as readonly string[] | undefined) ?? mailbox.addresses;
  if (addresses.filter((address) => address.startsWith('SMTP:')).length !== 1)
    return invalid('There must be exactly one primary SMTP address.');
  const taken = takenAddress(store.mailboxes(), mailbox, addresses);
  if (taken)
    return exchangeError(
      400,
      'BadRequest',
      'Microsoft.Exchange.Data.Directory.ProxyAddressExistsException',
      `The proxy address "${taken}" is already being used by another recipient.`,
    );
  store.putMailbox({ ...mailbox, quotas, addresses });
  return ok({ '@adminapi.warnings': [], value: [] });
}

function takenAddress(
  all: readonly MailboxState[],
  own: MailboxState,
  addresses: readonly string[],
): string | undefined {
  const others = new Set(
    all.filter((one) => one.user !== own.user).flatMap((one) => one.addresses.map((a) => a.toLowerCase())),
  );
  return addresses.find((address) => others.has(address.toLowerCase()));
}

/** InvokeCommand with Get-Mailbox or Set-Mailbox. */
export function invoke(context: Context): CloudResponse {
  const cmdlet = cmdletOf(context.request);
  if (cmdlet === undefined) return invalid('The request has no CmdletInput.');
  const identity = String(cmdlet.parameters.Identity ?? '');
  const mailbox = find(context, identity);
  if (mailbox === undefined) return notFound(identity);
  if (cmdlet.name === 'Get-Mailbox') return get(mailbox);
  if (cmdlet.name === 'Set-Mailbox') return set(context, mailbox, cmdlet.parameters);
  return exchangeError(
    403,
    'Forbidden',
    'System.Management.Automation.CommandNotFoundException',
    `'${cmdlet.name}' is not allowed.`,
  );
}
