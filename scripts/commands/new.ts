import { basename } from 'node:path';
import { UserError } from '../../core/errors.ts';
import type { Text } from '../../core/finding.ts';
import type { Offered } from '../../core/load/envelope.ts';
import { requestIdOf, requestPath, unitOf as unitIn } from '../../core/load/path.ts';
import type { Unit } from '../../core/organisation/organisation.ts';
import type { Policies } from '../../core/policies.ts';
import { EXIT, type Exit } from '../cli/exit.ts';
import type { Io } from '../cli/io.ts';
import { nearest } from '../cli/nearest.ts';
import { print } from '../cli/print.ts';
import { requestFile } from '../requests/folder.ts';
import { offeredBy } from '../requests/offered.ts';
import { refuseExisting, writeNew } from '../requests/write-new.ts';
import { requestText } from '../sheet/request-text.ts';
import { nameOf } from '../wizard/answers.ts';
import { type Asker, Cancelled } from '../wizard/asker.ts';
import { type Draft, examineDraft } from '../wizard/draft.ts';
import { specFields } from '../wizard/fields.ts';
import { heldBy } from '../wizard/questions.ts';
import { terminalAsker } from '../wizard/terminal.ts';
import { TEXTS } from '../wizard/texts.ts';
import { typedValue } from '../wizard/typed-value.ts';
import type { Options } from '../workspace/options.ts';
import { openWorkspace, type Workspace } from '../workspace/workspace.ts';

export interface NewOptions extends Options {
  readonly catalogue?: string;
  readonly unit?: string;
  readonly requester?: string;
  readonly title?: string;
  readonly sheet?: string;
  readonly batch?: string;
  /** `field=value` of the spec. */
  readonly set?: readonly string[];
  /** False: never ask, whatever the terminal. */
  readonly input?: boolean;
}

const NEXT = {
  id: 'Langkah berikut: periksa berkasnya, lalu ajukan sebagai pull request ({check} memeriksanya lagi)',
  en: 'Next step: look at the file, then open a pull request ({check} checks it again)',
};

/**
 * `layanan new [service] [unit/name]`: writes a request file; on a terminal it asks for what was not given. With
 * `--sheet` it writes one file for each row. Never overwrites.
 * @param opened who can be asked; none where nobody sits at the terminal
 */
export async function newRequest(
  service: string | undefined,
  name: string | undefined,
  options: NewOptions,
  io: Io,
  opened: typeof terminalAsker = terminalAsker,
): Promise<Exit> {
  const workspace = openWorkspace(options);
  if (options.sheet !== undefined) {
    const { fromSheet } = await import('./new-sheet.ts');
    return fromSheet(service ?? '', { ...options, sheet: options.sheet }, workspace, io);
  }
  const asker = options.input === false ? undefined : await opened(io.lang);
  try {
    const draft = await (asker === undefined
      ? typedDraft(service, name, options, workspace)
      : askedDraft(asker, service, name, options, workspace, io));
    return await finished(draft, workspace, io);
  } catch (error) {
    if (!(error instanceof Cancelled)) throw error;
    io.err(TEXTS.cancelled[io.lang]);
    return EXIT.usage;
  }
}

/** Writes a draft that passes, and shows what is wrong with any other. */
async function finished(draft: Draft, workspace: Workspace, io: Io): Promise<Exit> {
  const { findings, prepared } = examineDraft(draft, workspace);
  if (prepared === undefined) {
    io.err(draft.text);
    await print({ kind: 'check', command: 'new', findings, checked: 1, requests: [] }, workspace, io);
    return EXIT.findings;
  }
  writeNew([draft]);
  io.out(draft.path);
  io.err(NEXT[io.lang].replace('{check}', `./scripts/layanan validate ${draft.path}`));
  return EXIT.ok;
}

const needed = (value: string | undefined, option: Text): string => {
  if (value === undefined)
    throw new UserError({
      id: `Tidak dapat menulis permintaan: tambahkan ${option.id}`,
      en: `Cannot write a request: give ${option.en}`,
    });
  return value;
};

const SERVICE: Text = { id: 'layanannya, misalnya account', en: 'the service, for example account' };
const NAME: Text = { id: 'nama permintaan sebagai <unit>/<nama>', en: `the request's name as <unit>/<name>` };
const REQUESTER: Text = { id: '--requester <orang>', en: '--requester <person>' };

