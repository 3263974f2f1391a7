import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../../core/errors.ts';
import { verifyChain } from '../../core/journal/verify.ts';
import { EXIT, type Exit } from '../cli/exit.ts';
import type { Io } from '../cli/io.ts';
import { print } from '../cli/print.ts';
import type { Options } from '../workspace/options.ts';
import { openWorkspace } from '../workspace/workspace.ts';

export interface VerifyOptions extends Options {
  /** `<unit>:<sequence>:<hash>`, printed by an earlier run and kept elsewhere. */
  readonly anchor?: readonly string[];
}

function anchorsOf(texts: readonly string[]): ReadonlyMap<string, { sequence: number; hash: string }> {
  return new Map(
    texts.map((text) => {
      const [unit = '', sequence = '', hash = ''] = text.split(':');
      if (!/^\d+$/.test(sequence) || !/^[0-9a-f]{64}$/.test(hash))
        throw new UserError(`Cannot use --anchor '${text}': it takes <unit>:<sequence>:<64 hexadecimal digits>`);
      return [unit, { sequence: Number(sequence), hash }];
    }),
  );
}

/** `layanan verify`: whether every unit's journal is the unbroken chain that it was; prints the anchor of each. */
export async function verify(options: VerifyOptions, io: Io): Promise<Exit> {
  const workspace = openWorkspace(options);
  const { store } = workspace;
  const anchors = anchorsOf(options.anchor ?? []);
  const units = [...new Set([...store.units(), ...anchors.keys()])].sort();
  const rows = units.map((unit) => {
    const file = join(store.folder, 'journal', `${unit}.jsonl`);
    const chain = verifyChain(existsSync(file) ? readFileSync(file, 'utf8') : '', unit, anchors.get(unit));
    const last = chain.entries.at(-1);
    const anchor = `${unit}:${last?.sequence ?? 0}:${last?.hash ?? ''}`;
    const broken = 'broken' in chain ? chain.broken : undefined;
    const id = broken ? `PUTUS di baris ${broken.line}: ${broken.code}` : 'utuh';
    const en = broken ? `BROKEN at line ${broken.line}: ${broken.code}` : 'whole';
    return {
      cells: [unit, String(chain.entries.length), { id, en }, broken ? '' : anchor],
      data: { unit, entries: chain.entries.length, anchor, ...(broken ? { broken } : {}) },
    };
  });
  const columns = [
    { id: 'Unit', en: 'Unit' },
    { id: 'Catatan', en: 'Entries' },
    { id: 'Rantai', en: 'Chain' },
    { id: 'Jangkar', en: 'Anchor' },
  ];
  await print({ kind: 'list', command: 'verify', listing: { columns, rows } }, workspace, io);
  return rows.some((row) => 'broken' in row.data) ? EXIT.findings : EXIT.ok;
}
