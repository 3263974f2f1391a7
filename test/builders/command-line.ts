import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { TargetError, UserError } from '../../core/errors.ts';
import type { Finding } from '../../core/finding.ts';
import type { Outcome, Plan } from '../../core/resource.ts';
import { EXIT, type Exit } from '../../scripts/cli/exit.ts';
import type { Io } from '../../scripts/cli/io.ts';
import type { Options } from '../../scripts/workspace/options.ts';
import { gitIn } from './git-repository.ts';

export const ROOT = join(import.meta.dirname, '../..');
export const TODAY = '2026-11-20';

/** Streams of a command that is called in process. */
export function capturedIo(lang: Options['lang'] = 'en') {
  const lines = { out: '', err: '' };
  const to = (stream: 'out' | 'err') => (text: string) => {
    lines[stream] += text.endsWith('\n') ? text : `${text}\n`;
  };
  const io: Io = { out: to('out'), err: to('err'), lang, colour: false, terminal: false, width: 100 };
  return { io, out: () => lines.out, err: () => lines.err };
}

/** What tests look at in the JSON form. */
export interface ReportForm {
  readonly verdict: { readonly level: string; readonly text: { readonly id: string; readonly en: string } } | null;
  readonly findings: readonly Finding[];
  readonly requests?: readonly {
    readonly id: string;
    readonly state: string;
    readonly items: readonly { readonly code: string }[];
    readonly held: Plan['held'];
    readonly changes: Plan['changes'];
    readonly next: { readonly en: string };
  }[];
  readonly plan?: Plan;
  readonly outcomes?: readonly Outcome[];
  readonly items?: readonly Readonly<Record<string, unknown>>[];
}

/** What became of one command: an error that it throws ends as `main.ts` ends it. */
export interface Ran {
  readonly exit: Exit;
  readonly out: string;
  readonly err: string;
  /** Standard output, parsed. */
  report(): ReportForm;
  /** Codes of the findings, in their order. */
  codes(): string[];
}

async function ran(lang: Options['lang'], command: (io: Io) => Promise<Exit>): Promise<Ran> {
  const captured = capturedIo(lang);
  const exit = await command(captured.io).catch((error: unknown): Exit => {
    if (!(error instanceof UserError || error instanceof TargetError)) throw error;
    captured.io.err(error.message);
    return error instanceof UserError ? EXIT.usage : EXIT.target;
  });
  const report = () => JSON.parse(captured.out()) as ReportForm;
  return {
    exit,
    out: captured.out(),
    err: captured.err(),
    report,
    codes: () => report().findings.map((finding) => finding.code),
  };
}

const folders: string[] = [];

/** For `afterEach` or `afterAll`. */
export function removeCommandLines(): void {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
}

/** A command line in a folder of its own: requests, store, and, where asked for, a git repository and own policies. */
export function commandLine(requests: Readonly<Record<string, string>> = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'layanan-'));
  folders.push(folder);
  const base: Options = {
    requests: join(folder, 'requests'),
    policies: join(ROOT, 'policies'),
    store: join(folder, 'store'),
    environment: 'sandbox',
    today: TODAY,
    format: 'json',
    lang: 'en',
  };
  const file = (id: string) => join(base.requests, `${id}.yaml`);
  const write = (id: string, text: string) => {
    mkdirSync(dirname(file(id)), { recursive: true });
    writeFileSync(file(id), text);
  };
  mkdirSync(base.requests);
  for (const [id, text] of Object.entries(requests)) write(id, text);
  return {
    folder,
    options: base,
    /** Path of a request's file. */
    file,
    write,
    /** Replaces a text in a request's file. */
    edit(id: string, from: string, to: string) {
      const text = readFileSync(file(id), 'utf8');
      if (!text.includes(from)) throw new Error(`Cannot edit '${id}': it has no '${from}'`);
      write(id, text.replace(from, to));
    },
    remove: (id: string) => rmSync(file(id)),
    /** A copy of the policies that a test may change; name it with `policies`. */
    ownPolicies() {
      const copy = join(folder, 'policies');
      cpSync(base.policies, copy, { recursive: true });
      return copy;
    },
    git: () => gitIn(folder),
    /** Calls one command with this folder's options and some others. */
    run: <O extends Options>(
      command: (options: O, io: Io) => Promise<Exit>,
      over: Partial<Options> & Omit<O, keyof Options> = {} as Omit<O, keyof Options>,
    ): Promise<Ran> => ran(over.lang ?? base.lang, (io) => command({ ...base, ...over } as unknown as O, io)),
  };
}

export type CommandLine = ReturnType<typeof commandLine>;
