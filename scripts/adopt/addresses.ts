import type { Candidate } from '../../core/discovery.ts';
import type { Id } from '../../core/resource.ts';
import { staticIpFromRecords } from '../../policies/services/static-ip-from-records.ts';
import type { Targets } from '../../provisioners/index.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { Found } from './accounts.ts';
import { isRefusal, type Proposal, type Refusal, unownable } from './proposal.ts';
import { matcher, type WantedNames } from './wanted-names.ts';

export interface AddressesWanted {
  readonly zone: string;
  /** Hosts, with or without the zone. */
  readonly names: WantedNames;
}

const typeOf = ({ observed }: Candidate): string => observed.key.split(' ')[0] ?? '';
const nameOf = ({ observed }: Candidate): string => observed.key.split(' ')[1] ?? '';
const idOfRecord = ({ observed }: Candidate): Id => ({ kind: observed.kind, key: observed.key });
/** What a CNAME points to. */
const pointsTo = ({ observed }: Candidate): string => String(observed.fields.values);

/** Names of a zone, each as a request or with the reason why not. @throws TargetError */
export async function findAddresses(wanted: AddressesWanted, targets: Targets, workspace: Workspace): Promise<Found> {
  const { total, parts } = await targets.discoverRecords(wanted.zone);
  async function* proposals() {
    const candidates: Candidate[] = [];
    for await (const part of parts) candidates.push(...part);
    yield fromZone(candidates, wanted, workspace);
  }
  return { total, parts: proposals() };
}

/** The only record of a name, where it is an address that may be adopted; undefined where the name has no address. */
function judgeHost(records: readonly Candidate[]): Candidate | Refusal | undefined {
  const forward = records.find((one) => typeOf(one) === 'A');
  if (forward === undefined) return undefined;
  const main = idOfRecord(forward);
  const refusal = unownable(forward) ?? records.map(unownable).find((one) => one !== undefined);
  if (refusal !== undefined) return { ...refusal, main };
  if (records.length === 1) return forward;
  return { main, code: 'adopt/unmanaged', detail: `It has records of type ${records.map(typeOf).join(', ')}` };
}

function fromZone(candidates: readonly Candidate[], { zone, names }: AddressesWanted, { policies }: Workspace) {
  const hostOf = (name: string): string => (name.endsWith(`.${zone}`) ? name.slice(0, -zone.length - 1) : name);
  const list = names.list?.map(hostOf);
  const isWanted = matcher({ ...names, ...(list ? { list } : {}) });
  const all = Map.groupBy(candidates, nameOf);
  const wanted = [...all].filter(([name]) => isWanted(hostOf(name)));
  const hosts = new Map(wanted.flatMap(([name, records]) => [[name, judgeHost(records)] as const]));
  const aliases = candidates.filter((one) => typeOf(one) === 'CNAME' && unownable(one) === undefined);
  const aliasesOf = Map.groupBy(aliases, pointsTo);
  const proposal = (forward: Candidate): Proposal => {
    const host = hostOf(nameOf(forward));
    const others = aliasesOf.get(nameOf(forward)) ?? [];
    const found = { host, zone, forward: forward.observed, aliases: others.map((one) => hostOf(nameOf(one))) };
    return {
      main: idOfRecord(forward),
      stem: host,
      service: 'static-ip',
      title: `Alamat ${host}`,
      ...staticIpFromRecords(found, policies.environment),
      objects: [forward, ...others].map((one) => one.observed),
    };
  };
  const isAdopted = (name: string): boolean => {
    const host = hosts.get(name);
    return host !== undefined && !isRefusal(host);
  };
  const judged = wanted.flatMap(([name, records]): (Proposal | Refusal)[] => {
    const host = hosts.get(name);
    if (host === undefined) return judgeOthers(records, isAdopted);
    return [isRefusal(host) ? host : proposal(host)];
  });
  const absent = (list ?? []).filter((host) => !all.has(`${host}.${zone}`));
  return [...judged, ...absent.map((host): Refusal => notFound(`${host}.${zone}`))];
}

const notFound = (name: string): Refusal => ({
  main: { kind: 'dns-record', key: `A ${name}` },
  code: 'adopt/not-found',
});

/** Records of a name without an address: an alias is part of the address that it points to; nothing else can be said. */
function judgeOthers(records: readonly Candidate[], isAdopted: (name: string) => boolean): Refusal[] {
  return records.flatMap((record) => {
    const main = idOfRecord(record);
    const refusal = unownable(record);
    if (refusal !== undefined) return [refusal];
    if (typeOf(record) !== 'CNAME') return [{ main, code: 'adopt/unmanaged' as const }];
    const place = pointsTo(record);
    return isAdopted(place) ? [] : [{ main, code: 'adopt/alias' as const, values: { place } }];
  });
}
