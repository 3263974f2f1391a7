import type { Text } from '../../../core/finding.ts';
import type { Fulfilled } from '../../../core/journal/history.ts';
import type { Service } from '../../../core/service.ts';

/** One request file before and after a pull request, and as it is now; null where it is not there. */
export interface Change {
  readonly request: string;
  readonly before: string | null;
  readonly after: string | null;
  readonly now: string | null;
}

/** What takes a change back, as far as it can be: the file's new text (null takes it away), and what stays as it is. */
export type Reverted = { readonly text: string | null; readonly stays: readonly Text[] } | { readonly refused: Text };

const MOVED: Text = {
  id: 'berkasnya sudah berubah lagi sejak itu; ubah sendiri',
  en: 'its file has changed again since; edit it yourself',
};
const NO_END: Text = {
  id: 'layanan ini tidak dapat dihapus atau dinonaktifkan lewat permintaan',
  en: 'this service offers neither deletion nor deactivation',
};
const ACTS: Text = {
  id: 'tindakan sekali jalan (atur ulang sandi, buka blokir) tidak dapat ditarik kembali',
  en: 'one-off acts (password reset, unblocking) cannot be taken back',
};
const CONTENT: Text = {
  id: 'isi (surel, berkas, catatan DNS lain) yang hilang atau terbit sejak itu tidak dipulihkan; alamat yang dilepas dapat berganti',
  en: 'content (mail, files, other records) that was lost or published since is not restored; a released address may be another one',
};

/** A one-off act of a spec: a timestamp. */
const ACT = /^ {2}(\w+At): .*$/gm;

/** Acts of the text as it is now stay: one that is taken back is refused. */
function withActsOf(text: string, now: string): string {
  const acts = [...now.matchAll(ACT)].map(([line, name]) => ({ line, name }));
  return acts.reduce((whole, { line, name }) => {
    const own = new RegExp(`^ {2}${name}: .*$`, 'm');
    return own.test(whole) ? whole.replace(own, line) : `${whole.trimEnd()}\n${line}\n`;
  }, text);
}

const withState = (text: string, state: string): string =>
  /^state: .*$/m.test(text)
    ? text.replace(/^state: .*$/m, `state: ${state}`)
    : text.replace(/^service: .*$/m, (line) => `${line}\nstate: ${state}`);

/**
 * Takes back what a pull request did to one request. What was never fulfilled is as if it had not been asked for. A
 * creation that was fulfilled ends by the service's own way, for a file that is lost deletes nothing; an edit is edited
 * back, acts apart.
 */
export function revert(change: Change, fulfilled: Fulfilled | undefined, service: Service | undefined): Reverted {
  const { before, after, now } = change;
  if (now !== after) return { refused: MOVED };
  if (fulfilled === undefined) return { text: before, stays: [] };
  if (before === null) return end(now ?? '', service);
  if (now === null) return { text: before, stays: [CONTENT] };
  const text = withActsOf(before, now);
  return { text, stays: [...(text === before ? [] : [ACTS]), CONTENT] };
}

function end(now: string, service: Service | undefined): Reverted {
  const state = (['deleted', 'disabled'] as const).find((one) => service?.states.includes(one));
  return state === undefined ? { refused: NO_END } : { text: withState(now, state), stays: [CONTENT] };
}
