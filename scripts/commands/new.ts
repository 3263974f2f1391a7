import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Offer } from '../../core/catalogue/catalogue.ts';
import { UserError } from '../../core/errors.ts';
import { closest } from '../../core/load/closest.ts';
import { schemaFor } from '../../core/load/editor.ts';
import type { Service } from '../../core/service.ts';
import { examine } from '../../core/validate/examine.ts';
import { EXIT, type Exit } from '../cli/exit.ts';
import type { Io } from '../cli/io.ts';
import { print } from '../cli/print.ts';
import { readSheet } from '../sheet/read-sheet.ts';
import { requestText } from '../sheet/request-text.ts';
import { requestsFromSheet } from '../sheet/requests-from-sheet.ts';
import { schemaCheck } from '../sheet/schema-check.ts';
import type { Options } from '../workspace/options.ts';
import { openWorkspace, type Workspace } from '../workspace/workspace.ts';

export interface NewOptions extends Options {
  readonly catalogue: string;
  readonly unit?: string;
  readonly requester?: string;
  readonly title?: string;
  readonly sheet?: string;
  readonly batch?: string;
  /** `field=value` of the spec. */
  readonly set?: readonly string[];
}

const NEXT = {
  id: 'Langkah berikut: periksa berkasnya, lalu ./scripts/layanan validate {file}',
  en: 'Next step: look at the file, then ./scripts/layanan validate {file}',
};

/** `layanan new <service> [unit/name]`: writes a request file, or with `--sheet` one for each row. Never overwrites. */
export async function newRequest(
  service: string,
  name: string | undefined,
  options: NewOptions,
  io: Io,
): Promise<Exit> {
  const workspace = openWorkspace(options);
  offered(service, workspace, options);
  return options.sheet === undefined
    ? single(service, name, workspace, options, io)
    : collective(service, options.sheet, workspace, options, io);
}

/** What a catalogue offers under the name that was typed. */
function offered(service: string, { policies }: Workspace, { catalogue }: NewOptions) {
  const { services, catalogues } = policies;
  const known = services.get(service);
  if (known === undefined) {
    const near = closest(service, services.keys()) ?? [...services.keys()].join(', ');
    throw new UserError(`Cannot order '${service}': there is no such service; did you mean '${near}'?`);
  }
  const offer = catalogues.get(catalogue)?.offers.get(service);
  if (offer === undefined) throw new UserError(`Cannot order '${service}': catalogue '${catalogue}' does not offer it`);
  return { known, offer };
}

/** What all requests of a sheet share, known before the first file is written. */
function shared(options: NewOptions, { policies }: Workspace): { readonly unit: string; readonly requester: string } {
  const { units, people } = policies.organisation;
  const unit = needed(options.unit, '--unit <unit>');
  const requester = needed(options.requester, '--requester <person>');
  if (!units.has(unit))
    throw new UserError(
      `Cannot write requests of '${unit}': there is no such unit; units are ${[...units.keys()].join(', ')}`,
    );
  if (people.get(requester)?.units.includes(unit) !== true)
    throw new UserError(`Cannot write requests of '${unit}': '${requester}' is not registered in that unit`);
  return { unit, requester };
}

const needed = (value: string | undefined, option: string): string => {
  if (value === undefined) throw new UserError(`Cannot write a request: give ${option}`);
  return value;
};

/** The JSON type of a spec's field, as the service's schema has it; undefined where there is no such field. */
function typeOf(field: string, offer: Offer, service: Service): unknown {
  const schema = schemaFor(offer, service) as {
    properties: { spec: { properties?: Record<string, { type?: string }> } };
  };
  return schema.properties.spec.properties?.[field]?.type;
}

/** A value as its field wants it: lists with commas, plain numbers and booleans, all else text. */
function parsed(text: string, type: unknown): unknown {
  if (type === 'boolean' && (text === 'true' || text === 'false')) return text === 'true';
  if ((type === 'integer' || type === 'number') && /^(0|[1-9]\d{0,14})(\.\d+)?$/.test(text)) return Number(text);
  return type === 'array' ? text.split(',').map((part) => part.trim()) : text;
}

function single(service: string, name: string | undefined, workspace: Workspace, options: NewOptions, io: Io): Exit {
  const [unit = '', stem = '', ...more] = needed(name, `the request's name as <unit>/<name>`).split('/');
  if (more.length > 0 || stem === '') throw new UserError(`Cannot write '${name}': a request is named <unit>/<name>`);
  const path = join(options.requests, unit, `${stem}.yaml`);
  if (existsSync(path)) throw new UserError(`Cannot write '${path}': it exists; edit it to change the service`);
  const { offer, known } = offered(service, workspace, options);
  const spec = Object.fromEntries(
    (options.set ?? []).map((pair) => {
      const at = pair.indexOf('=');
      if (at < 1) throw new UserError(`Cannot use --set '${pair}': it takes <field>=<value>`);
      const field = pair.slice(0, at);
      return [field, parsed(pair.slice(at + 1), typeOf(field, offer, known))];
    }),
  );
  const title = options.title ?? `${service} ${stem}`;
  const requester = needed(options.requester, '--requester <person>');
  const text = requestText({ catalogue: options.catalogue, service, title, requester, spec });
  const { findings } = examine({ path, bytes: new TextEncoder().encode(text) }, workspace.policies);
  if (findings.some((one) => one.severity === 'error')) {
    io.err(text);
    print({ kind: 'check', command: 'new', findings, checked: 1, requests: [] }, workspace, io);
    return EXIT.findings;
  }
  write([{ path, text }]);
  io.out(path);
  io.err(NEXT[io.lang].replace('{file}', path));
  return EXIT.ok;
}

async function collective(
  service: string,
  sheet: string,
  workspace: Workspace,
  options: NewOptions,
  io: Io,
): Promise<Exit> {
  if (service !== 'account') throw new UserError(`Cannot order '${service}' by a sheet: only 'account' takes --sheet`);
  const { policies } = workspace;
  const { offer, known } = offered(service, workspace, options);
  const { unit, requester } = shared(options, workspace);
  const inFolder = (path: string) => join(options.requests, path.replace(/^requests\//, ''));
  const stem = basename(sheet)
    .toLowerCase()
    .replace(/\.[a-z]+$/, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  const result = requestsFromSheet(
    await readSheet(sheet, policies.messages),
    {
      unit,
      requester,
      catalogue: options.catalogue,
      batch: options.batch ?? stem,
      mailDomain: policies.environment.mail.domain,
      exists: (path) => existsSync(inFolder(path)),
      check: schemaCheck(offer, known, policies.messages),
    },
    policies.messages,
  );
  if ('findings' in result) {
    print({ kind: 'check', command: 'new', findings: result.findings, checked: 0, requests: [] }, workspace, io);
    return EXIT.findings;
  }
  const files = result.files.map(({ path, text }) => ({ path: inFolder(path), text }));
  write(files);
  for (const { path } of files) io.out(path);
  io.err(NEXT[io.lang].replace(' {file}', ''));
  return EXIT.ok;
}

function write(files: readonly { readonly path: string; readonly text: string }[]): void {
  for (const { path, text } of files) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text, { flag: 'wx' });
  }
}
