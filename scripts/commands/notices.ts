import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { endOf } from '../../core/term/end.ts';
import { examine } from '../../core/validate/examine.ts';
import { EXIT, type Exit } from '../cli/exit.ts';
import type { Io } from '../cli/io.ts';
import { print } from '../cli/print.ts';
import { readRequest, requestFile } from '../requests/folder.ts';
import { type DueNotice, dueNotices } from '../term/due-notices.ts';
import { noticeText } from '../term/notice-text.ts';
import { renewalOf } from '../term/renewal.ts';
import type { Options } from '../workspace/options.ts';
import { checkedDay } from '../workspace/options.ts';
import { openWorkspace, type Workspace } from '../workspace/workspace.ts';

export interface NoticesOptions extends Options {
  /** The last day on which notices were sent; by default yesterday. */
  readonly since?: string;
  /** Folder in which renewals are written, each at the path of its request. */
  readonly renewals?: string;
}

/** `layanan notices`: terms that end soon and deletions that come, with a renewal for each, ready to be merged. */
export async function notices(options: NoticesOptions, io: Io): Promise<Exit> {
  if (options.since !== undefined) checkedDay('since', options.since);
  const workspace = openWorkspace(options);
  const { policies, store, today } = workspace;
  const due = dueNotices(store.history(store.units()), policies, today, options.since);
  const rows = [];
  for (const one of due) rows.push(await rowOf(one, options, workspace));
  const columns = [
    { id: 'Permintaan', en: 'Request' },
    { id: 'Pemberitahuan', en: 'Notice' },
    { id: 'Perpanjangan', en: 'Renewal' },
  ];
  await print({ kind: 'list', command: 'notices', listing: { columns, rows } }, workspace, io);
  return EXIT.ok;
}

async function rowOf(due: DueNotice, options: NoticesOptions, workspace: Workspace) {
  const { version } = due.fulfilled;
  const { id, title, requester, contacts = [] } = version;
  const message = noticeText(due, workspace);
  const renewal = await renewalFor(due, options, workspace);
  return {
    cells: [id, message, renewal.told],
    data: { request: id, title, requester, contacts, end: due.end, ...due.notice, message, ...renewal.data },
  };
}

const PENDING = { id: 'sudah diajukan', en: 'asked for already' };
const NONE = { id: 'tidak ditulis', en: 'not written' };

/** Writes the renewal where a folder was named; a file that asks for another end already is left to its own way. */
async function renewalFor({ fulfilled, end }: DueNotice, { renewals }: NoticesOptions, workspace: Workspace) {
  const { policies, options, today } = workspace;
  const path = `${fulfilled.version.id}.yaml`;
  const there = requestFile(options.requests, path);
  if (!existsSync(there)) return { told: NONE, data: { renewal: null } };
  const file = readRequest(there);
  const { request } = examine(file, policies).placed ?? {};
  const offer = request && policies.catalogues.get(request.catalogue)?.offers.get(request.service);
  if (request && endOf(offer?.term, request) !== end) return { told: PENDING, data: { renewal: 'pending' } };
  if (renewals === undefined) return { told: `layanan renew ${fulfilled.version.id}`, data: { renewal: null } };
  const { text, until } = await renewalOf(file, { policies, today, fulfilled });
  const to = join(renewals, path);
  mkdirSync(dirname(to), { recursive: true });
  writeFileSync(to, text);
  return { told: `${to} (${until})`, data: { renewal: to, until } };
}
