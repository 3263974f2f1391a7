import type { Finding } from '../finding.ts';
import { ECHELONS, type Echelon } from '../organisation/organisation.ts';
import type { ServiceRequest } from '../request.ts';
import { checkTerm } from '../term/check.ts';
import { actPaths, checkActs } from './acts.ts';
import type { Item, Offer } from './catalogue.ts';
import { compile, type Variables } from './cel.ts';
import { changedPaths } from './changed.ts';
import { covers } from './claims.ts';
import type { Classification, Ordered } from './classification.ts';
import { type ClassifyContext, findingAt } from './context.ts';
import { checkRules } from './rules.ts';

/**
 * What an edit is, in the catalogue's terms. Several items in one edit all apply: every rule and document, the highest
 * rank, each its own norm. Pure.
 * @param before the version whose fulfilment is recorded; null where nothing was fulfilled yet
 */
export function classify(
  before: ServiceRequest | null,
  after: ServiceRequest,
  offer: Offer,
  context: ClassifyContext,
): Classification {
  const { today, batch, unit } = context;
  const base = { after, figures: offer.figures, unit, today, batch };
  const variables: Variables = before === null ? base : { ...base, before };
  const paths = before === null ? [] : changedPaths(before, after);
  const on = before === null ? 'create' : 'change';
  const entries: Ordered[] = [];
  for (const item of offer.items) {
    if (item.on !== on) continue;
    const entry = { item, paths: paths.filter((path) => item.of.some((claim) => covers(claim, path))) };
    if (applies(entry, before, after, variables)) entries.push(entry);
  }
  const findings = [
    ...(before === null ? checkCreation(entries, after, context) : checkClaimed(entries, paths, offer, after, context)),
    ...checkActs(before, after, before === null ? actPaths(after) : paths, context),
    ...(offer.term === undefined ? [] : checkTerm(before, after, offer.term, context)),
    ...entries.flatMap(({ item }) => checkItem(item, offer, after, variables, context)),
  ];
  return { request: after.id, ordered: merged(entries), minEchelon: highest(entries), findings };
}

function applies({ item, paths }: Ordered, before: ServiceRequest | null, after: ServiceRequest, variables: Variables) {
  // A request that is deleted before it was ever fulfilled asks for nothing.
  if (before === null && after.state === 'deleted') return false;
  if (item.on === 'change' && paths.length === 0) return false;
  return item.if === undefined || compile(item.if)(variables);
}

function checkCreation(entries: readonly Ordered[], after: ServiceRequest, context: ClassifyContext): Finding[] {
  if (after.state === 'deleted') return [];
  if (after.state === 'disabled' && !after.adopt)
    return [findingAt(after, 'state', 'catalogue/disabled-at-creation', context)];
  if (entries.length > 0) return [];
  return [findingAt(after, 'service', 'catalogue/no-creation', context, named(after))];
}

/** Every changed path must be claimed by an item that applies, or be free. */
function checkClaimed(
  entries: readonly Ordered[],
  paths: readonly string[],
  offer: Offer,
  after: ServiceRequest,
  context: ClassifyContext,
): Finding[] {
  const claimed = new Set(entries.flatMap((entry) => entry.paths));
  const isFree = (path: string) => claimed.has(path) || offer.free.some((claim) => covers(claim, path));
  // Under another catalogue the spec may have lost fields that this catalogue does not know.
  const moved = claimed.has('catalogue');
  return paths
    .filter((path) => !isFree(path) && !(moved && !(offer.fixed ?? []).includes(path) && isGone(after, path)))
    .map((path) => {
      const values = { ...named(after), path, state: after.state };
      if (path === 'state') return findingAt(after, path, 'catalogue/state-unclaimed', context, values);
      const isFixed = offer.fixed?.some((claim) => covers(claim, path));
      return findingAt(after, path, isFixed ? 'catalogue/fixed' : 'catalogue/unclaimed', context, values);
    });
}

const named = (request: ServiceRequest) => ({ catalogue: request.catalogue, service: request.service });

const isGone = (after: ServiceRequest, path: string): boolean => {
  const [root, name = ''] = path.split('.');
  return root === 'spec' && !Object.hasOwn(after.spec, name);
};

function checkItem(
  item: Item,
  offer: Offer,
  after: ServiceRequest,
  variables: Variables,
  context: ClassifyContext,
): Finding[] {
  const missing = item.documents
    .filter((type) => !after.documents?.some((document) => document.type === type))
    .map((type) => {
      const name = offer.documentTypes[type] ?? { id: type, en: type };
      const values = { item: item.code, document: type, name };
      return findingAt(after, 'documents', 'catalogue/document-missing', context, values);
    });
  return [...checkRules(item.rules, after, variables, context, item.code), ...missing];
}

/** A code may stand in several entries, each claiming other paths; it is ordered once. */
function merged(entries: readonly Ordered[]): readonly Ordered[] {
  if (entries.length < 2) return entries;
  const byCode = new Map<string, Ordered>();
  for (const { item, paths } of entries) {
    const first = byCode.get(item.code);
    byCode.set(item.code, first === undefined ? { item, paths } : merge(first, { item, paths }));
  }
  return [...byCode.values()];
}

const merge = (first: Ordered, second: Ordered): Ordered => ({
  item: {
    ...first.item,
    documents: [...new Set([...first.item.documents, ...second.item.documents])],
    deletes: [...new Set([...first.item.deletes, ...second.item.deletes])],
  },
  paths: [...first.paths, ...second.paths].sort(),
});

function highest(entries: readonly Ordered[]): Echelon | null {
  return ECHELONS.find((rank) => entries.some(({ item }) => item.approver.minEchelon === rank)) ?? null;
}
