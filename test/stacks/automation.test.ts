import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { secret } from '../../core/secret.ts';
import { createVCenterSandbox } from '../../provisioners/machines/sandbox.ts';
import { createAutomationEngine } from '../../stacks/automation/engine.ts';
import { stepsOf } from '../../stacks/steps.ts';
import { PLACE, UNITS } from '../provisioners/machines/rig.ts';
import { type EngineBench, engineContract, registration, runOf } from './contract.ts';

/** A folder with `bin/pulumi`, for example made by test/servers/pulumi/build. */
const root = process.env.LAYANAN_PULUMI;
const PACKAGE = fileURLToPath(new URL('../servers/pulumi/package.ts', import.meta.url));

/** Puts the stand-in on a PATH of its own, under the name that the command looks for. */
function packageFolder(folder: string): string {
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  const program = join(bin, 'pulumi-resource-vsphere');
  writeFileSync(
    program,
    `#!/bin/sh\nexec '${process.execPath}' --disable-warning=ExperimentalWarning '${PACKAGE}' "$@"\n`,
  );
  chmodSync(program, 0o755);
  return bin;
}

async function makeBench(): Promise<EngineBench> {
  const folder = mkdtempSync(join(tmpdir(), 'layanan-pulumi-'));
  const file = join(folder, 'vcenter.sqlite');
  const server = createVCenterSandbox({ file, place: PLACE, units: UNITS });
  const [home, states] = [join(folder, 'home'), join(folder, 'states')];
  mkdirSync(home);
  mkdirSync(states);
  const engine = createAutomationEngine({
    ...(root === undefined ? {} : { root }),
    home,
    backend: `file://${states}`,
    passphrase: secret('only for this test'),
    environment: {
      PATH: `${packageFolder(folder)}:${process.env.PATH ?? ''}`,
      LAYANAN_VCENTER_FILE: file,
    },
  });
  return {
    engine,
    administrator: server.administrator,
    dispose: async () => {
      server[Symbol.dispose]();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** `pulumi preview` in stacks/machines registers what its own outputs say. */
function byHandContract(): void {
  it('previews by hand what stands, and refuses to change it by hand', async () => {
    const { engine, dispose } = await makeBench();
    try {
      const run = runOf([registration('a')]);
      await engine.up(run, (_, send) => send());
      const byHand = { ...run, program: () => import('../../stacks/machines/by-hand.ts') };
      const steps = stepsOf(await engine.preview(byHand)).filter((one) => one.urn.includes('layanan:index:Machine'));
      expect(steps.length).toBeGreaterThan(0);
      expect(new Set(steps.map((one) => one.op))).toEqual(new Set(['same']));
      const { lastApplied } = await import('../../stacks/last-applied.ts');
      const changing = { ...run, program: async () => ({ applied: await lastApplied() }) };
      await expect(engine.up(changing, (_, send) => send())).rejects.toThrow(/by hand/);
    } finally {
      await dispose();
    }
  });
}

if (root !== undefined && existsSync(join(root, 'bin', 'pulumi'))) {
  engineContract('Automation API', makeBench);
  describe('Automation API', byHandContract);
} else
  describe.skip('Automation API: no `pulumi` command; build one by test/servers/pulumi/build FOLDER, then set LAYANAN_PULUMI=FOLDER', () => {});
