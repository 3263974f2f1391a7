import { readFileSync } from 'node:fs';
import { load } from 'js-yaml';
import type { Item } from '../../../core/catalogue/catalogue.ts';
import type { Finding, Message, Messages, Text } from '../../../core/finding.ts';
import type { Change, Held, Outcome, Plan } from '../../../core/resource.ts';
import type {
  ApplyReport,
  CheckReport,
  ListReport,
  PlanReport,
  Report,
  RequestRecord,
  RequestReport,
} from '../../../scripts/report/report.ts';
import type { ViewOptions } from '../../../scripts/report/view.ts';

type Entry = Text & { severity: Message['severity']; explain: Text };

/** The messages of policies/messages/plan.yaml. */
export function planMessages(): Messages {
  const entries = load(readFileSync('policies/messages/plan.yaml', 'utf8')) as Record<string, Entry>;
  return new Map(
    Object.entries(entries).map(([code, { severity, id, en, explain }]) => [
      code,
      { severity, text: { id, en }, explanation: explain },
    ]),
  );
}

const messages = planMessages();
export const options = (over: Partial<ViewOptions> = {}): ViewOptions => ({ lang: 'id', messages, ...over });

export const both = (text: string): Text => ({ id: text, en: text });

export const aFinding = (over: Partial<Finding> = {}): Finding => ({
  file: 'requests/djp/andi.yaml',
  line: 5,
  column: 3,
  code: 'spec/unknown-field',
  severity: 'error',
  message: { id: "Bidang 'mailbx' tidak dikenal", en: "Unknown field 'mailbx'" },
  suggestion: 'mailbox',
  ...over,
});

export const anUpdate = (over: Partial<Extract<Change, { action: 'update' }>> = {}): Change => ({
  kind: 'directory-account',
  key: 'andi.contoh',
  request: 'djp/andi',
  precondition: 'p1',
  action: 'update',
  before: { enabled: true, displayName: 'Andi Contoh' },
  after: { enabled: false, displayName: 'Andi Contoh' },
  ...over,
});

export const aCreate = (key = 'budi.contoh'): Change => ({
  kind: 'mailbox',
  key,
  request: 'djp/budi',
  precondition: 'p2',
  action: 'create',
  after: { quotaGb: 50, aliases: [] },
});

export const aDelete = (key = 'lama.contoh'): Change => ({
  kind: 'directory-account',
  key,
  request: 'djp/lama',
  precondition: 'p3',
  action: 'delete',
  before: { enabled: false },
});

export const aHeld = (over: Partial<Held> = {}): Held => ({
  kind: 'mailbox',
  key: 'andi.contoh',
  request: 'djp/andi',
  reason: 'foreign',
  detail: 'No marker on the object',
  ...over,
});

export const anOutcome = (over: Partial<Outcome> = {}): Outcome => ({
  change: anUpdate(),
  result: 'done',
  values: { enabled: false },
  ...over,
});

export const anItem = (over: Partial<Item> = {}): Item => ({
  catalogue: 'sc-11-2023',
  code: '8.3',
  service: 'account',
  name: { id: 'Penonaktifan akun', en: 'Disabling an account' },
  on: 'change',
  of: ['state'],
  approver: { minEchelon: 'IV' },
  norm: { kind: 'fixed', value: 1, unit: 'working_day' },
  leadTime: null,
  documents: ['deactivation-evidence'],
  rules: [],
  deletes: [],
  alone: false,
  automation: 'full',
  ...over,
});

export const aRequest = (over: Partial<RequestReport> = {}): RequestReport => ({
  id: 'djp/andi',
  file: 'requests/djp/andi.yaml',
  title: 'Akun Andi Contoh',
  service: 'account',
  state: 'ready',
  classification: {
    request: 'djp/andi',
    ordered: [{ item: anItem(), paths: ['state'] }],
    minEchelon: 'IV',
    findings: [],
  },
  due: [{ at: '2026-11-24T16:00:00+07:00', text: both('Selasa, 24 November 2026 pukul 16.00 WIB') }],
  changes: [anUpdate()],
  held: [],
  outcomes: [],
  next: both('Gabungkan permintaan ini'),
  ...over,
});

export const aCheck = (over: Partial<CheckReport> = {}): CheckReport => ({
  kind: 'check',
  command: 'validate',
  findings: [],
  checked: 1,
  requests: [],
  ...over,
});

const noPlan: Plan = { digest: 'd'.repeat(64), changes: [], held: [] };

export const aPlan = (plan: Partial<Plan> = {}, over: Partial<PlanReport> = {}): PlanReport => ({
  ...aCheck(),
  kind: 'plan',
  command: 'plan',
  plan: { ...noPlan, ...plan },
  ...over,
});

export const anApply = (outcomes: readonly Outcome[], over: Partial<ApplyReport> = {}): ApplyReport => ({
  ...aCheck(),
  kind: 'apply',
  command: 'apply',
  plan: noPlan,
  outcomes,
  ...over,
});

export const aList = (rows: ListReport['listing']['rows'], columns: readonly Text[] = []): ListReport => ({
  kind: 'list',
  command: 'catalogue',
  listing: { columns, rows },
});

/** What targets and journal have of one request, with one text everywhere. */
export const aRecord = (text: string): RequestRecord => ({
  objects: [
    { kind: 'directory-account', key: text, fields: { cn: text, [text]: [text] }, phase: { waitsFor: text } },
    { kind: 'directory-account', key: text, fields: {}, phase: 'ready' },
  ],
  events: [{ at: '2026-11-20T02:30:00Z', local: '2026-11-20T09:30:00+07:00', text: both(text) }],
});

/** Reports with the same text in every place that a user or a target can write to. */
export function reportsWith(text: string): { readonly applied: ApplyReport; readonly all: readonly Report[] } {
  const change = {
    ...anUpdate(),
    key: text,
    request: text,
    before: { [text]: text, cn: `lama ${text}` },
    after: { [text]: [text], cn: text },
  } as Change;
  const error = { system: text, operation: text, code: text, message: text };
  const outcomes: Outcome[] = [
    anOutcome({ change, values: { [text]: text }, result: 'failed', error, handover: text }),
    anOutcome({ change, phase: { waitsFor: text, until: text } }),
  ];
  const held = [aHeld({ key: text, request: text, detail: text })];
  const request = aRequest({
    id: text,
    file: text,
    title: text,
    service: text,
    approval: { granted: [{ by: text, post: text, echelon: 'IV' }], missing: { minEchelon: 'III', who: [text] } },
    changes: [change],
    held,
    outcomes,
    next: both(text),
  });
  const applied = anApply(outcomes, {
    findings: [
      aFinding({ file: text, code: text, message: both(text), suggestion: text }),
      aFinding({ file: text, severity: 'warning', message: both(`Nilai '${text}' salah`) }),
    ],
    requests: [request, { ...request, changes: [change], outcomes: [] }],
    plan: { ...noPlan, changes: [change], held },
  });
  const listed = aList([{ cells: [text, both(text)], data: { name: text } }], [both('Kunci'), both('Nama')]);
  const { findings, checked, requests } = applied;
  return {
    applied,
    all: [
      applied,
      { kind: 'status', command: 'status', findings, checked, requests },
      { kind: 'show', command: 'show', findings, checked, requests, record: aRecord(text) },
      { ...listed, notes: [both(text)] },
      { kind: 'text', command: 'explain', notes: [both(text)] },
    ],
  };
}
