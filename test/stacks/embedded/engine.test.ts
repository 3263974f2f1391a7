import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CustomResource, type CustomResourceOptions, type Input, type Output, secret } from '@pulumi/pulumi';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createEmbeddedEngine } from '../../../stacks/embedded/engine.ts';
import type { Program, StackRun } from '../../../stacks/engine.ts';
import { failuresOf, stepsOf } from '../../../stacks/steps.ts';
import { type FakeProvider, fakeProvider } from './fake-provider.ts';

const TYPE = 'fake:index/thing:Thing';

class Thing extends CustomResource {
  declare readonly made: Output<string>;
  constructor(name: string, props: Readonly<Record<string, Input<unknown>>> = {}, options: CustomResourceOptions = {}) {
    super(TYPE, name, { name, made: undefined, ...props }, options);
  }
}

const NAME = { project: 'try', stack: 'unit' };
const urn = (name: string) => `urn:pulumi:unit::try::${TYPE}::${name}`;
const now = () => new Date('2026-11-20T03:00:00Z');
const runOf = (build: () => void, names: readonly string[], more: Partial<StackRun> = {}): StackRun => ({
  name: NAME,
  program: async () => {
    build();
    return {};
  },
  targets: names.map(urn),
  refresh: [],
  deletes: true,
  ...more,
});

