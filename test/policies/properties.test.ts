import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ServiceRequest } from '../../core/request.ts';
import { account, address, classified, expand, holdsOf, specFaults } from './builders.ts';

const name = fc.stringMatching(/^[a-z][a-z0-9]{2,10}$/);
const stamp = fc.date({ min: new Date('2026-01-01'), max: new Date('2026-11-22'), noInvalidDate: true });
const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });

const accountSpec = (catalogue: string): fc.Arbitrary<Record<string, unknown>> =>
  fc.record<Record<string, unknown>>({
    login: name,
    kind: fc.constantFrom('individual', 'special', 'group'),
    displayName: fc.stringMatching(/^[A-Z][a-z]{1,70}$/),
    nip: optional(fc.stringMatching(/^\d{18}$/)),
    address: optional(name),
    aliases: optional(fc.uniqueArray(name, { maxLength: 3 })),
    mailbox: fc.constantFrom('standard', 'none', ...(catalogue === 'sc-11-2023' ? ['licensed'] : [])),
    internet: fc.boolean(),
    members: optional(fc.uniqueArray(name, { maxLength: 3 })),
    passwordResetAt: optional(stamp.map((date) => date.toISOString())),
    ...(catalogue === 'sc-11-2023'
      ? { mfaResetAt: optional(stamp.map((date) => date.toISOString())) }
      : { mailboxGb: optional(fc.constantFrom(1, 1.25, 2)) }),
  });

const accounts = fc
  .constantFrom('sc-11-2023', 'itsm-9-legacy')
  .chain((catalogue) =>
    fc
      .tuple(accountSpec(catalogue), fc.constantFrom('active', 'disabled'))
      .map(([spec, state]): ServiceRequest => account(spec, { catalogue, state: state as 'active' })),
  );
const addresses = fc
  .record({
    host: name,
    zone: fc.constantFrom('djp.contoh.test', 'itjen.contoh.test'),
    aliases: optional(fc.uniqueArray(name, { maxLength: 3 })),
    ttl: optional(fc.integer({ min: 60, max: 86_400 })),
  })
  .chain((spec) => fc.constantFrom('active', 'deleted').map((state) => address(spec, { state: state as 'active' })));
const versions = fc.oneof(fc.tuple(accounts, accounts), fc.tuple(addresses, addresses));

describe('any two versions of a request that the schema takes', () => {
  it('are classified: each changed path is claimed, free, or found; no expression fails', () => {
    fc.assert(
      fc.property(versions, ([before, after]) => {
        expect(specFaults(after)).toEqual([]);
        holdsOf(after);
        classified(null, after);
        const { ordered, findings } = classified(before, after);
        for (const { paths } of ordered) expect(paths.length).toBeGreaterThan(0);
        if (before.catalogue !== after.catalogue) return;
        const same = JSON.stringify(before.spec) === JSON.stringify(after.spec) && before.state === after.state;
        if (same) expect([...ordered, ...findings]).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  it('expand to plain fields without a repeated key', () => {
    fc.assert(
      fc.property(fc.oneof(accounts, addresses), (request) => {
        const resources = expand(request);
        const keys = resources.map(({ kind, key }) => `${kind}:${key}`);
        if (!keys.some((key) => key.includes('CNAME'))) expect(new Set(keys).size).toBe(keys.length);
        for (const { fields, request: owner } of resources) {
          expect(owner).toBe(request.id);
          expect(JSON.parse(JSON.stringify(fields))).toEqual(fields);
        }
      }),
      { numRuns: 200 },
    );
  });
});
