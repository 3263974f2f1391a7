import { layerOf, type Rule } from './fault.ts';

/** What each layer may import: `core` <- `policies`; `core` <- `stacks` <- `provisioners`; all <- `scripts`. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  core: ['core'],
  policies: ['core', 'policies'],
  stacks: ['core', 'stacks'],
  provisioners: ['core', 'stacks', 'provisioners'],
  scripts: ['core', 'policies', 'stacks', 'provisioners', 'scripts'],
};

/** Imports run one way; tests and benchmarks may import anything. */
export const direction: Rule = (sources) =>
  sources.flatMap(({ file, imports }) => {
    const layer = layerOf(file);
    const allowed = MAY_IMPORT[layer];
    if (allowed === undefined) return [];
    return imports.flatMap((entry) => {
      if (entry.file === undefined || allowed.includes(layerOf(entry.file))) return [];
      const what = `${layer} imports ${entry.file}`;
      return [
        {
          file,
          line: entry.line,
          what,
          right: `${layer} may import ${allowed.join(', ')}; take the rest as an argument`,
        },
      ];
    });
  });
