import { type Finding, finding } from '../../../core/finding.ts';
import { PLAIN_FILE, writeBlob } from '../../git/tree.ts';
import { code, inline } from '../../report/escape.ts';
import { commentsOf, createComment, type IssueOf, readIssue, updateComment } from '../api/issues.ts';
import type { Pull } from '../api/pulls.ts';
import { requestFromIssue } from '../forms/request.ts';
import { type Loop, requestsPrefix } from '../loop.ts';
import { baseCommit } from '../pull/refresh.ts';
import { propose } from './propose.ts';

/** What became of an answered form. */
export type FromIssue = { readonly pull: Pull } | { readonly findings: readonly Finding[] };

const TEXTS = {
  made: { id: 'Permintaan ini diteruskan di pull request', en: 'This request goes on in pull request' },
  wrong: {
    id: 'Formulir ini belum dapat menjadi permintaan. Perbaiki jawabannya dengan menyunting isu ini:',
    en: 'This form cannot become a request yet. Mend its answers by editing this issue:',
  },
  from: { id: 'Dari formulir', en: 'From the form' },
};

/** Makes the pull request that an answered form asks for, once, and says on the issue what became of it. */
export async function pullFromIssue(loop: Loop, number: number): Promise<FromIssue> {
  const { workspace, repository, run } = loop;
  const { lang } = workspace.options;
  const issue = await readIssue(repository, number);
  const made = requestFromIssue(issue.body, issue.author, workspace.policies);
  if (made.file === undefined) return refused(loop, number, made.findings);
  const path = `${await requestsPrefix(loop)}${made.file.id}.yaml`;
  const base = await baseCommit(loop);
  if ((await run(['ls-tree', '-z', base, '--', path])).length > 0) {
    const place = { file: path, line: 1, column: 1 };
    return refused(loop, number, [finding(workspace.policies.messages, 'form/exists', place, { path })]);
  }
  const entries = [{ path, mode: PLAIN_FILE, blob: await writeBlob(run, made.file.text) }];
  const body = `${TEXTS.from[lang]} #${number}.\n\nCloses #${number}\n`;
  const pull = await propose(loop, {
    title: issue.title,
    body,
    branch: `form-${number}`,
    base,
    entries,
    author: authorOf(issue),
  });
  await say(loop, number, `${TEXTS.made[lang]} #${pull.number}.`);
  return { pull };
}

/** Whoever answered has a part in the commit, and so may not approve it. */
const authorOf = ({ author, authorId }: IssueOf) => ({
  name: author,
  email: `${authorId}+${author}@users.noreply.github.com`,
});

async function refused(loop: Loop, number: number, findings: readonly Finding[]): Promise<FromIssue> {
  const { lang } = loop.workspace.options;
  const lines = findings.map((one) => `- ${inline(one.message[lang], 600)} (${code(one.code)})`);
  await say(loop, number, `${TEXTS.wrong[lang]}\n\n${lines.join('\n')}`);
  return { findings };
}

/** One comment of ours on the issue, edited in place. */
async function say({ repository, login }: Loop, number: number, text: string): Promise<void> {
  const marker = `<!-- layanan form ${repository.name} -->`;
  const body = `${marker}\n${text}\n`;
  const isOurs = (one: { body: string; author: { login: string } }) =>
    one.author.login === login && one.body.startsWith(marker);
  const mine = (await commentsOf(repository, number)).find(isOurs);
  if (mine === undefined) await createComment(repository, number, body, isOurs);
  else if (mine.body !== body) await updateComment(repository, mine.id, body);
}
