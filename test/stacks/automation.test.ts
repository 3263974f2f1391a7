import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe } from 'vitest';
import { secret } from '../../core/secret.ts';
import { createVCenterSandbox } from '../../provisioners/machines/sandbox.ts';
import { createAutomationEngine } from '../../stacks/automation/engine.ts';
import { PLACE, UNITS } from '../provisioners/machines/rig.ts';
import { type EngineBench, engineContract } from './contract.ts';

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

if (root !== undefined && existsSync(join(root, 'bin', 'pulumi'))) engineContract('Automation API', makeBench);
else
  describe.skip('Automation API: no `pulumi` command; build one by test/servers/pulumi/build FOLDER, then set LAYANAN_PULUMI=FOLDER', () => {});
