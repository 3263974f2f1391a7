import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { canonical } from '../../core/canonical.ts';
import { type Entry, type JournalEvent, link } from '../../core/journal/entry.ts';
import { type History, historyOf } from '../../core/journal/history.ts';
import type { Prepared } from '../../core/plan/prepare.ts';
import type { ServiceRequest } from '../../core/request.ts';
import type { Observed } from '../../core/resource.ts';
import { plusDays } from '../../core/term/day.ts';
import { isClaimed, prepareAll } from '../../scripts/run/prepare.ts';
import { run } from '../../scripts/run/run.ts';
import { openStore } from '../../scripts/store/store.ts';
import type { Workspace } from '../../scripts/workspace/workspace.ts';
import { address, container, machine, policies } from '../policies/builders.ts';
import { memoryTarget } from './memory-target.ts';
import { FIRST_DAY, type Name, type Step, type Trouble } from './steps.ts';

const OFFICIAL = 'djp-kasubdit-aplikasi';
const PROOF = [{ type: 'deletion-confirmation', url: 'https://arsip.contoh.test/nd/9', sha256: 'b'.repeat(64) }];

export const FOREIGN: readonly Observed[] = [
  { kind: 'machine', key: 'djp-lain', owner: null, fields: { cores: 2, power: 'on' }, phase: 'ready' },
  { kind: 'machine', key: 'itjen-audit', owner: 'itjen/audit', fields: { cores: 2, power: 'on' }, phase: 'ready' },
  { kind: 'dns-record', key: 'A lama.djp.contoh.test', owner: null, fields: { ttl: 60 }, phase: 'ready' },
  { kind: 'namespace', key: 'itjen-wadah', owner: 'itjen/wadah', fields: { cores: 1 }, phase: 'ready' },
];

/** The process ended at a write point. */
export class Killed extends Error {}

/** The first version of each request. */
function created(name: Name, until: string): ServiceRequest {
  const over = { id: `djp/${name}`, name, requester: 'djp-pic-aplikasi' };
  if (name === 'wadah') return container({ name, until }, over);
  if (name === 'alamat') return address({ host: name, aliases: ['nama-lain'] }, over);
  return machine({ name, until }, over);
}

/** Edits by variant: a title, which is no item; a change of substance; another one. */
function edited(request: ServiceRequest, variant: 0 | 1 | 2): ServiceRequest {
  if (variant === 0) return { ...request, title: `${request.title}.` };
  const { spec, service } = request;
  if (service === 'development-container')
    return { ...request, spec: { ...spec, ...(variant === 1 ? { cores: 3 } : { members: ['siti', 'andi.pratama'] }) } };
  if (service === 'static-ip')
    return { ...request, spec: { ...spec, ...(variant === 1 ? { aliases: [] } : { host: 'alamat-baru' }) } };
  return { ...request, requester: variant === 1 ? 'djp-kasi-aplikasi' : 'djp-pic-aplikasi' };
}

/** What officials approve of a request: a title is no part of it. */
export const substance = ({ title: _, ...rest }: ServiceRequest): string => canonical(rest);

