import { describe, expect, it } from 'vitest';
import { cycles } from '../scripts/architecture/cycles.ts';
import { direction } from '../scripts/architecture/direction.ts';
import { escaping } from '../scripts/architecture/escaping.ts';
import type { Rule } from '../scripts/architecture/fault.ts';
import { names } from '../scripts/architecture/names.ts';
import { purity } from '../scripts/architecture/purity.ts';
import { sdks } from '../scripts/architecture/sdks.ts';
import { functionSizes, sizeReport } from '../scripts/architecture/sizes.ts';
import { parseSource } from '../scripts/architecture/source.ts';
import { surroundings } from '../scripts/architecture/surroundings.ts';

type Tree = Readonly<Record<string, string>>;
const parsed = (tree: Tree) => Object.entries(tree).map(([file, text]) => parseSource(file, text));
const faultsOf = (rule: Rule, tree: Tree) =>
  rule(parsed(tree)).map(({ file, line, what }) => `${file}:${line}: ${what}`);

describe('direction()', () => {
  it('refuses an import against the direction, static, lazy or of a type, with its line', () => {
    const tree = {
      'core/plan/a.ts': "import { x } from '../b.ts';\nimport type { P } from '../../policies/rails.ts';",
      'core/b.ts': "export const x = () => import('../scripts/main.ts');",
      'core/c.ts': "export type T = import('../provisioners/index.ts').T;\nexport * from '../stacks/engine.ts';",
      'policies/rails.ts': "import '../provisioners/index.ts';",
      'stacks/engine.ts': "import '../policies/rails.ts';",
      'provisioners/index.ts': "import '../policies/rails.ts';",
      'scripts/main.ts': "import '../test/builders/plan.ts';",
    };
    expect(faultsOf(direction, tree)).toEqual([
      'core/plan/a.ts:2: core imports policies/rails.ts',
      'core/b.ts:1: core imports scripts/main.ts',
      'core/c.ts:1: core imports provisioners/index.ts',
      'core/c.ts:2: core imports stacks/engine.ts',
      'policies/rails.ts:1: policies imports provisioners/index.ts',
      'stacks/engine.ts:1: stacks imports policies/rails.ts',
      'provisioners/index.ts:1: provisioners imports policies/rails.ts',
      'scripts/main.ts:1: scripts imports test/builders/plan.ts',
    ]);
  });

  it('takes imports along the direction, and any in a test', () => {
    const tree = {
      'policies/rails.ts': "import '../core/kinds.ts';",
      'stacks/vm.ts': "import '../core/kinds.ts';",
      'provisioners/index.ts': "import '../core/kinds.ts';\nimport '../stacks/vm.ts';",
      'scripts/main.ts': "import '../provisioners/index.ts';\nimport '../policies/rails.ts';",
      'test/main.test.ts': "import '../scripts/main.ts';\nimport './builders/plan.ts';",
    };
    expect(faultsOf(direction, tree)).toEqual([]);
  });
});

describe('sdks()', () => {
  it('refuses an SDK outside client.ts, its types too', () => {
    const tree = {
      'core/a.ts': "import type { Client } from 'ldapts';",
      'provisioners/cloud/user.ts': "export const c = () => import('@microsoft/microsoft-graph-client');",
      'provisioners/cloud/deep/client.ts': "export const c = () => import('@azure/identity');",
      'provisioners/vm/client.ts': "import type * as pulumi from '@pulumi/pulumi';",
      'scripts/main.ts': "import { Octokit } from 'octokit';",
      'policies/a.ts': "import k from '@kubernetes/client-node';",
    };
    expect(faultsOf(sdks, tree)).toEqual([
      "core/a.ts:1: the SDK 'ldapts' is imported",
      "provisioners/cloud/user.ts:1: the SDK '@microsoft/microsoft-graph-client' is imported",
      "provisioners/cloud/deep/client.ts:1: the SDK '@azure/identity' is imported",
      "scripts/main.ts:1: the SDK 'octokit' is imported",
      "policies/a.ts:1: the SDK '@kubernetes/client-node' is imported",
    ]);
  });

  it('refuses an SDK that client.ts loads with itself, with inline types alone as well', () => {
    const tree = {
      'provisioners/dns/client.ts':
        "import type { Packet } from 'dns-packet';\nimport { type Answer } from 'dns-packet';",
      'provisioners/directory/client.ts': "export const open = async () => new (await import('ldapts')).Client({});",
    };
    expect(faultsOf(sdks, tree)).toEqual([
      "provisioners/dns/client.ts:2: the SDK 'dns-packet' is loaded with the file",
    ]);
  });

  it('lets a stack load Pulumi, but nothing load such a stack early', () => {
    const tree = {
      'stacks/machine.ts': "import * as pulumi from '@pulumi/pulumi';",
      'stacks/unit.ts': "import './machine.ts';",
      'stacks/engine.ts': "import type { Unit } from './unit.ts';\nexport const run = () => import('./unit.ts');",
      'provisioners/vm/provisioner.ts': "import '../../stacks/engine.ts';\nimport '../../stacks/unit.ts';",
      'stacks/ldap.ts': "import 'ldapts';",
    };
    expect(faultsOf(sdks, tree)).toEqual([
      "stacks/ldap.ts:1: the SDK 'ldapts' is imported",
      'provisioners/vm/provisioner.ts:2: stacks/unit.ts loads Pulumi and is loaded with the file',
    ]);
  });
});

