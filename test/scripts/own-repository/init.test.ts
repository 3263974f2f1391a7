import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ownWorkflow } from '../../../scripts/own-repository/workflow.ts';
import { ROOT } from '../../builders/command-line.ts';

const COMMIT = 'a'.repeat(40);
const PRODUCT = { repository: 'contoh/layanan', commit: COMMIT };

interface Step {
  readonly name: string;
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}
interface Workflow {
  readonly on: unknown;
  readonly permissions: unknown;
  readonly jobs: Readonly<Record<string, { readonly permissions: unknown; readonly steps: readonly Step[] }>>;
}

let parent: string;
let folder: string;
const layanan = (...args: readonly string[]) =>
  spawnSync(join(ROOT, 'scripts/layanan'), [...args], { cwd: folder, encoding: 'utf8' });
const initialised = (commit = COMMIT) => layanan('init', folder, '--product', PRODUCT.repository, '--commit', commit);
const inFolder = (path: string) => readFileSync(join(folder, path), 'utf8');

beforeAll(() => {
  parent = mkdtempSync(join(tmpdir(), 'layanan-own-'));
  folder = join(parent, 'permintaan');
  execFileSync('mkdir', [folder]);
  expect(initialised()).toMatchObject({ status: 0 });
  const git = (...args: readonly string[]) =>
    execFileSync('git', ['-C', folder, '-c', 'user.name=Contoh', '-c', 'user.email=x@contoh.test', ...args]);
  git('init', '-q', '-b', 'main');
  git('add', '.');
  git('commit', '-q', '-m', 'Mulai');
}, 60_000);
afterAll(() => rmSync(parent, { recursive: true, force: true }));

describe('a repository of your own', () => {
  it('is valid and can be planned as it was written, from its own folder', () => {
    expect(layanan('validate', '--lang', 'en')).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('no errors'),
    });
    const planned = layanan('plan', '--requests', 'requests', '--policies', 'policies', '--format', 'json');
    expect(planned.status).toBe(0);
    const { plan, requests } = JSON.parse(planned.stdout);
    expect(plan.changes).toHaveLength(1);
    expect(requests[0].next.en).toContain('Contoh Kepala Subbagian');
  });

  it('has people of its own, and the catalogues and messages of the product', () => {
    expect(existsSync(join(folder, 'policies/catalogues'))).toBe(false);
    expect(existsSync(join(folder, 'policies/messages'))).toBe(false);
    expect(layanan('catalogue', 'account', '--lang', 'en').stdout).toContain('8.1.1');
    expect(inFolder('policies/organisation/people.yaml')).not.toContain('djp-');
  });

  it('has forms and schemas that are current, with its own units', () => {
    expect(layanan('schema', '--check')).toMatchObject({ status: 0 });
    expect(inFolder('.github/ISSUE_TEMPLATE/account.yml')).toContain('- biro-contoh');
    expect(inFolder('.github/ISSUE_TEMPLATE/account.yml')).not.toContain('- djp');
  });

  it('runs the workflows of the product with the same triggers and rights, the product at the pinned commit', () => {
    const names = readdirSync(join(folder, '.github/workflows')).toSorted();
    expect(names).toEqual(
      readdirSync(join(ROOT, '.github/workflows'))
        .filter((name) => name !== 'ci.yml')
        .toSorted(),
    );
    for (const name of names) {
      const own = load(inFolder(`.github/workflows/${name}`)) as Workflow;
      const ours = load(readFileSync(join(ROOT, '.github/workflows', name), 'utf8')) as Workflow;
      expect({ ...own, jobs: Object.keys(own.jobs) }).toEqual({ ...ours, jobs: Object.keys(ours.jobs) });
      for (const [job, { permissions, steps }] of Object.entries(own.jobs)) {
        expect(permissions).toEqual(ours.jobs[job]?.permissions);
        const products = steps.filter(({ with: given }) => given?.path === '.product');
        expect(products.map((step) => step.with)).toEqual([
          { repository: 'contoh/layanan', ref: COMMIT, path: '.product', 'persist-credentials': false },
        ]);
        for (const { run } of steps) if (run !== undefined) expect(run).toMatch(/\.product/);
      }
    }
  });

  it('is brought up to another commit without a word of people being lost', () => {
    const people = `${inFolder('policies/organisation/people.yaml')}\n# tambahan\n`;
    writeFileSync(join(folder, 'policies/organisation/people.yaml'), people);
    const next = 'b'.repeat(40);
    expect(initialised(next).status).toBe(0);
    expect(inFolder('policies/organisation/people.yaml')).toBe(people);
    expect(inFolder('.github/workflows/apply.yml')).toContain(`ref: ${next}`);
    expect(inFolder('.github/workflows/apply.yml')).not.toContain(COMMIT);
  });

  it('is pinned by a whole commit, for a branch or a tag can move', () => {
    for (const commit of ['main', 'v1', COMMIT.slice(1)])
      expect(initialised(commit)).toMatchObject({ status: 2, stderr: expect.stringContaining('all 40 digits') });
  });
});

describe('ownWorkflow()', () => {
  it('refuses a workflow that checks out in another way', () => {
    const text = readFileSync(join(ROOT, '.github/workflows/ci.yml'), 'utf8');
    expect(() => ownWorkflow(text, PRODUCT)).toThrow('checkouts are as ours');
  });
});
