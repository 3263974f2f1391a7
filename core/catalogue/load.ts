import { canonical } from '../canonical.ts';
import type { Messages } from '../finding.ts';
import type { File } from '../load/yaml.ts';
import { type Loaded, parsePolicyFile, type Report } from '../policy-file.ts';
import type { Path } from '../request.ts';
import type { Service } from '../service.ts';
import { assignmentsOf, checkAssignments } from './assignments.ts';
import type { Catalogue, Item, Offer, Rule } from './catalogue.ts';
import { checkerOf } from './cel.ts';
import { isPath, unclaimedPaths } from './claims.ts';
import { CatalogueFile, OfferFile } from './schema.ts';
import { scopesOf, shapeOfSpec } from './scope.ts';
import type { Shape } from './shape.ts';
import type { Task } from './task.ts';

/** `catalogue.yaml` of a catalogue; offers and tasks are handed in, so that each is read when it is asked for. */
export function parseCatalogue(
  id: string,
  file: File,
  parts: Pick<Catalogue, 'offers' | 'tasks'>,
  messages: Messages,
): Loaded<Catalogue> {
  const { data, findings } = parsePolicyFile(file, CatalogueFile, messages);
  return data === undefined ? { findings } : { value: { id, ...data, ...parts } };
}

/** `<service>.yaml` of a catalogue. Every path of the service must be claimed, and every expression must make sense. */
export function parseOffer(
  catalogue: string,
  service: Service,
  file: File,
  messages: Messages,
  tasks: ReadonlyMap<string, Task> = new Map(),
): Loaded<Offer> {
  const { data, findings, report } = parsePolicyFile(file, OfferFile, messages);
  if (data === undefined) return { findings };
  const workOrders = assignmentsOf(data, tasks, report);
  const offer: Offer = { ...newOffer(catalogue, service.name, data), workOrders };
  const spec = shapeOfSpec(service, offer.figures);
  checkClaims(offer, spec, report);
  checkAssignments(offer, spec, report);
  checkWords(offer, spec, messages, report);
  checkExpressions(offer, spec, report);
  return findings.length > 0 ? { findings } : { value: offer };
}

function newOffer(catalogue: string, service: string, { workOrders: _, ...file }: OfferFile): Offer {
  const items = file.items.map((item): Item => ({ of: [], ...item, catalogue, service }));
  return { ...file, catalogue, service, items };
}

function checkClaims(offer: Offer, spec: Shape, report: Report): void {
  for (const path of unclaimedPaths(offer, spec)) report('catalogue/path-unclaimed', ['items'], { path });
  if (!offer.items.some((item) => item.on === 'create')) report('catalogue/creation-unclaimed', ['items']);
  const check = (claims: readonly string[], at: Path) => {
    for (const [index, claim] of claims.entries())
      if (!isPath(claim, spec)) report('catalogue/path-unknown', [...at, index], { path: claim });
  };
  check(offer.free, ['free']);
  check(offer.fixed ?? [], ['fixed']);
  for (const [index, item] of offer.items.entries()) check(item.of, ['items', index, 'of']);
  if (offer.term !== undefined) check([offer.term.until], ['term']);
}

/** Codes, places and document types that are named must exist, and entries of one code must tell the same. */
function checkWords(offer: Offer, spec: Shape, messages: Messages, report: Report): void {
  const check = (rules: readonly Rule[], at: Path) => {
    for (const [index, rule] of rules.entries()) {
      if (!messages.has(rule.code)) report('catalogue/code-unknown', [...at, index, 'code'], { code: rule.code });
      if (!isPath(rule.at, spec)) report('catalogue/path-unknown', [...at, index, 'at'], { path: rule.at });
    }
  };
  check(offer.holds, ['holds']);
  const terms = new Map<string, string>();
  for (const [index, item] of offer.items.entries()) {
    check(item.rules, ['items', index, 'rules']);
    const told = canonical([item.name, item.approver, item.norm, item.leadTime]);
    if ((terms.get(item.code) ?? told) !== told)
      report('catalogue/item-differs', ['items', index], { item: item.code });
    terms.set(item.code, told);
    for (const type of [...item.documents, ...(item.handover ? [item.handover] : [])])
      if (!Object.hasOwn(offer.documentTypes, type))
        report('catalogue/document-unknown', ['items', index, 'documents'], { document: type });
  }
}

function checkExpressions(offer: Offer, spec: Shape, report: Report): void {
  const scopes = scopesOf(spec, offer.figures);
  const checkers: Partial<Record<keyof typeof scopes, ReturnType<typeof checkerOf>>> = {};
  const check = (on: keyof typeof scopes, expression: string, at: Path) => {
    checkers[on] ??= checkerOf(scopes[on]);
    for (const reason of checkers[on](expression)) report('catalogue/bad-expression', at, { expression, reason });
  };
  for (const [index, order] of (offer.workOrders ?? []).entries())
    if (order.if !== undefined) check('hold', order.if, ['workOrders', index, 'if']);
  for (const [index, rule] of offer.holds.entries()) check('hold', rule.check, ['holds', index, 'check']);
  for (const [index, item] of offer.items.entries()) {
    if (item.if !== undefined) check(item.on, item.if, ['items', index, 'if']);
    for (const [nth, rule] of item.rules.entries()) check(item.on, rule.check, ['items', index, 'rules', nth, 'check']);
  }
}