describe('purity()', () => {
  it('refuses network, processes and files in core', () => {
    const tree = {
      'core/a.ts':
        "import { connect, isIP } from 'node:net';\nimport { exec } from 'child_process';\nimport 'node:dns/promises';",
      'core/b.ts': "import { readFileSync } from 'node:fs';\nimport { DatabaseSync } from 'node:sqlite';",
      'policies/services/a.ts': "export const get = () => import('node:https');",
    };
    expect(faultsOf(purity, tree)).toEqual([
      "core/a.ts:1: 'node:net' is imported",
      "core/a.ts:2: 'child_process' is imported",
      "core/a.ts:3: 'node:dns/promises' is imported",
      "core/b.ts:1: 'node:fs' is imported",
      "core/b.ts:2: 'node:sqlite' is imported",
      "policies/services/a.ts:1: 'node:https' is imported",
    ]);
  });

  it('takes what only looks at a string, files where they are the point, and anything further out', () => {
    const tree = {
      'core/a.ts':
        "import { isIPv4 } from 'node:net';\nimport { createHash } from 'node:crypto';\nimport type { Stats } from 'node:fs';",
      'core/journal/journal.ts': "import { appendFileSync } from 'node:fs';",
      'provisioners/dns/client.ts': "import { connect } from 'node:net';",
    };
    expect(faultsOf(purity, tree)).toEqual([]);
  });

  it('refuses the clock and chance in core and policies', () => {
    const text = 'export const now = () => [Date.now(), new Date(), Math.random(), Temporal.Now.instant()];';
    expect(faultsOf(purity, { 'core/a.ts': text, 'scripts/a.ts': text })).toEqual([
      'core/a.ts:1: Date.now is read',
      'core/a.ts:1: new Date() is read',
      'core/a.ts:1: Math.random is read',
      'core/a.ts:1: Temporal.Now is read',
    ]);
    expect(faultsOf(purity, { 'core/a.ts': 'export const day = (text: string) => new Date(text);' })).toEqual([]);
  });
});

describe('surroundings()', () => {
  it('refuses console, environment and exit codes outside scripts', () => {
    const text = "console.log('x');\nprocess.exit(globalThis.process.env.X ? 1 : 0);";
    expect(faultsOf(surroundings, { 'core/a.ts': text })).toEqual([
      'core/a.ts:1: console.log is called',
      'core/a.ts:2: process.exit is used',
      'core/a.ts:2: process.env is used',
    ]);
    expect(faultsOf(surroundings, { 'scripts/a.ts': text, 'bench/a.bench.ts': text })).toEqual([]);
    expect(faultsOf(surroundings, { 'test/a.test.ts': text })).toEqual(['test/a.test.ts:1: console.log is called']);
  });

  it('refuses the same by import', () => {
    const tree = { 'provisioners/dns/client.ts': "import { env } from 'node:process';" };
    expect(faultsOf(surroundings, tree)).toEqual(["provisioners/dns/client.ts:1: 'node:process' is imported"]);
  });

  it('reads code, not text and comments', () => {
    expect(faultsOf(surroundings, { 'core/a.ts': "// console.log\nexport const x = 'process.env.X';" })).toEqual([]);
  });
});

