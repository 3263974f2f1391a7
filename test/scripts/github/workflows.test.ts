import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../../builders/command-line.ts';

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly with?: Readonly<Record<string, unknown>>;
}
interface Job {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly environment?: string;
  readonly steps: readonly Step[];
}
interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions: unknown;
  readonly jobs: Readonly<Record<string, Job>>;
}

const FOLDER = join(ROOT, '.github/workflows');
const files = readdirSync(FOLDER).filter((name) => name.endsWith('.yml'));
const texts = new Map(files.map((name) => [name, readFileSync(join(FOLDER, name), 'utf8')]));
const workflows = new Map([...texts].map(([name, text]) => [name, load(text) as Workflow]));
const jobs = [...workflows].flatMap(([name, { jobs }]) => Object.entries(jobs).map(([id, job]) => ({ name, id, job })));
const steps = jobs.flatMap(({ name, job }) => job.steps.map((step) => ({ name, step })));

/** Workflows that a pull request, a comment or a queue starts. */
const BY_PULL_REQUESTS = ['pull-request.yml', 'approval.yml', 'ci.yml', 'form.yml'];

describe('workflows', () => {
  it('are there for each part of the loop', () => {
    expect(files).toEqual(
      expect.arrayContaining(['apply.yml', 'approval.yml', 'ci.yml', 'drift.yml', 'pull-request.yml', 'schedule.yml']),
    );
  });

  it.each([...workflows])('%s: no trigger runs with rights on what a pull request brings', (_, { on }) => {
    expect(Object.keys(on)).not.toEqual(expect.arrayContaining(['pull_request_target']));
    expect(Object.keys(on)).not.toEqual(expect.arrayContaining(['workflow_run']));
  });

  it.each([...workflows])('%s: rights are none, and each job names its own', (_, { permissions, jobs }) => {
    expect(permissions).toEqual({});
    for (const job of Object.values(jobs)) expect(job.permissions).toBeDefined();
  });

  it('pin every action by its full commit', () => {
    for (const { step } of steps) if (step.uses) expect(step.uses).toMatch(/^[\w./-]+@[0-9a-f]{40}$/);
  });

  it('put no expression into a shell', () => {
    for (const { step } of steps) expect(step.run ?? '').not.toContain('${{');
  });

  it('have secrets only where targets are reached, behind an environment', () => {
    for (const { name, job } of jobs) {
      const text = JSON.stringify(job);
      if (BY_PULL_REQUESTS.includes(name)) expect(text).not.toContain('secrets.');
      if (text.includes('secrets.')) expect(job.environment).toBe('targets');
    }
  });

  it('check out the main branch, never a pull request, and leave no token behind', () => {
    for (const { name, step } of steps) {
      if (!step.uses?.startsWith('actions/checkout@')) continue;
      expect(step.with?.['persist-credentials']).toBe(false);
      if (name !== 'ci.yml') expect(step.with?.ref).toBe('main');
    }
  });

  it('keep nothing in a cache, and take nothing of another job but its list of units', () => {
    for (const { step } of steps) expect(step.uses ?? '').not.toMatch(/cache|download-artifact/);
    for (const { step } of steps)
      if (step.uses?.startsWith('actions/setup-node@')) expect(step.with?.['package-manager-cache']).toBe(false);
  });

  it('have at most three waivers, each with a day that has not come', () => {
    const waived = [...texts.values()].flatMap((text) =>
      text
        .split('\n')
        .flatMap((line, at, all) =>
          line.includes('zizmor: ignore') ? [all.slice(Math.max(0, at - 3), at).join(' ')] : [],
        ),
    );
    expect(waived.length).toBeLessThanOrEqual(3);
    for (const reason of waived) {
      const [, until = ''] = /Until (\d{4}-\d\d-\d\d):/.exec(reason) ?? [];
      expect(until >= '2026-11-27').toBe(true);
    }
  });
});
