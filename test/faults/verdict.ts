import { type Carried, type Circumstances, carryOut } from './carry-out.ts';
import { type Census, censusOf } from './census.ts';
import type { Scene } from './scenes.ts';
import type { World } from './world.ts';

const MINUTE = 60_000;

const lacking = (part: string, wanted: readonly string[], got: readonly string[]): string[] => {
  const left = [...got];
  const missing = wanted.filter((line) => {
    const at = left.indexOf(line);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
  return [...missing.map((line) => `${part} lacks ${line}`), ...left.map((line) => `${part} has ${line}`)];
};

/** Where a census differs from another, line by line; a line that is there twice counts twice. */
export const differences = (wanted: Census, got: Census): readonly string[] =>
  (['read', 'servers', 'fulfilled', 'passwords'] as const).flatMap((part) => lacking(part, wanted[part], got[part]));

/** What a run did not get done. */
export const troubles = ({ outcomes, findings, unconfirmed }: Carried): readonly string[] => [
  ...outcomes
    .filter((outcome) => outcome.result !== 'done')
    .map(({ change, result, error }) => `${change.action} ${change.kind}:${change.key} ${result}: ${error?.message}`),
  ...findings.map((finding) => `finding ${finding.code} in ${finding.file}`),
  ...(unconfirmed ?? []).map((change) => `unconfirmed ${change.action} ${change.kind}:${change.key}`),
];

/**
 * One rerun of a disturbed world, a minute later: it gets everything done, one more run writes nothing, and the world is as if nothing
 * had happened. Returns what is not so.
 */
export async function faultsAfterRerun(
  world: World,
  scene: Scene,
  circumstances: Circumstances = {},
): Promise<readonly string[]> {
  const later = { ...world, at: new Date(Date.parse(world.at) + MINUTE).toISOString() };
  const rerun = await carryOut(later, circumstances);
  const third = await carryOut(later);
  return [
    ...troubles(rerun),
    ...troubles(third),
    ...(third.points === 0 ? [] : [`the third run wrote ${third.points} times`]),
    ...differences(scene.census, await censusOf(later)),
  ];
}
