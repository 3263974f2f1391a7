import type { Offer } from '../../core/catalogue/catalogue.ts';
import type { Candidate } from '../../core/discovery.ts';
import type { Unit } from '../../core/organisation/organisation.ts';
import { type Read, readAll } from '../../core/plan/read.ts';
import { idOf, type Observed } from '../../core/resource.ts';
import { accountFromObjects } from '../../policies/services/account-from-objects.ts';
import { principalOf } from '../../policies/services/account-resources.ts';
import { type Dn, isWithin, parseDn } from '../../provisioners/directory/dn.ts';
import type { Targets } from '../../provisioners/index.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { type Proposal, type Refusal, unownable } from './proposal.ts';
import { matcher, prefixOf, type WantedNames } from './wanted-names.ts';

export interface AccountsWanted {
  readonly unit: Unit;
  readonly offer: Offer;
  /** Relative DN, within the unit's. */
  readonly ou: string;
  readonly names: WantedNames;
  readonly withoutNip: 'individual' | 'special';
}

/** What was found, in parts; `total` counts what is looked at. */
export interface Found {
  readonly total: number;
  readonly parts: AsyncIterable<readonly (Proposal | Refusal)[]>;
}

/** Accounts and groups of a unit, each as a request or with the reason why not. @throws TargetError */
export async function findAccounts(wanted: AccountsWanted, targets: Targets, workspace: Workspace): Promise<Found> {
  const { ou, names } = wanted;
  const prefix = prefixOf(names);
  const { total, parts } = await targets.discoverAccounts({
    ou,
    ...(names.list ? { logins: names.list } : {}),
    ...(prefix ? { prefix } : {}),
  });
  return {
    total: names.list?.length ?? total,
    parts: proposals(wanted, parts, readAll(targets.provisioners), workspace),
  };
}

async function* proposals(
  wanted: AccountsWanted,
  parts: AsyncIterable<readonly Candidate[]>,
  read: Read,
  workspace: Workspace,
): AsyncIterable<readonly (Proposal | Refusal)[]> {
  const isWanted = matcher(wanted.names);
  const placeOf = placement(wanted.unit, workspace);
  const missing = new Set(wanted.names.list);
  for await (const part of parts) {
    const fitting = part.filter(({ observed }) => isWanted(observed.key));
    for (const { observed } of fitting) missing.delete(observed.key);
    const judged = fitting.map((one) => unownable(one) ?? placeOf(one.observed) ?? one.observed);
    const users = await cloudUsers(judged.filter(isObserved), wanted, read, workspace);
    yield judged.map((one) => (isObserved(one) ? users(one) : one));
  }
  yield [...missing].map((key) => ({ main: { kind: 'directory-account', key }, code: 'adopt/not-found' }) as const);
}

const isObserved = (one: Observed | Refusal): one is Observed => 'fields' in one;

/** Refuses what is not in the unit's organisational unit, or in that of another unit below it. */
function placement(unit: Unit, { policies }: Workspace): (observed: Observed) => Refusal | undefined {
  const own = parseDn(unit.ou);
  const below: readonly Dn[] = [...policies.organisation.units.values()]
    .filter((one) => one.id !== unit.id)
    .map((one) => parseDn(one.ou))
    .filter((ou) => ou.length > own.length && isWithin(ou, own));
  return ({ kind, key, fields }) => {
    const place = String(fields.ou);
    const dn = parseDn(place);
    if (isWithin(dn, own) && !below.some((ou) => isWithin(dn, ou))) return undefined;
    return { main: { kind, key }, code: 'adopt/outside', values: { unit: unit.id, place } };
  };
}

/** Reads the users of these accounts in Microsoft 365, where the catalogue offers licences, and makes the proposals. */
async function cloudUsers(
  accounts: readonly Observed[],
  { offer, withoutNip }: AccountsWanted,
  read: Read,
  { policies }: Workspace,
): Promise<(entry: Observed) => Proposal | Refusal> {
  const { environment } = policies;
  const userId = ({ key }: Observed) => ({ kind: 'cloud-user', key: principalOf(key, environment) }) as const;
  const people = offer.figures.licensed === undefined ? [] : accounts.filter((one) => one.kind === 'directory-account');
  const reading = await read({ keys: people.map(userId), owners: new Set(), pools: [] });
  const users = new Map(reading.objects.map((object) => [idOf(object), object]));
  const unread = new Map(reading.unread.map(({ kind, key, reason }) => [key ?? kind, reason]));
  return (entry) => {
    const main = { kind: entry.kind, key: entry.key };
    const id = userId(entry);
    const reason = unread.get(id.key) ?? unread.get(id.kind);
    if (people.includes(entry) && reason !== undefined)
      return { main, code: 'adopt/unread', values: { missing: id.key }, detail: reason };
    const user = users.get(idOf(id));
    const asked = accountFromObjects(
      { entry, ...(user ? { user } : {}) },
      { figures: offer.figures, environment, withoutNip },
    );
    const title = `${entry.kind === 'directory-group' ? 'Grup' : 'Akun'} ${asked.spec.displayName}`;
    const isLicensed = asked.spec.mailbox === 'licensed' && user !== undefined;
    return {
      main,
      stem: entry.key,
      service: 'account',
      title,
      ...asked,
      objects: isLicensed ? [entry, user] : [entry],
    };
  };
}
