/** Checks the architecture of the source tree: prints `file:line: what, what would be right`; exit code 1 with faults. */
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';
import { cycles } from './architecture/cycles.ts';
import { direction } from './architecture/direction.ts';
import { escaping } from './architecture/escaping.ts';
import type { Rule } from './architecture/fault.ts';
import { names } from './architecture/names.ts';
import { purity } from './architecture/purity.ts';
import { sdks } from './architecture/sdks.ts';
import { sizeReport } from './architecture/sizes.ts';
import { parseSource } from './architecture/source.ts';
import { surroundings } from './architecture/surroundings.ts';

const RULES: readonly Rule[] = [direction, sdks, purity, surroundings, escaping, cycles, names];
const LAYERS = '{core,policies,stacks,provisioners,scripts,test,bench}/**/*.ts';

const root = resolve(process.argv[2] ?? join(import.meta.dirname, '..'));
const sources = globSync(LAYERS, { cwd: root })
  .map((file) => file.split(sep).join('/'))
  .filter((file) => existsSync(join(root, file)))
  .sort()
  .map((file) => parseSource(file, readFileSync(join(root, file), 'utf8')));

const faults = RULES.flatMap((rule) => rule(sources));
for (const { file, line, what, right } of faults) console.log(`${file}:${line}: ${what}, ${right}`);
if (faults.length > 0) console.log('');
console.log(sizeReport(sources).join('\n'));
console.log(`\n${sources.length} files, ${faults.length} faults`);
process.exitCode = faults.length === 0 ? 0 : 1;
