import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { approve } from '../../../core/approve/approve.ts';
import { requestDigest } from '../../../core/approve/digest.ts';
import { classify } from '../../../core/catalogue/classify.ts';
import type { PlacedRequest, ServiceRequest } from '../../../core/request.ts';
import { lookupOf } from '../../../core/validate/census.ts';
import { checkCross } from '../../../core/validate/cross.ts';
import { type Examined, examine } from '../../../core/validate/examine.ts';
import { loadPolicies } from '../../../policies/load.ts';
import { demoEdits } from '../../../scripts/demo/edits.ts';

const at = (path: string) => fileURLToPath(new URL(`../../../${path}`, import.meta.url));
const policies = loadPolicies(at('policies'), 'sandbox');
const TODAY = '2026-11-20';
const NOW = '2026-11-20T10:00:00+07:00';

const paths = readdirSync(at('requests'), { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.yaml'))
  .sort();
const samples = paths.map((path) =>
  examine({ path: `requests/${path}`, bytes: readFileSync(at(`requests/${path}`)) }, policies),
);
const shown = (examined: Examined) => examined.findings.map((one) => `${one.file}:${one.line} ${one.message.en}`);
const offerOf = ({ catalogue, service }: ServiceRequest) => {
  const offer = policies.catalogues.get(catalogue)?.offers.get(service);
  if (offer === undefined) throw new Error(`Cannot find an offer of '${service}' in '${catalogue}'`);
  return offer;
};
const unitOf = (id: string) => {
  const unit = policies.organisation.units.get(id);
  if (unit === undefined) throw new Error(`Cannot find unit '${id}'`);
  return unit;
};
const classified = (before: ServiceRequest | null, { request, places }: PlacedRequest) =>
  classify(before, request, offerOf(request), {
    today: TODAY,
    now: NOW,
    batch: { creates: 1 },
    unit: unitOf(request.unit),
    places,
    messages: policies.messages,
  });
const placed = samples.flatMap((one) => one.placed ?? []);

describe('sample requests', () => {
  it('are many, of many units, and use every kind', () => {
    expect(paths.length).toBeGreaterThanOrEqual(24);
    expect(new Set(placed.map((one) => one.request.unit)).size).toBeGreaterThanOrEqual(6);
    const kinds = new Set(placed.map(({ request }) => `${request.catalogue} ${request.spec.kind ?? request.service}`));
    expect([...kinds].sort()).toEqual([
      'itsm-9-legacy guest-internet',
      'itsm-9-legacy individual',
      'itsm-9-legacy internet-rights',
      'itsm-9-legacy join-domain',
      'sc-11-2023 dc-visit',
      'sc-11-2023 development-container',
      'sc-11-2023 development-vm',
      'sc-11-2023 group',
      'sc-11-2023 guest-internet',
      'sc-11-2023 individual',
      'sc-11-2023 internet-rights',
      'sc-11-2023 join-domain',
      'sc-11-2023 special',
      'sc-11-2023 static-ip',
      'sc-11-2023 vm-hosting',
    ]);
  });

  it('have no findings, each by itself and all together', () => {
    expect(samples.flatMap(shown)).toEqual([]);
    const changed = samples.flatMap(({ facts, placed: one }) => (facts && one ? [{ facts, places: one.places }] : []));
    const lookup = lookupOf(changed.map((one) => one.facts));
    expect(checkCross(changed, lookup, policies.organisation, policies.messages)).toEqual([]);
  });

  it('start with the modeline of their schema', () => {
    for (const { request } of placed) {
      const [first] = readFileSync(at(`requests/${request.id}.yaml`), 'utf8').split('\n');
      const schema = `../../policies/schema/${request.catalogue}/${request.service}.json`;
      expect(first).toBe(`# yaml-language-server: $schema=${schema}`);
    }
  });

  it('are creations that the catalogue knows, and that somebody can approve', () => {
    for (const one of placed) {
      const classification = classified(null, one);
      expect(classification.findings).toEqual([]);
      expect(classification.ordered).toHaveLength(1);
      const verdict = approve({
        request: one.request,
        classification,
        digest: '',
        approvals: [],
        author: one.request.requester,
        committers: [],
        organisation: policies.organisation,
        day: TODAY,
      });
      expect(verdict.state === 'missing' && verdict.needs.candidates.length > 0).toBe(true);
    }
  });

  it('with a letter are approved once the service desk attests it', () => {
    const byLetter = placed.filter((one) => one.request.approval !== undefined);
    expect(byLetter.length).toBeGreaterThanOrEqual(3);
    for (const one of byLetter) {
      const classification = classified(null, one);
      const { signer = '', date = '' } = one.request.approval?.letter ?? {};
      const digest = requestDigest({
        before: null,
        after: one.request,
        serial: 0,
        items: classification.ordered.map(({ item }) => item.code),
        catalogue: { id: one.request.catalogue, number: '', date: null },
        free: offerOf(one.request).free,
      });
      const verdict = approve({
        request: one.request,
        classification,
        digest,
        approvals: [{ digest, by: signer, on: date, via: 'letter', letterAttestedBy: 'pustek-meja-layanan' }],
        author: one.request.requester,
        committers: [one.request.requester],
        organisation: policies.organisation,
        day: TODAY,
      });
      expect(verdict).toMatchObject({ state: 'granted', by: { id: signer } });
    }
  });
});

describe('demo edits', () => {
  const current = new Map(placed.map((one) => [`${one.request.id}.yaml`, one.request]));

  it.each(demoEdits(NOW))('$name orders $item', ({ path, text, item }) => {
    const before = current.get(path);
    expect(before).toBeDefined();
    const next = examine({ path: `requests/${path}`, bytes: new TextEncoder().encode(text) }, policies);
    expect(shown(next)).toEqual([]);
    if (next.placed === undefined || before === undefined) return;
    const classification = classified(before, next.placed);
    expect(classification.findings).toEqual([]);
    expect(classification.ordered.map((one) => one.item.code)).toEqual(item === null ? [] : [item]);
    current.set(path, next.placed.request);
  });

  it('cover every item of both catalogues that is no creation', () => {
    const known = [...policies.catalogues.keys()].flatMap((id) =>
      [...(policies.catalogues.get(id)?.offers.keys() ?? [])].flatMap(
        (service) =>
          policies.catalogues
            .get(id)
            ?.offers.get(service)
            ?.items.filter((item) => item.on === 'change')
            .map((item) => item.code) ?? [],
      ),
    );
    const shownItems = new Set(demoEdits(NOW).map((edit) => edit.item));
    expect(known.filter((code) => !shownItems.has(code))).toEqual([]);
  });
});
