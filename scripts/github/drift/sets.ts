import { digest } from '../../../core/canonical.ts';
import type { Judged } from '../../../core/drift/accepted.ts';
import type { Difference } from '../../../core/drift/differences.ts';
import { both, type Finding, type Text } from '../../../core/finding.ts';
import type { FieldValue } from '../../../core/kinds.ts';
import { idOf, type Unread } from '../../../core/resource.ts';
import { cell, code } from '../../report/escape.ts';
import { resourceText } from '../../report/words.ts';

/** What one issue is about: one sort of trouble of one unit. */
export interface FindingSet {
  readonly unit: string;
  readonly sort: 'drift' | 'unread' | 'forgotten';
  readonly title: Text;
  /** Header and rows of the table, as Markdown cells. */
  readonly columns: readonly Text[];
  readonly rows: readonly (readonly [Text, ...Text[]])[];
  readonly next: Text;
  /** SHA-256 over what is found: the issue is edited when it changes. */
  readonly hash: string;
}

const valueText = (value: FieldValue): string => (Array.isArray(value) ? value.join(', ') : String(value));

const WHAT: Readonly<Record<Difference['what'], Text>> = {
  changed: { id: 'berubah', en: 'changed' },
  gone: { id: 'hilang', en: 'gone' },
  orphan: { id: 'tidak diminta', en: 'not asked for' },
  foreign: { id: 'milik pihak lain', en: "somebody else's" },
};

function differenceRow(difference: Difference): readonly [Text, ...Text[]] {
  const name = resourceText(difference);
  const fields = difference.what === 'changed' ? difference.fields : [];
  const values = (of: 'wanted' | 'found') =>
    both(fields.map((field) => `${code(field.name)}: ${cell(valueText(field[of]), 200)}`).join('<br>') || '—');
  return [
    { id: `${cell(name.id)}<br>${code(idOf(difference))}`, en: `${cell(name.en)}<br>${code(idOf(difference))}` },
    both(code(difference.request)),
    WHAT[difference.what],
    values('wanted'),
    values('found'),
  ];
}

/** What differs in a unit and nobody has decided to leave; undefined where nothing does. */
export function driftSet(unit: string, { open }: Judged): FindingSet | undefined {
  if (open.length === 0) return undefined;
  return {
    unit,
    sort: 'drift',
    title: {
      id: `Perbedaan di unit ${unit}: ${open.length} objek`,
      en: `Drift in unit ${unit}: ${open.length} objects`,
    },
    columns: [
      { id: 'Objek', en: 'Object' },
      { id: 'Permintaan', en: 'Request' },
      { id: 'Keadaan', en: 'State' },
      { id: 'Diminta', en: 'Wanted' },
      { id: 'Ditemukan', en: 'Found' },
    ],
    rows: open.map(differenceRow),
    next: {
      id: 'Ubah permintaannya, betulkan di sistem tujuan, atau catat keputusan untuk membiarkannya di `policies/drift.yaml` sampai suatu tanggal.',
      en: 'Edit the request, set the target right, or record a decision to leave it, until a day, in `policies/drift.yaml`.',
    },
    hash: digest(open),
  };
}

/** What could not be read of a unit; undefined where all was. */
export function unreadSet(unit: string, unread: readonly Unread[]): FindingSet | undefined {
  if (unread.length === 0) return undefined;
  const rows = unread.map(({ kind, key, reason }): readonly [Text, Text] => [
    both(code(key === undefined ? kind : `${kind}:${key}`)),
    both(cell(reason, 300)),
  ]);
  return {
    unit,
    sort: 'unread',
    title: { id: `Tidak terbaca di unit ${unit}: ${unread.length}`, en: `Unread in unit ${unit}: ${unread.length}` },
    columns: [
      { id: 'Objek', en: 'Object' },
      { id: 'Alasan', en: 'Reason' },
    ],
    rows,
    next: {
      id: 'Selama tidak terbaca, permintaan unit ini tidak dijalankan. Periksa sistem tujuan dan kredensialnya.',
      en: "While it is unread, nothing of this unit's requests is carried out. Look at the target and its credentials.",
    },
    // The reason may hold a time or an address that differs each time.
    hash: digest(unread.map(({ kind, key }) => [kind, key ?? null])),
  };
}

/** A merged request that is not carried out. */
export interface Forgotten {
  readonly request: string;
  /** Address of its pull request; null where there is none. */
  readonly pull: { readonly number: number; readonly url: string } | null;
  readonly findings: readonly Finding[];
}

/** Requests of a unit that were merged and are not carried out; undefined where there are none. */
export function forgottenSet(unit: string, forgotten: readonly Forgotten[]): FindingSet | undefined {
  if (forgotten.length === 0) return undefined;
  const rows = forgotten.map(({ request, pull, findings }): readonly [Text, Text, Text] => [
    both(code(request)),
    pull === null ? { id: 'tanpa pull request', en: 'no pull request' } : both(`#${pull.number}`),
    {
      id: findings.map((one) => cell(one.message.id, 300)).join('<br>') || 'belum dijalankan',
      en: findings.map((one) => cell(one.message.en, 300)).join('<br>') || 'not carried out yet',
    },
  ]);
  return {
    unit,
    sort: 'forgotten',
    title: {
      id: `Sudah digabung, belum dijalankan, di unit ${unit}: ${forgotten.length}`,
      en: `Merged and not carried out, in unit ${unit}: ${forgotten.length}`,
    },
    columns: [
      { id: 'Permintaan', en: 'Request' },
      { id: 'Pull request', en: 'Pull request' },
      { id: 'Sebab', en: 'Why' },
    ],
    rows,
    next: {
      id: 'Lihat komentar hasil di pull request-nya. Yang masuk tanpa pull request diajukan lagi lewat pull request.',
      en: 'Look at the outcome comment of its pull request. What came without one is asked for again in a pull request.',
    },
    hash: digest(
      forgotten.map(({ request, pull, findings }) => [request, pull?.number ?? null, findings.map((one) => one.code)]),
    ),
  };
}
