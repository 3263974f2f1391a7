import * as z from 'zod';
import type { Offer } from '../catalogue/catalogue.ts';
import { type Finding, finding } from '../finding.ts';
import type { Policies } from '../policies.ts';
import type { Path, Places, ServiceRequest } from '../request.ts';
import { closest } from './closest.ts';
import { envelope } from './envelope.ts';
import { issueFindings } from './issues.ts';
import { requestPath } from './path.ts';
import { knowsPeople, unknownNames } from './references.ts';
import { type File, readYaml } from './yaml.ts';

export interface LoadedRequest {
  /** Present where nothing is wrong. */
  readonly request?: ServiceRequest;
  readonly places: Places;
  readonly findings: readonly Finding[];
}

/**
 * Reads and validates one request file: text, envelope, spec, and the names it uses. Never throws on what a file holds.
 * @param file its path ends in `<unit>/<name>.yaml`
 */
export function loadRequest(file: File, policies: Policies): LoadedRequest {
  const { id, unit, name, fault } = requestPath(file.path);
  const read = readYaml(file, policies.messages, (value) => offeredBy(value, policies).schema);
  const places: Places = read.places;
  const top = { file: file.path, line: 1, column: 1 };
  const findings = [...read.findings];
  if (fault) findings.push(finding(policies.messages, fault.code, top, fault.values, fault.suggestion));
  else if (!policies.organisation.units.has(unit)) {
    const suggestion = closest(unit, policies.organisation.units.keys());
    findings.push(finding(policies.messages, 'request/unknown-unit', top, { unit }, suggestion));
  }
  if (read.value === undefined) return { places, findings };
  const offered = offeredBy(read.value, policies);
  const parsed = parserOf(offered).safeParse(read.value);
  if (parsed.success && offered !== anyOffer && findings.length === 0 && knowsPeople(parsed.data, policies)) {
    const request = { id, unit, name, ...parsed.data };
    return { request, places, findings };
  }
  const issues = (parsed.error?.issues ?? []).filter((issue) => !isDoubtful(issue.path, read.doubtful));
  const checked = { schema: offered.schema, value: read.value, places: read.places, messages: policies.messages };
  return {
    places,
    findings: inOrder([...findings, ...issueFindings(issues, checked), ...unknownNames(read.value, places, policies)]),
  };
}

const isDoubtful = (path: readonly PropertyKey[], doubtful: readonly Path[]): boolean =>
  doubtful.some((one) => one.length <= path.length && one.every((step, index) => step === path[index]));

/** In the order of the file, each once: two checks of one field may say the same. */
function inOrder(findings: readonly Finding[]): Finding[] {
  const each = new Map(findings.map((one) => [`${one.line}:${one.column}:${one.code}:${one.message.id}`, one]));
  return [...each.values()].sort((a, b) => a.line - b.line || a.column - b.column);
}

type Schema = z.ZodType<Omit<ServiceRequest, 'id' | 'unit' | 'name'>>;

/** A schema of an offer. Compiling one costs as much as reading a hundred files, so that few files do without. */
interface Offered {
  readonly schema: Schema;
  compiled?: Schema;
  uses: number;
}

const MANY = 50;
const offers = new WeakMap<Offer, Offered>();
let anyOffer: Offered | undefined;

/** Of a request that names nothing that is offered; made when the first one comes. */
function noOffer(): Offered {
  anyOffer ??= { schema: envelope(), uses: 0 };
  return anyOffer;
}

function offeredBy(value: Readonly<Record<string, unknown>>, policies: Policies): Offered {
  const { catalogue, service: name } = value;
  if (typeof catalogue !== 'string' || typeof name !== 'string') return noOffer();
  const offer = policies.catalogues.get(catalogue)?.offers.get(name);
  const service = policies.services.get(name);
  if (offer === undefined || service === undefined) return noOffer();
  const known = offers.get(offer);
  if (known !== undefined) return known;
  const offered: Offered = { schema: envelope({ offer, service }), uses: 0 };
  offers.set(offer, offered);
  return offered;
}

function parserOf(offered: Offered): Schema {
  if (++offered.uses > MANY) offered.compiled ??= z.compile(offered.schema);
  return offered.compiled ?? offered.schema;
}
