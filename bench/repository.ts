import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Entry, link } from '../core/journal/entry.ts';
import { loadRequest } from '../core/load/request.ts';
import { loadPolicies } from '../policies/load.ts';
import { generated } from './ministry.ts';

const WHEN = '1767225600 +0700';

const git = (folder: string, args: readonly string[], input = '') =>
  execFileSync('git', args, { cwd: folder, input, maxBuffer: 1 << 30, encoding: 'utf8' });

const data = (text: string) => `data ${Buffer.byteLength(text)}\n${text}\n`;
const commit = (message: string) =>
  `commit refs/heads/main\ncommitter contoh <contoh@contoh.test> ${WHEN}\n${data(message)}`;
const file = (path: string, text: string) => `M 100644 inline requests/${path}\n${data(text)}`;

/**
 * A repository of generated requests whose last commit changes one of them; only that file is checked out.
 * @returns the path of the changed file
 */
export function newRepository(folder: string, count: number): string {
  git(folder, ['init', '--quiet', '--initial-branch=main']);
  const all = [...generated(count)];
  const [first] = all;
  if (first === undefined) throw new Error('Cannot make a repository without requests');
  const changed = first.text.replace('displayName: Contoh', 'displayName: Contoh Baru');
  const files = all.map(({ path, text }) => file(path, text)).join('');
  git(
    folder,
    ['fast-import', '--quiet'],
    `${commit('requests')}${files}\n${commit('change')}${file(first.path, changed)}\n`,
  );
  const path = join('requests', first.path);
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), changed);
  return path;
}

/** Chains in which every generated request was approved and fulfilled, as the store keeps them. */
export function writeJournal(folder: string, count: number): void {
  const policies = loadPolicies(join(folder, 'policies'), 'sandbox');
  const chains = new Map<string, { lines: string[]; last: Entry | undefined }>();
  for (const { path, text } of generated(count)) {
    const { request } = loadRequest({ path, bytes: Buffer.from(text) }, policies);
    if (request === undefined) throw new Error(`Cannot use the generated request '${path}': it has findings`);
    const chain = chains.get(request.unit) ?? { lines: [], last: undefined };
    chains.set(request.unit, chain);
    const desired = '0'.repeat(64);
    const event = {
      type: 'fulfilled',
      request: request.id,
      desired,
      items: ['8.1.1'],
      objects: {},
      version: request,
    } as const;
    chain.last = link(event, request.unit, '2026-11-02T03:00:00.000Z', chain.last);
    chain.lines.push(JSON.stringify(chain.last));
  }
  const journal = join(folder, 'store/journal');
  mkdirSync(journal, { recursive: true });
  for (const [unit, { lines }] of chains) writeFileSync(join(journal, `${unit}.jsonl`), `${lines.join('\n')}\n`);
}
