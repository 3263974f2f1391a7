import { type Event, parseEvents } from 'js-yaml';
import type * as z from 'zod';
import type { Finding, Messages } from '../finding.ts';
import type { Path } from '../request.ts';
import { characterFaults, parsable } from './characters.ts';
import { examine } from './examine.ts';
import { type Fault, reported } from './fault.ts';
import { fitted } from './fitted.ts';
import { placesOf, type WrittenPlaces } from './places.ts';
import { plainValue } from './plain.ts';
import { directiveFaults, documentFaults } from './stream.ts';
import { syntaxFault } from './syntax.ts';
import { type Content, decode } from './text.ts';

/** Deeper than any request needs; the parser stops there, so that no walk over its events can run away. */
const DEEPEST = 16;

export type File = Content & {
  /** As findings name it: `requests/djp/spt-uji.yaml`. */
  readonly path: string;
};

type Mapping = Readonly<Record<string, unknown>>;
type SchemaOf = (value: Mapping) => z.core.$ZodType;

export interface ReadYaml {
  /** Present where the file could be parsed: the value as it is, or as it would be once the findings are mended. */
  readonly value?: Mapping;
  readonly places: WrittenPlaces;
  readonly findings: readonly Finding[];
  /** Paths about whose value nothing more should be said. */
  readonly doubtful: readonly Path[];
}

/**
 * Reads YAML 1.2 without anchors, aliases, tags, directives, merge keys and surprises: one mapping in one document.
 * Never throws on what a file holds. All findings of a file, as far as it can be parsed.
 * @param schemaOf what the value will be held against, so that findings suit the field; asked where there are any
 */
export function readYaml(file: File, messages: Messages, schemaOf?: SchemaOf): ReadYaml {
  const decoded = decode(file);
  const odd = characterFaults(decoded.text);
  const isClean = decoded.faults.length === 0 && odd.length === 0;
  const text = isClean ? decoded.text : parsable(decoded.text);
  const events = () => (decoded.readable ? parsed(text) : {});
  const places = placesOf(file.path, text, () => events().events ?? []);
  const value = isClean ? plainValue(text) : undefined;
  if (value !== undefined) return { value, places, findings: [], doubtful: [] };
  const stream = events();
  const found = stream.events ? thorough(text, stream.events) : stopped(text, stream.fault);
  const schema = found.value && schemaOf?.(found.value);
  const faults = schema ? found.faults.map((fault) => fitted(fault, schema)) : found.faults;
  const findings = reported(file.path, text, [...decoded.faults, ...odd, ...faults], messages);
  return { ...(found.value ? { value: found.value } : {}), places, findings, doubtful: found.doubtful };
}

function parsed(text: string): { readonly events?: Event[]; readonly fault?: Fault } {
  try {
    return { events: parseEvents(text, { maxDepth: DEEPEST }) };
  } catch (error) {
    return { fault: syntaxFault(error, text) };
  }
}

const isMapping = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

interface Found {
  readonly value?: Mapping;
  readonly faults: readonly Fault[];
  readonly doubtful: readonly Path[];
}

function thorough(text: string, events: readonly Event[]): Found {
  const { value, faults, doubtful } = examine(text, events);
  const all = [...directiveFaults(text), ...documentFaults(text, events), ...faults];
  if (isMapping(value)) return { value, faults: all, doubtful };
  const isEmpty = value === null && all.length === 0;
  if (isEmpty) return { faults: [{ code: 'yaml/empty', at: 0 }], doubtful };
  const root = value === null ? [] : [{ code: 'yaml/not-a-mapping', at: 0 }];
  return { faults: [...all, ...root], doubtful };
}

/** The parser gave up: what it stopped at, and what can be seen without it. */
function stopped(text: string, fault: Fault | undefined): Found {
  const directives = directiveFaults(text);
  const isNamed = fault === undefined || (fault.code === 'yaml/directive' && directives.length > 0);
  return { faults: [...directives, ...(isNamed ? [] : [fault])], doubtful: [] };
}