/** Requests, people, days and targets, in memory; only hand-over records go to a folder. */
export function newWorld() {
  const folder = mkdtempSync(join(tmpdir(), 'layanan-model-'));
  const store = openStore(folder, () => `${today}T03:00:00.000Z`);
  const files = new Map<string, ServiceRequest>();
  /** What was approved of each request since it was last found fulfilled; an approval stands for whoever goes back to it. */
  const approved = new Map<string, ReadonlySet<string>>();
  const isApproved = (id: string): boolean => {
    const request = files.get(id);
    return request !== undefined && approved.get(id)?.has(substance(request)) === true;
  };
  const entries: Entry[] = [];
  const target = memoryTarget(FOREIGN);
  let today = FIRST_DAY;

  const append = (event: JournalEvent): Entry => {
    const entry = link(event, 'djp', `${today}T03:00:00.000Z`, entries.at(-1));
    entries.push(entry);
    return entry;
  };
  const workspace = (): Workspace =>
    ({
      options: { requests: 'requests' },
      policies,
      store,
      zone: 'Asia/Jakarta',
      today,
      now: () => new Date(`${today}T03:00:00Z`),
    }) as unknown as Workspace;
  const placed = (request: ServiceRequest) => {
    const place = () => ({ file: `requests/${request.id}.yaml`, line: 1, column: 1 });
    return { request, places: { of: place, ofKey: place } };
  };
  const prepared = (history: History): readonly Prepared[] => {
    const lookup = { claimants: () => [], usage: () => ({}), batch: () => 1 };
    return prepareAll([...files.values()].map(placed), workspace(), { history, lookup });
  };
  const ownedBy = (id: string) => [...target.objects].filter(([, one]) => one.owner === id);

  /** An official approves all that may be ordered, and names all that it may delete. */
  function approveAll(): void {
    for (const { request, verdict, classification, digest } of prepared(historyOf(entries))) {
      if (verdict.state !== 'missing' || classification.findings.some((one) => one.severity === 'error')) continue;
      const approval = { digest, by: OFFICIAL, on: today, via: 'command' } as const;
      append({ type: 'approved', request: request.id, approval, deletes: ownedBy(request.id).map(([id]) => id) });
      approved.set(request.id, new Set([...(approved.get(request.id) ?? []), substance(request)]));
    }
  }

  async function apply(trouble: Trouble) {
    const history = historyOf(entries);
    const all = [...files.values()].map(placed);
    const scope = { findings: [], history, count: all.length, prepared: prepared(history).filter(isClaimed), all };
    target.arm(
      trouble.type === 'refused' || trouble.type === 'lost' ? { ...trouble, effect: trouble.type } : undefined,
    );
    const targets = { provisioners: [target], provisionerOf: () => target, close: () => {} };
    return run(workspace(), {
      scope,
      targets: targets as never,
      journals: new Map([['djp', { unit: 'djp', entries, append }]]),
      reached: (point, position) => {
        if (trouble.type === 'killed' && trouble.at === point && trouble.position === position) throw new Killed();
      },
    });
  }

  /** What people do; runs are `apply`. */
  function happen(step: Exclude<Step, { readonly type: 'apply' | 'clock-jump' }>): void {
    if (step.type === 'days') today = plusDays(today, step.days);
    if (step.type === 'approve') approveAll();
    if (!('name' in step)) return;
    const id = `djp/${step.name}`;
    const request = files.get(id);
    if (step.type === 'create' && !request) files.set(id, created(step.name, plusDays(today, step.days)));
    if (step.type === 'by-hand') byHand(id, step.how);
    if (request === undefined) return;
    if (step.type === 'extend') files.set(id, { ...request, spec: extended(request, plusDays(today, step.days)) });
    if (step.type === 'edit') files.set(id, edited(request, step.variant));
    if (step.type === 'delete') files.set(id, { ...request, state: 'deleted', documents: PROOF });
    if (step.type === 'lose-file') files.delete(id);
  }

  function byHand(id: string, how: 'change' | 'remove'): void {
    const [first] = ownedBy(id);
    if (first === undefined) return;
    const [key, object] = first;
    if (how === 'remove') target.objects.delete(key);
    else target.objects.set(key, { ...object, fields: { ...object.fields, until: '1999-01-01', ttl: 1 } });
  }

  return {
    files,
    approved,
    isApproved,
    target,
    happen,
    apply,
    [Symbol.dispose]: () => rmSync(folder, { recursive: true }),
    get today() {
      return today;
    },
    /** Runs something on another day. */
    async on<T>(day: string, work: () => Promise<T>): Promise<T> {
      const real = today;
      today = day;
      try {
        return await work();
      } finally {
        today = real;
      }
    },
  };
}

export type World = ReturnType<typeof newWorld>;

const extended = ({ spec }: ServiceRequest, until: string): ServiceRequest['spec'] =>
  'until' in spec ? { ...spec, until } : spec;
