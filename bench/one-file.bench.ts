/** One changed file in repositories of different sizes, with a kept index, against the start of Node alone. */
import { alternate, type Contender, median } from './alternate.ts';
import { MAIN, runNode } from './child.ts';
import { newMinistry } from './ministry.ts';
import { newRepository, writeJournal } from './repository.ts';
import { printFigure, printTimes } from './table.ts';

const SIZES = [1_000, 10_000, 100_000];
const COMMON = ['--requests', 'requests', '--policies', 'policies', '--store', 'store'];

/** Both ways to name the change: by the commit, and by the file. */
function contenders(count: number): readonly Contender[] {
  const folder = newMinistry();
  const changed = newRepository(folder, count);
  writeJournal(folder, count);
  const validate = (...args: readonly string[]) => runNode([...MAIN, 'validate', ...args, ...COMMON], folder);
  const made = validate('--base', 'HEAD~1').ms;
  console.log(`${count} requests, all fulfilled once: index made in ${Math.round(made)} ms`);
  return [
    { name: `--base, ${count} requests`, run: () => validate('--base', 'HEAD~1').ms },
    { name: `FILE, ${count} requests`, run: () => validate(changed).ms },
  ];
}

const series = await alternate([
  { name: 'node -e 0', run: () => runNode(['-e', '0'], '.').ms },
  ...SIZES.flatMap(contenders),
]);
printTimes(series);
const [alone, ...all] = series.map(({ times }) => median(times));
const more = all.map((time) => time - (alone ?? 0));
printFigure('one changed file, beyond the start of Node', Math.max(...more), 200, 'ms');
printFigure(
  'largest against smallest repository',
  Math.max(...more.slice(-2)) / Math.max(...more.slice(0, 2)),
  1.2,
  'times',
);
