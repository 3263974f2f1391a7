import { type Command, Option } from 'commander';
import { UserError } from '../../core/errors.ts';
import type { Lang } from '../report/view.ts';
import type { Format } from '../report/views.ts';

/** Options that every command understands. */
export interface Options {
  readonly requests: string;
  readonly policies: string;
  readonly store: string;
  readonly environment: string;
  /** ISO date; absent: today in the time zone of the service hours. */
  readonly today?: string;
  readonly format: Format;
  readonly lang: Lang;
}

/** Options of commands that may be kept to the terms that change. */
export interface DueOptions extends Options {
  /** ISO date: only requests whose term changes phase by this day. */
  readonly due?: string;
}

export const dueOf = ({ due }: DueOptions): { readonly due?: string } => (due === undefined ? {} : { due });

export const FORMATS: readonly Format[] = ['human', 'json', 'markdown', 'github', 'sarif', 'junit'];

/** An option that a variable may set for a whole session or job. */
const kept = (usage: string, what: string, variable: string, otherwise: string): Option =>
  new Option(usage, what).env(variable).default(otherwise);

/** One of each, which all commands share. */
const COMMON: readonly Option[] = [
  kept('--requests <folder>', 'folder of the request files', 'LAYANAN_REQUESTS', 'requests'),
  kept('--policies <folder>', 'folder of catalogues, people and rules', 'LAYANAN_POLICIES', 'policies'),
  kept('--store <folder>', 'folder of journal, hand-over and index', 'LAYANAN_STORE', '.layanan'),
  kept('--environment <name>', 'environment in <policies>/environments, or its file', 'LAYANAN_ENVIRONMENT', 'sandbox'),
  new Option('--today <date>', 'act as if it were this day (YYYY-MM-DD)'),
  new Option('--format <format>', FORMATS.join(', ')).default('human'),
  kept('--lang <lang>', 'id or en', 'LAYANAN_LANG', 'id'),
];

/** Adds the common options to a command. */
export function withCommonOptions(command: Command): Command {
  for (const option of COMMON) command.addOption(option);
  return command;
}

const oneOf = (name: string, value: unknown, allowed: readonly string[]): void => {
  if (!allowed.includes(String(value)))
    throw new UserError({
      id: `Tidak dapat memakai --${name} '${value}': pilihannya ${allowed.join(', ')}`,
      en: `Cannot use --${name} '${value}': it takes ${allowed.join(', ')}`,
    });
};

/** @throws UserError for what is no day that exists, ISO 8601 */
export function checkedDay(option: string, value: unknown): void {
  const isDay = typeof value === 'string' && new Date(`${value}T00:00:00Z`).toJSON()?.startsWith(value);
  if (!isDay)
    throw new UserError({
      id: `Tidak dapat memakai --${option} '${value}': tulis tanggal yang ada, misalnya 2026-11-24`,
      en: `Cannot use --${option} '${value}': it takes a day such as 2026-11-24`,
    });
}

/** Checks what commander read. */
export function checkedOptions(raw: Record<string, unknown>): Options {
  oneOf('format', raw.format, FORMATS);
  oneOf('lang', raw.lang, ['id', 'en']);
  for (const name of ['today', 'due'] as const) if (raw[name] !== undefined) checkedDay(name, raw[name]);
  return raw as unknown as Options;
}
