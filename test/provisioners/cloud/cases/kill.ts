import { randomInt } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import type { WritePort } from '../../../../core/provisioner.ts';
import type { Resource } from '../../../../core/resource.ts';
import { createCloud } from '../../../../provisioners/cloud/provisioner.ts';
import { collect, planFor } from '../../contract.ts';
import { type CloudRig, cloudUser, HOUR, type MakeTarget, mailbox, makeRig, method, REQUEST } from '../rig.ts';

type Position = 'before' | 'after';

/** A port that ends the run at one point; the error is none of the target's, so nothing catches it. */
function deadlyPort(point: number, position: Position): WritePort & { readonly passed: () => number } {
  let last = 0;
  return {
    passed: () => last,
    async write(_, send) {
      const here = ++last === point;
      if (here && position === 'before') throw new Error('Killed');
      if (!here) return send();
      await send().catch(() => undefined);
      throw new Error('Killed');
    },
  };
}

const CREATED = [cloudUser(), mailbox({ quotaGb: 20 })];
const EVERYTHING = [
  cloudUser({
    displayName: 'Andi P.',
    enabled: false,
    licence: 'ENTERPRISEPACK',
    mfaResetAt: '2026-11-02T02:00:00Z',
    unblockedAt: '2026-11-02T02:00:00Z',
  }),
  mailbox({ quotaGb: 80, aliases: ['andi@contoh.test'] }),
];

interface Scenario {
  readonly name: string;
  readonly before: readonly Resource[];
  readonly wanted: readonly Resource[];
  readonly points: number;
}
const SCENARIOS: readonly Scenario[] = [
  { name: 'a creation', before: [], wanted: CREATED, points: 2 },
  { name: 'every change at once', before: CREATED, wanted: EVERYTHING, points: 9 },
  { name: 'a deletion', before: CREATED, wanted: [], points: 1 },
];

/** A run that is killed at each point; one rerun by another process converges. */
export function killCases(make: MakeTarget): void {
  describe('killed runs', () => {
    let rig: CloudRig;
    afterEach(() => rig.close());
    const prepare = async ({ before }: Scenario) => {
      rig = await makeRig(make);
      if (before.length === 0) return;
      await rig.fulfil(before);
      rig.setMethods([method('microsoftAuthenticator', 'app', { isDefault: true }), method('fido2', 'key')]);
    };
    const all = new Set(['cloud-user', 'mailbox'] as const);
    const freshRun = () =>
      createCloud({ client: rig.client, now: rig.now, randomInt, pause: async (ms) => rig.advance(ms) });
    const changesOf = async ({ wanted }: Scenario) =>
      (await planFor(freshRun(), wanted, { owners: [REQUEST], deletes: wanted.length === 0 ? all : new Set() }))
        .changes;

    for (const scenario of SCENARIOS) {
      it(`${scenario.name} has as many write points as are tested`, async () => {
        await prepare(scenario);
        const port = deadlyPort(0, 'before');
        await collect(freshRun().apply(await changesOf(scenario), port));
        expect(port.passed()).toBe(scenario.points);
      });

      const points = Array.from({ length: scenario.points }, (_, i) => i + 1);
      for (const position of ['before', 'after'] as const)
        it.each(points)(`${scenario.name} converges in one rerun when killed ${position} write %i`, async (point) => {
          await prepare(scenario);
          const first = freshRun().apply(await changesOf(scenario), deadlyPort(point, position));
          await expect(collect(first)).rejects.toThrow('Killed');
          const again = await rig.apply(await changesOf(scenario));
          expect(again.filter((outcome) => outcome.result !== 'done')).toEqual([]);
          if (scenario.before.length === 0) {
            rig.advance(HOUR);
            await rig.apply(await changesOf(scenario));
          }
          expect(await changesOf(scenario)).toEqual([]);
          expect(rig.sandbox.store.users()).toHaveLength(scenario.wanted.length === 0 ? 0 : 1);
        });
    }
  });
}
