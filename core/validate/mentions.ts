import { type Finding, finding, type Messages } from '../finding.ts';
import type { ChangedFacts, Lookup } from './facts.ts';
import { bare, pathOf } from './names.ts';

/**
 * Names that a request needs of others and that no request asks for. They may stand at a target all the same, so this is
 * for the reader to judge; at plan the request waits for them.
 */
export const checkMentions = ({ facts, places }: ChangedFacts, lookup: Lookup, messages: Messages): Finding[] =>
  (facts.mentions ?? [])
    .filter(({ name }) => lookup.claimants(name).length === 0)
    .map(({ name, at }) => finding(messages, 'cross/name-unknown', places.of(pathOf(at)), { name: bare(name) }));
