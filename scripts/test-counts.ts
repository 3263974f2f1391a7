import { writeFileSync } from 'node:fs';
import type { Reporter, TestModule } from 'vitest/node';

/** Suites and tests that were skipped; not what is inside a skipped suite. */
function skipped(within: TestModule['children']): string[] {
  return [...within].flatMap((child) => {
    const all = child.type === 'suite' ? [...child.children.allTests()] : [child];
    if (all.length > 0 && all.every((test) => test.result().state === 'skipped')) return [child.name];
    return child.type === 'suite' ? skipped(child.children).map((name) => `${child.name} > ${name}`) : [];
  });
}

/** What vitest does not count as a failed test: files that do not load, hooks that throw, errors outside any test. */
function failuresBesideTests(modules: readonly TestModule[], unhandled: number): number {
  const suites = modules.flatMap((module) => [module, ...module.children.allSuites()]);
  return unhandled + suites.filter((suite) => suite.errors().length > 0).length;
}

/** `N passed, N failed, N skipped`. A run that was stopped, or failed for a reason of its own, never reads as a success. */
function counts(modules: readonly TestModule[], unhandled: number, reason: string): string {
  const tests = modules.flatMap((module) => [...module.children.allTests()]);
  const count = (state: string) => tests.filter((test) => test.result().state === state).length;
  const failed = count('failed') + count('pending') + failuresBesideTests(modules, unhandled);
  const broken = reason !== 'passed' && failed === 0 ? 1 : 0;
  return `${count('passed')} passed, ${failed + broken} failed, ${count('skipped')} skipped`;
}

/**
 * A vitest reporter, called with `new`: names what was skipped, then writes the counts to the file in
 * `LAYANAN_TEST_COUNTS`, which scripts/test prints as the run's last line.
 */
export default function testCounts(): Reporter {
  return {
    onTestRunEnd(modules, unhandled, reason) {
      for (const module of modules) {
        for (const name of skipped(module.children)) console.log(`Skipped: ${module.relativeModuleId}: ${name}`);
      }
      const line = counts(modules, unhandled.length, reason);
      const { LAYANAN_TEST_COUNTS: file } = process.env;
      if (file === undefined) console.log(line);
      else writeFileSync(file, `${line}\n`);
    },
  };
}
