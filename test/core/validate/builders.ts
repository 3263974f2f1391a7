import type { Path, Places } from '../../../core/request.ts';
import { lookupOf } from '../../../core/validate/census.ts';
import type { ChangedFacts, Facts } from '../../../core/validate/facts.ts';

/** Facts of `<unit>/<name>`; claims are names, standing at `spec.names.0` and so on. */
export const someFacts = (id: string, names: readonly string[] = [], usage: Facts['usage'] = {}): Facts => ({
  id,
  unit: id.slice(0, id.indexOf('/')),
  file: `requests/${id}.yaml`,
  claims: names.map((name, index) => ({ name, at: `spec.names.${index}` })),
  usage,
});

/** Places that tell the path: line 7, column 10 plus the last index. */
const placesIn = (file: string): Places => {
  const of = (path: Path) => {
    const last = path.at(-1);
    return { file, line: 7, column: typeof last === 'number' ? 10 + last : 1 };
  };
  return { of, ofKey: of };
};

export const changedOf = (facts: Facts): ChangedFacts => ({ facts, places: placesIn(facts.file) });

/** The tree after a change: what was there and what is changed. */
export const treeOf = (changed: readonly Facts[], unchanged: readonly Facts[] = []) => ({
  changed: changed.map(changedOf),
  lookup: lookupOf([...unchanged, ...changed]),
});
