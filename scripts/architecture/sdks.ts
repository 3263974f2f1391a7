import { type Fault, layerOf, type Rule } from './fault.ts';
import type { Import, Source } from './source.ts';

const SDK = /^(ldapts|dns-packet|octokit|@(microsoft|azure|kubernetes|pulumi|octokit)\/.+)(\/|$)/;
const PULUMI = /^@pulumi\//;
const CLIENT = /^(provisioners\/[^/]+|scripts\/github)\/client\.ts$/;

const isStackProgram = (file: string, { specifier }: Import) => layerOf(file) === 'stacks' && PULUMI.test(specifier);

/** An SDK in the wrong file, or loaded before it is needed. Pulumi programs load Pulumi; they are loaded lazily themselves. */
function misplaced({ file, imports }: Source): Fault[] {
  if (layerOf(file) === 'test' || layerOf(file) === 'bench') return [];
  return imports.flatMap((entry) => {
    const { line, specifier } = entry;
    if (!SDK.test(specifier) || isStackProgram(file, entry)) return [];
    if (!CLIENT.test(file)) {
      const right = 'only the client.ts of a target imports its SDK; others call that client';
      return [{ file, line, what: `the SDK '${specifier}' is imported`, right }];
    }
    if (entry.loads !== 'eager') return [];
    const right = `write: const { ... } = await import('${specifier}') where the connection is opened`;
    return [{ file, line, what: `the SDK '${specifier}' is loaded with the file`, right }];
  });
}

/** Files of stacks/ that load Pulumi with themselves, directly or through another. */
function loadingPulumi(sources: readonly Source[]): ReadonlySet<string> {
  const found = new Set<string>();
  const stacks = sources.filter(({ file }) => layerOf(file) === 'stacks');
  const loads = ({ imports }: Source) =>
    imports.some((entry) => entry.loads === 'eager' && (PULUMI.test(entry.specifier) || found.has(entry.file ?? '')));
  for (let before = -1; before !== found.size; ) {
    before = found.size;
    for (const source of stacks) if (loads(source)) found.add(source.file);
  }
  return found;
}

/** Provisioner SDKs are optional dependencies: one file per target imports them, when it opens a connection. */
export const sdks: Rule = (sources) => {
  const heavy = loadingPulumi(sources);
  const early = sources.flatMap(({ file, imports }) => {
    if (['stacks', 'test', 'bench'].includes(layerOf(file))) return [];
    return imports.flatMap((entry) => {
      if (entry.loads !== 'eager' || !heavy.has(entry.file ?? '')) return [];
      const right = `write: await import('${entry.specifier}') where a stack is run`;
      return [{ file, line: entry.line, what: `${entry.file} loads Pulumi and is loaded with the file`, right }];
    });
  });
  return [...sources.flatMap(misplaced), ...early];
};
