import { endOf } from '../../../core/term/end.ts';
import { examine } from '../../../core/validate/examine.ts';
import { PLAIN_FILE, writeBlob } from '../../git/tree.ts';
import { code, inline } from '../../report/escape.ts';
import { readRequest, requestFile } from '../../requests/folder.ts';
import { type DueNotice, dueNotices } from '../../term/due-notices.ts';
import { noticeText } from '../../term/notice-text.ts';
import { renewalOf } from '../../term/renewal.ts';
import type { Pull } from '../api/pulls.ts';
import { type Loop, requestsPrefix } from '../loop.ts';
import { baseCommit } from '../pull/refresh.ts';
import { propose } from './propose.ts';

const TEXTS = {
  title: { id: 'Perpanjangan', en: 'Renewal' },
  until: {
    id: 'Gabungkan untuk memperpanjang sampai {until}. Tutup bila layanan ini boleh berakhir.',
    en: 'Merge to renew until {until}. Close it where the service may end.',
  },
  to: { id: 'Untuk', en: 'For' },
};

/** For each term that ends soon: a pull request that renews it, ready to be approved and merged, and says when it ends. */
export async function openRenewals(loop: Loop, unit: string): Promise<readonly Pull[]> {
  const { workspace } = loop;
  const { policies, store, today } = workspace;
  const due = dueNotices(store.history([unit]), policies, today);
  const pulls: Pull[] = [];
  for (const one of due) {
    const pull = await openRenewal(loop, one);
    if (pull !== undefined) pulls.push(pull);
  }
  return pulls;
}

async function openRenewal(loop: Loop, due: DueNotice): Promise<Pull | undefined> {
  const { workspace, run } = loop;
  const { policies, options, today } = workspace;
  const { id, title, requester, contacts = [] } = due.fulfilled.version;
  const file = readRequest(requestFile(options.requests, `${id}.yaml`));
  const { request } = examine(file, policies).placed ?? {};
  const term = request && policies.catalogues.get(request.catalogue)?.offers.get(request.service)?.term;
  // A file that asks for another end already goes its own way.
  if (request === undefined || endOf(term, request) !== due.end) return undefined;
  const { text, until } = await renewalOf(file, { policies, today, fulfilled: due.fulfilled });
  const { lang } = options;
  const people = [requester, ...contacts].flatMap((one) => policies.organisation.people.get(one)?.github ?? []);
  const mentions = people.map((login) => `@${login}`).join(' ');
  const body = [
    inline(noticeText(due, workspace)[lang], 600),
    TEXTS.until[lang].replace('{until}', until),
    ...(mentions === '' ? [] : [`${TEXTS.to[lang]}: ${mentions}`]),
    code(id),
  ].join('\n\n');
  const path = `${await requestsPrefix(loop)}${id}.yaml`;
  const entries = [{ path, mode: PLAIN_FILE, blob: await writeBlob(run, text) }];
  const branch = `renew-${id.replace('/', '-')}`;
  const base = await baseCommit(loop);
  return propose(loop, { title: `${TEXTS.title[lang]}: ${title}`, body: `${body}\n`, branch, base, entries });
}