/** The request that the options alone describe. */
function typedDraft(
  named: string | undefined,
  name: string | undefined,
  options: NewOptions,
  workspace: Workspace,
): Draft {
  const offered = offeredBy(needed(named, SERVICE), options.catalogue, workspace.policies);
  const path = namedPath(needed(name, NAME), workspace);
  const { catalogue, service } = offered.offer;
  const title = options.title ?? `${service} ${basename(path, '.yaml')}`;
  const requester = needed(options.requester, REQUESTER);
  return { path, text: requestText({ catalogue, service, title, requester, spec: specOf(options, offered) }) };
}

/** What a person answers at the terminal, with what the options said already. */
async function askedDraft(
  asker: Asker,
  named: string | undefined,
  name: string | undefined,
  options: NewOptions,
  workspace: Workspace,
  io: Io,
): Promise<Draft> {
  const { wizard, chosenService } = await import('../wizard/wizard.ts');
  const talk = { asker, lang: io.lang, workspace };
  const offered = offeredBy(named ?? (await chosenService(talk)), options.catalogue, workspace.policies);
  const path = name === undefined ? undefined : sluggedPath(name, workspace);
  const unit = unitOf(name === undefined ? options.unit : unitIn(name), workspace.policies);
  const values = new Map(Object.entries(specOf(options, offered)).map(([field, value]) => [`spec.${field}`, value]));
  return wizard(
    {
      offered,
      values: options.title === undefined ? values : new Map([...values, ['title', options.title]]),
      ...(unit === undefined ? {} : { unit }),
      ...(path === undefined ? {} : { path }),
      ...(options.requester === undefined ? {} : { requester: options.requester }),
    },
    talk,
  );
}

/** The spec of `--set <field>=<value>`, each value as the schema wants it. */
function specOf({ set = [] }: NewOptions, { offer, service }: Offered): Readonly<Record<string, unknown>> {
  const fields = specFields({ offer, service });
  return Object.fromEntries(
    set.map((pair) => {
      const at = pair.indexOf('=');
      if (at < 1)
        throw new UserError({
          id: `Tidak dapat memakai --set '${pair}': tulis <isian>=<nilai>`,
          en: `Cannot use --set '${pair}': it takes <field>=<value>`,
        });
      const name = pair.slice(0, at);
      const field = fields.find((one) => nameOf(one) === name);
      return [name, typedValue(pair.slice(at + 1), field === undefined ? 'text' : heldBy(field))];
    }),
  );
}

/** The file of a name that was typed. @throws UserError where it cannot be one of a new request */
function namedPath(name: string, { options }: Workspace): string {
  if (!/^[^/]+\/[^/]+$/.test(name))
    throw new UserError({
      id: `Tidak dapat menulis '${name}': permintaan dinamai <unit>/<nama>`,
      en: `Cannot write '${name}': a request is named <unit>/<name>`,
    });
  const path = requestFile(options.requests, `${requestIdOf(name)}.yaml`);
  refuseExisting(path);
  return path;
}

/** The same, for a conversation that no answer could mend otherwise. */
function sluggedPath(name: string, workspace: Workspace): string {
  const path = namedPath(name, workspace);
  const { fault } = requestPath(path);
  if (fault === undefined) return path;
  const near = fault.suggestion === undefined ? undefined : requestIdOf(fault.suggestion);
  throw new UserError({
    id: `Tidak dapat menulis '${name}': nama memakai huruf kecil, angka, dan tanda hubung${near ? `; mungkin maksud Anda '${near}'` : ''}`,
    en: `Cannot write '${name}': a name has small letters, digits and hyphens${near ? `; did you mean '${near}'?` : ''}`,
  });
}

/** @throws UserError for a unit that is not there */
function unitOf(id: string | undefined, { organisation: { units } }: Policies): Unit | undefined {
  const unit = id === undefined ? undefined : units.get(id);
  if (id === undefined || unit !== undefined) return unit;
  const near = nearest(id, units.keys());
  throw new UserError({
    id: `Tidak dapat menulis permintaan '${id}': unit itu tidak ada; ${near.id}`,
    en: `Cannot write a request of '${id}': there is no such unit; ${near.en}`,
  });
}
