import { UserError } from '../../core/errors.ts';
import type { Text } from '../../core/finding.ts';
import { EXIT, type Exit } from '../cli/exit.ts';
import type { Io } from '../cli/io.ts';
import { meant } from '../cli/nearest.ts';
import { print } from '../cli/print.ts';
import type { Options } from '../workspace/options.ts';
import { openWorkspace } from '../workspace/workspace.ts';

/** `layanan explain <code>`: what a finding means, why the rule is there, and what to do. Without a code: all of them. */
export async function explain(code: string | undefined, options: Options, io: Io): Promise<Exit> {
  const workspace = openWorkspace(options);
  const { messages } = workspace.policies;
  if (code === undefined) {
    const rows = [...messages].sort().map(([name, { text, severity }]) => ({
      cells: [name, text],
      data: { code: name, severity, message: text },
    }));
    const columns = [
      { id: 'Kode', en: 'Code' },
      { id: 'Pesan', en: 'Message' },
    ];
    await print({ kind: 'list', command: 'explain', listing: { columns, rows } }, workspace, io);
    return EXIT.ok;
  }
  const message = messages.get(code);
  if (message === undefined) {
    const list = { id: `lihat 'layanan explain'`, en: `see 'layanan explain'` };
    const { id, en } = meant(code, messages.keys()) ?? list;
    throw new UserError({
      id: `Kode '${code}' tidak ada; ${id}`,
      en: `Cannot explain '${code}': there is no such code; ${en}`,
    });
  }
  await print(
    { kind: 'text', command: 'explain', notes: [message.text, ...paragraphs(message.explanation)] },
    workspace,
    io,
  );
  return EXIT.ok;
}

/** The paragraphs of a text, one below the other in both languages. */
function paragraphs({ id, en }: Text): readonly Text[] {
  const lines = { id: id.trim().split('\n'), en: en.trim().split('\n') };
  const count = Math.max(lines.id.length, lines.en.length);
  return Array.from({ length: count }, (_, at) => ({ id: lines.id[at] ?? '', en: lines.en[at] ?? '' }));
}
