import type { Rule } from './fault.ts';
import type { Source } from './source.ts';

/** The way from `from` back to itself, or undefined; the shortest, so that the message is short. */
function wayBack(from: string, next: ReadonlyMap<string, readonly string[]>): readonly string[] | undefined {
  const ways: (readonly string[])[] = (next.get(from) ?? []).map((file) => [from, file]);
  const seen = new Set<string>();
  for (let way = ways.shift(); way !== undefined; way = ways.shift()) {
    const last = way.at(-1) ?? '';
    if (last === from) return way;
    if (seen.has(last)) continue;
    seen.add(last);
    for (const file of next.get(last) ?? []) ways.push([...way, file]);
  }
  return undefined;
}

const importsOf = ({ imports }: Source) =>
  imports.flatMap(({ file, loads }) => (file === undefined || loads === 'lazy' ? [] : [file]));

/** Files do not import one another in a circle, types included: one of them holds two ideas. */
export const cycles: Rule = (sources) => {
  const next = new Map(sources.map((source) => [source.file, importsOf(source)]));
  const told = new Set<string>();
  return sources.flatMap(({ file, imports }) => {
    const way = told.has(file) ? undefined : wayBack(file, next);
    if (way === undefined) return [];
    for (const member of way) told.add(member);
    const line = imports.find((entry) => entry.file === way[1])?.line ?? 1;
    return [
      { file, line, what: `cycle ${way.join(' -> ')}`, right: 'move what both need to a file that imports neither' },
    ];
  });
};
