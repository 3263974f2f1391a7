import ts from 'typescript';
import { type Fault, INNER, layerOf, type Rule } from './fault.ts';
import { lineOf, type Source, walk } from './source.ts';

const OF_PROCESS = /^process\.(env|exit|exitCode|argv|execArgv|stdin|stdout|stderr|cwd|chdir|on|once|kill)$/;
const MAY_PRINT: readonly string[] = ['scripts', 'bench'];

function misused({ file, tree }: Source): Fault[] {
  const faults: Fault[] = [];
  walk(tree, (node) => {
    if (!ts.isPropertyAccessExpression(node)) return;
    const text = node.getText(tree).replace(/^globalThis\./, '');
    const line = lineOf(tree, node);
    if (text.startsWith('console.') && !MAY_PRINT.includes(layerOf(file))) {
      faults.push({
        file,
        line,
        what: `${text} is called`,
        right: 'only scripts print; return a value or throw an error',
      });
    }
    if (OF_PROCESS.test(text) && INNER.includes(layerOf(file))) {
      faults.push({
        file,
        line,
        what: `${text} is used`,
        right: 'only scripts know the process; take the value as an argument',
      });
    }
  });
  return faults;
}

function importsProcess({ file, imports }: Source): Fault[] {
  if (!INNER.includes(layerOf(file))) return [];
  return imports
    .filter(({ specifier }) => /^(node:)?(process|console)$/.test(specifier))
    .map(({ line, specifier }) => ({
      file,
      line,
      what: `'${specifier}' is imported`,
      right: 'only scripts know the process and the console; take the value as an argument',
    }));
}

/** Only `scripts` has argv, environment, console and exit codes. */
export const surroundings: Rule = (sources) =>
  sources.flatMap((source) => [...misused(source), ...importsProcess(source)]);