describe('escaping()', () => {
  it('refuses a value that enters a distinguished name or a filter as it is', () => {
    const tree = {
      // biome-ignore-start lint/suspicious/noTemplateCurlyInString: the text of a program
      'policies/services/a.ts': 'export const dn = (cn: string) => `OU=Akun,CN=${cn},DC=contoh`;',
      'provisioners/directory/a.ts': "export const dn = (cn: string) => 'CN=' + cn + ',OU=Akun';",
      'provisioners/directory/b.ts': 'export const f = (k: string) => `(&(objectClass=user)(sAMAccountName=${k}))`;',
      // biome-ignore-end lint/suspicious/noTemplateCurlyInString: the text of a program
    };
    expect(faultsOf(escaping, tree)).toEqual([
      "policies/services/a.ts:1: 'cn' enters a distinguished name as it is",
      "provisioners/directory/a.ts:1: 'cn' enters a distinguished name as it is",
      "provisioners/directory/b.ts:1: 'k' enters an LDAP filter as it is",
    ]);
  });

  it('takes an escaped value, a base appended, and messages', () => {
    const tree = {
      // biome-ignore-start lint/suspicious/noTemplateCurlyInString: the text of a program
      'provisioners/directory/a.ts':
        'export const dn = (cn: string, base: string) => `CN=${escapeValue(cn)},${base}`;\nexport const f = (k: string) => escapeFilter`(cn=${k})`;',
      'core/a.ts': 'export const say = (want: string) => `refused (wanted=${want})`;',
      // biome-ignore-end lint/suspicious/noTemplateCurlyInString: the text of a program
    };
    expect(faultsOf(escaping, tree)).toEqual([]);
  });
});

describe('cycles()', () => {
  it('refuses a circle, types included, once and by its shortest way', () => {
    const tree = {
      'core/a.ts': "import './b.ts';",
      'core/b.ts': "import './x.ts';\nimport type { C } from './c.ts';",
      'core/c.ts': "import './a.ts';",
      'core/x.ts': '',
    };
    expect(faultsOf(cycles, tree)).toEqual(['core/a.ts:1: cycle core/a.ts -> core/b.ts -> core/c.ts -> core/a.ts']);
  });

  it('takes a diamond and a lazy way back', () => {
    const tree = {
      'core/a.ts': "import './b.ts';\nimport './c.ts';",
      'core/b.ts': "import './d.ts';",
      'core/c.ts': "import './d.ts';",
      'core/d.ts': "export const back = () => import('./a.ts');",
    };
    expect(faultsOf(cycles, tree)).toEqual([]);
  });
});

describe('names()', () => {
  it('refuses names that say nothing, of files and folders', () => {
    const tree = {
      'core/utils.ts': '',
      'core/helpers/date.ts': '',
      'core/plan-manager.ts': '',
      'core/commonly.ts': '',
    };
    expect(faultsOf(names, tree)).toEqual([
      "core/utils.ts:1: the name says 'utils'",
      "core/helpers/date.ts:1: the name says 'helpers'",
      "core/plan-manager.ts:1: the name says 'manager'",
    ]);
  });
});

describe('sizeReport()', () => {
  it('measures named functions without their documentation, and callbacks with the function around them', () => {
    const text = [
      '/** Long',
      ' * words. */',
      'function f() {',
      '  return [1].map((x) => {',
      '    return x;',
      '  });',
      '}',
      'const g = () => 1;',
      'export const o = { m() { return f() + g(); } };',
    ].join('\n');
    expect(functionSizes(parseSource('core/a.ts', text))).toEqual([
      { name: 'core/a.ts:3 f()', lines: 5 },
      { name: 'core/a.ts:8 g()', lines: 1 },
      { name: 'core/a.ts:9 m()', lines: 1 },
    ]);
  });

  it('lists what is above the limits, largest first, and keeps tests apart', () => {
    const lines = (count: number) => 'x;\n'.repeat(count);
    const report = sizeReport(
      parsed({
        'core/short.ts': lines(10),
        'core/limit.ts': lines(250),
        'core/long.ts': lines(251),
        'core/longest.ts': `function f() {\n${lines(300)}}\n`,
        'test/long.test.ts': lines(900),
      }),
    );
    expect(report.slice(1)).toEqual([
      'files             4    251    302    302  60 / 150 / 250',
      'functions         1    302    302    302  10 / - / 50',
      'test files        1    900    900    900  -',
      '  core/longest.ts: 302 lines, above 250',
      '  core/long.ts: 251 lines, above 250',
      '  core/longest.ts:1 f(): 302 lines, above 50',
    ]);
  });
});
