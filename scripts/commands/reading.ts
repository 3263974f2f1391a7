import { readNames } from '../../core/reading/publish.ts';
import { EXIT, type Exit } from '../cli/exit.ts';
import type { Io } from '../cli/io.ts';
import { print } from '../cli/print.ts';
import { NAMES_FILE, unitFile, writeReading } from '../reading/folder.ts';
import { readUnit } from '../reading/publish.ts';
import { openScope } from '../run/scope.ts';
import { targetsOf } from '../run/targets.ts';
import type { Options } from '../workspace/options.ts';
import { openWorkspace } from '../workspace/workspace.ts';

export interface ReadingOptions extends Options {
  readonly to: string;
}

/** `layanan reading --to <folder>`: writes what the targets hold of our requests, for plans without credentials. */
export async function reading(units: readonly string[], options: ReadingOptions, io: Io): Promise<Exit> {
  const workspace = openWorkspace(options);
  const scope = openScope(workspace, { names: [], ordering: false });
  const targets = await targetsOf(workspace, scope.all);
  try {
    const { policies, now } = workspace;
    const asked = units.length > 0 ? units : [...policies.organisation.units.keys()];
    const rows = [];
    for (const unit of asked) {
      const { published: one } = await readUnit(unit, scope, targets, workspace);
      writeReading(options.to, unitFile(unit), one);
      const { objects, unread, takenAt } = one;
      rows.push({
        cells: [unit, String(objects.length), String(unread.length)],
        data: { unit, takenAt, objects: objects.length, unread },
      });
    }
    const at = { environment: policies.environment.name, takenAt: now().toISOString() };
    writeReading(options.to, NAMES_FILE, await readNames(targets.provisioners, at));
    const columns = [
      { id: 'Unit', en: 'Unit' },
      { id: 'Objek', en: 'Objects' },
      { id: 'Tidak terbaca', en: 'Unread' },
    ];
    await print(
      { kind: 'list', command: 'reading', findings: scope.findings, listing: { columns, rows } },
      workspace,
      io,
    );
    return rows.some((row) => row.data.unread.length > 0) ? EXIT.target : EXIT.ok;
  } finally {
    await targets.close();
  }
}
