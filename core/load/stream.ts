import { EVENT_ID, type Event } from 'js-yaml';
import type { Fault } from './fault.ts';

/** Directives (`%YAML`, `%TAG`, any `%`), which stand before the first document. */
export function directiveFaults(text: string): Fault[] {
  const faults: Fault[] = [];
  for (const { 0: line, index } of text.matchAll(/^.*$/gm)) {
    if (line.startsWith('%')) faults.push({ code: 'yaml/directive', at: index, values: { directive: line } });
    else if (!/^\s*(?:#|$)/.test(line)) break;
  }
  return faults;
}

/** More than one document: the place is the separator after the first. */
export function documentFaults(text: string, events: readonly Event[]): Fault[] {
  const count = events.filter((event) => event.type === EVENT_ID.DOCUMENT).length;
  if (count < 2) return [];
  const separators = [...text.matchAll(/^(?:---|\.\.\.)(?=\s|$)/gm)];
  const first = events[0];
  const opensWithOne = first?.type === EVENT_ID.DOCUMENT && first.explicitStart;
  const at = separators[opensWithOne ? 1 : 0]?.index ?? 0;
  return [{ code: 'yaml/several-documents', at, values: { count } }];
}
