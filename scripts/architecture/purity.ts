import ts from 'typescript';
import { type Fault, layerOf, type Rule } from './fault.ts';
import { type Import, lineOf, type Source, walk } from './source.ts';

const PURE: readonly string[] = ['core', 'policies'];

const OUTSIDE =
  /^(node:)?(net|http|https|http2|tls|dgram|dns|dns\/promises|child_process|cluster|worker_threads|inspector)$/;
const FILES = /^(node:)?(fs|fs\/promises|sqlite)$/;
/** The one folder of `core` that reads and writes a file, whose path it is handed. */
const MAY_USE_FILES = /^core\/journal\//;
/** Functions of node:net that only look at a string. */
const PURE_NET: readonly string[] = ['isIP', 'isIPv4', 'isIPv6', 'BlockList'];

/** Reads of the clock and of chance, as they are written. */
const CLOCK_AND_CHANCE = ['Date.now', 'performance.now', 'Math.random', 'Temporal.Now', 'crypto.randomUUID'];

function outsideWorld(file: string, { specifier, names, line, loads }: Import): Fault[] {
  if (loads === 'type') return [];
  if (OUTSIDE.test(specifier)) {
    if (specifier === 'node:net' && names.length > 0 && names.every((name) => PURE_NET.includes(name))) return [];
    const right = `${layerOf(file)} has no network and no processes; take what it gives as an argument`;
    return [{ file, line, what: `'${specifier}' is imported`, right }];
  }
  if (layerOf(file) !== 'core' || !FILES.test(specifier) || MAY_USE_FILES.test(file)) return [];
  const right = 'core uses no files outside core/journal; take the contents as an argument';
  return [{ file, line, what: `'${specifier}' is imported`, right }];
}

function clockAndChance({ file, tree }: Source): Fault[] {
  const faults: Fault[] = [];
  const right = 'take the time, the day or the random source as an argument';
  walk(tree, (node) => {
    const isNow = ts.isNewExpression(node) && node.expression.getText(tree) === 'Date' && !node.arguments?.length;
    const read = ts.isPropertyAccessExpression(node) ? node.getText(tree) : isNow ? 'new Date()' : '';
    if (isNow || CLOCK_AND_CHANCE.includes(read))
      faults.push({ file, line: lineOf(tree, node), what: `${read} is read`, right });
  });
  return faults;
}

/** `core` and `policies` are pure: no network, no processes, no clock, no chance, and files only where they are the point. */
export const purity: Rule = (sources) =>
  sources
    .filter(({ file }) => PURE.includes(layerOf(file)))
    .flatMap((source) => [
      ...source.imports.flatMap((entry) => outsideWorld(source.file, entry)),
      ...clockAndChance(source),
    ]);