describe('the embedded engine', () => {
  let folder: string;
  let provider: FakeProvider;
  let engine: ReturnType<typeof createEmbeddedEngine>;
  const key = randomBytes(32);
  const open = (providers = [provider]) => createEmbeddedEngine({ file: join(folder, 'stacks'), key, providers, now });
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'layanan-engine-'));
    provider = fakeProvider();
    engine = open();
  });
  afterEach(() => {
    engine[Symbol.dispose]();
    rmSync(folder, { recursive: true });
  });
  const up = (run: StackRun) => engine.up(run, (_, send) => send());

  it('gives a program the outputs of what it has made, and makes things in the order of their needs', async () => {
    const build = () => {
      const first = new Thing('first');
      new Thing('second', { label: first.made });
    };
    await up(runOf(build, ['first', 'second']));
    expect(provider.calls).toEqual(['create first', 'create second']);
    expect(provider.objects.get('second')).toMatchObject({ label: 'here' });
  });

  it('skips what needs a failed thing, and tells the failure once', async () => {
    provider.fail('first', 'refused');
    const build = () => {
      const first = new Thing('first');
      new Thing('second', { label: first.made });
      new Thing('third', {}, { dependsOn: first });
      new Thing('alone');
    };
    const events = await up(runOf(build, ['first', 'second', 'third', 'alone']));
    expect(failuresOf(events).map((one) => one.urn)).toEqual([urn('first')]);
    expect([...provider.objects.keys()]).toEqual(['alone']);
  });

  it('raises no rejection that nobody handles, whatever fails', async () => {
    const raised: unknown[] = [];
    const listener = (reason: unknown) => void raised.push(reason);
    process.on('unhandledRejection', listener);
    try {
      provider.fail('first', 'refused');
      const build = () => new Thing('second', { label: new Thing('first').made });
      await up(runOf(build, ['first', 'second']));
      await new Promise((resolve) => setImmediate(resolve));
      expect(raised).toEqual([]);
    } finally {
      process.off('unhandledRejection', listener);
    }
  });

  it('deletes what needs others before what is needed', async () => {
    await up(
      runOf(() => {
        const first = new Thing('first');
        const second = new Thing('second', {}, { dependsOn: first });
        new Thing('third', {}, { dependsOn: second });
      }, ['first', 'second', 'third']),
    );
    provider.calls.length = 0;
    await up(runOf(() => {}, ['first', 'second', 'third']));
    expect(provider.calls).toEqual(['delete third', 'delete second', 'delete first']);
  });

  it('replaces what cannot change in place, but nothing that is protected', async () => {
    const thing = (name: string, size: number, protect: boolean) => () => new Thing(name, { size }, { protect });
    await up(runOf(thing('plain', 1, false), ['plain']));
    expect(stepsOf(await engine.preview(runOf(thing('plain', 2, false), ['plain']))).map((one) => one.op)).toEqual([
      'replace',
    ]);
    await up(runOf(thing('plain', 2, false), ['plain']));
    expect(provider.calls).toEqual(['create plain', 'delete plain', 'create plain']);
    await up(runOf(thing('kept', 1, true), ['kept']));
    expect(failuresOf(await up(runOf(thing('kept', 2, true), ['kept'])))).toHaveLength(1);
    expect(provider.objects.get('kept')).toMatchObject({ size: 1 });
  });

  it('writes no secret in clear: not to the state, not into an event; the target alone gets it', async () => {
    const build = () => new Thing('safe', { password: secret('canary-7c1f'), deep: { inside: secret('canary-93ab') } });
    const events = await up(runOf(build, ['safe']));
    const again = await up(runOf(build, ['safe'], { refresh: [urn('safe')] }));
    expect(provider.objects.get('safe')).toMatchObject({ password: 'canary-7c1f', deep: { inside: 'canary-93ab' } });
    expect(JSON.stringify([events, again])).not.toMatch(/canary/);
    expect(stepsOf(again).map((one) => one.op)).toEqual(['same']);
    for (const file of readdirSync(folder)) expect(readFileSync(join(folder, file)).includes('canary')).toBe(false);
  });

  it('opens no state that was sealed with another key', async () => {
    await up(runOf(() => new Thing('safe', { password: secret('canary') }), ['safe']));
    const options = { file: join(folder, 'stacks'), key: randomBytes(32), providers: [provider], now };
    using stranger = createEmbeddedEngine(options);
    await expect(stranger.read(NAME)).rejects.toThrow();
  });

  it('keeps an operation whose reply was lost pending, and runs no more until that is settled', async () => {
    provider.fail('first', 'lost');
    const run = runOf(() => new Thing('first'), ['first']);
    await up(run);
    expect((await engine.read(NAME)).pending).toEqual([urn('first')]);
    await expect(up(run)).rejects.toMatchObject({ code: 'pending', effect: 'unsent' });
    await engine.settle(NAME);
    expect((await engine.read(NAME)).pending).toEqual([]);
  });

  it('forgets an operation that was refused', async () => {
    provider.fail('first', 'refused');
    await up(runOf(() => new Thing('first'), ['first']));
    expect((await engine.read(NAME)).pending).toEqual([]);
  });

  it('has each step on disk before the next one begins', async () => {
    const seen: number[] = [];
    using other = open();
    await engine.up(
      runOf(() => {
        new Thing('first');
        new Thing('second');
      }, ['first', 'second']),
      async (_, send) => {
        seen.push((await other.read(NAME)).pending.length);
        return send();
      },
    );
    expect(seen).toEqual([1, 1]);
  });

  it('lets one run at a time at a stack, over processes, and runs of other stacks beside it', async () => {
    using other = open();
    const elsewhere = { ...NAME, stack: 'elsewhere' };
    const codes: unknown[] = [];
    await engine.up(
      runOf(() => new Thing('first'), ['first']),
      async (_, send) => {
        const second = runOf(() => {}, []);
        codes.push(await other.up(second, (__, go) => go()).catch((error: { code: string }) => error.code));
        codes.push(await other.up({ ...second, name: elsewhere }, (__, go) => go()).then(() => 'ran'));
        return send();
      },
    );
    expect(codes).toEqual(['locked', 'ran']);
    await other.up(
      runOf(() => {}, []),
      (_, send) => send(),
    );
  });

  it('ends a run with what its journal threw, and sends nothing more', async () => {
    const full = new Error('No space left on device');
    const build = () => {
      new Thing('first');
      new Thing('second');
    };
    const refusing = () => Promise.reject(full);
    await expect(engine.up(runOf(build, ['first', 'second']), refusing)).rejects.toBe(full);
    expect(provider.calls).toEqual([]);
  });

  it('throws what the program threw', async () => {
    const fault = new Error('A bug in a program');
    const run = runOf(() => {
      throw fault;
    }, []);
    await expect(up(run)).rejects.toBe(fault);
  });

  it('keeps twenty runs at once apart', async () => {
    const stacks = Array.from({ length: 20 }, (_, at) => `unit-${at}`);
    await Promise.all(
      stacks.map((stack) => {
        const names = Array.from({ length: 10 }, (_, at) => `${stack}-${at}`);
        const targets = names.map((name) => `urn:pulumi:${stack}::try::${TYPE}::${name}`);
        const program: Program = async () => {
          for (const name of names) new Thing(name);
          return {};
        };
        return up({ ...runOf(() => {}, []), name: { project: 'try', stack }, targets, program });
      }),
    );
    expect(provider.objects.size).toBe(200);
    for (const stack of stacks) {
      const again = await engine.preview({
        ...runOf(() => {}, []),
        name: { project: 'try', stack },
        targets: [...provider.objects.keys()].map((name) => `urn:pulumi:${stack}::try::${TYPE}::${name}`),
      });
      expect(stepsOf(again).every((one) => one.op === 'delete' && one.urn.includes(`::${stack}-`))).toBe(true);
      expect(stepsOf(again)).toHaveLength(10);
    }
  });
});
