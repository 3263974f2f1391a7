import type { Fields } from '../../core/kinds.ts';
import { differing } from '../../core/plan/fields.ts';
import type { Change } from '../../core/resource.ts';
import {
  childId,
  childUrn,
  componentOf,
  componentUrn,
  type Registration,
  type StackName,
} from '../../stacks/component.ts';
import type { Holding } from '../../stacks/engine.ts';
import type { StackTarget, Standing } from './target.ts';

/** A change that the stack carries out, with all fields that the component shall have. */
export interface Staged {
  readonly change: Change;
  readonly wanted: Fields;
}

/** A unit's stack, what its state holds and what stands at the target. */
export interface UnitStack {
  readonly target: StackTarget;
  readonly name: StackName;
  readonly holding: Holding;
  readonly standing: ReadonlyMap<string, Standing>;
}

const pick = (fields: Fields, names: readonly string[]): Fields =>
  Object.fromEntries(names.flatMap((name) => (fields[name] === undefined ? [] : [[name, fields[name]]])));

export const childrenOf = ({ target, name }: UnitStack, key: string): readonly string[] =>
  target.children.map((child) => childUrn(name, target.kind, child, key));

/** A component and all its children. */
export const urnsOf = (unit: UnitStack, key: string): readonly string[] => [
  componentUrn(unit.name, unit.target.kind, key),
  ...childrenOf(unit, key),
];

/** Parts that stand at the target and are in no state: after a lost reply, a lost state, or an adoption. */
export function missingParts({ target, name, holding, standing }: UnitStack, key: string): ReadonlyMap<string, string> {
  const held = new Set(holding.urns);
  const missing = target.children.filter((child) => !held.has(childUrn(name, target.kind, child, key))).map(childId);
  return new Map([...(standing.get(key)?.ids ?? [])].filter(([id]) => missing.includes(id)));
}

/** Components of the state of which nothing stands at the target any more. */
export const ghostsOf = ({ holding, standing }: UnitStack): readonly string[] => [
  ...new Set(holding.urns.flatMap((urn) => componentOf(urn) ?? []).filter((key) => !standing.has(key))),
];

/** Components whose state says something else than the target: they are read again before they are compared. */
export const driftedOf = ({ target, holding, standing }: UnitStack): readonly string[] =>
  holding.components.flatMap(({ key, fields }) => {
    const observed = standing.get(key)?.observed;
    return observed && differing(target.kind, fields, observed.fields) ? [key] : [];
  });

/** Components that this run touches. */
export const touched = (unit: UnitStack, staged: readonly Staged[]): readonly Registration[] =>
  staged.map(({ change, wanted }) => ({
    key: change.key,
    owner: change.request,
    fields: pick(wanted, unit.target.stackFields),
    touched: true,
    existing: missingParts(unit, change.key),
  }));

/** All others of the unit, as they were last applied. */
export const neighbours = ({ holding }: UnitStack, except: ReadonlySet<string>): readonly Registration[] =>
  holding.components.filter(({ key }) => !except.has(key)).map((one) => ({ ...one, touched: false }));
