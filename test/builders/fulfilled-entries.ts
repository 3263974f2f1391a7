import { readFileSync } from 'node:fs';
import type { Reached } from '../../core/term/term.ts';
import { examine } from '../../core/validate/examine.ts';
import { openStore } from '../../scripts/store/store.ts';
import { policies } from '../policies/builders.ts';
import type { CommandLine } from './command-line.ts';

/** Enters a request as fulfilled as its file says it, without any target. */
export function enterFulfilled(line: CommandLine, id: string, term?: Reached): void {
  const path = line.file(id);
  const { placed } = examine({ path, bytes: readFileSync(path) }, policies);
  if (placed === undefined) throw new Error(`Cannot enter '${id}': its file is not valid`);
  const [unit = ''] = id.split('/');
  openStore(line.options.store, () => '2026-11-01T03:00:00.000Z')
    .journal(unit)
    .append({
      type: 'fulfilled',
      request: id,
      desired: '0'.repeat(64),
      items: [],
      objects: {},
      version: placed.request,
      ...(term ? { term } : {}),
    });
}
