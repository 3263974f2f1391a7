import { describe, expect, it } from 'vitest';
import { digest } from '../../../core/canonical.ts';
import { NOTHING } from '../../../core/capacity/amounts.ts';
import type { Fulfilled } from '../../../core/journal/history.ts';
import { planRequests } from '../../../core/plan/plan.ts';
import type { ServiceRequest } from '../../../core/request.ts';
import type { Observed } from '../../../core/resource.ts';
import type { Reached, TermPhase } from '../../../core/term/term.ts';
import { reading, standing } from '../../builders/resources.ts';
import { offerWith, policiesWith, preparedOn, request, service } from '../../builders/termed.ts';
import { policies, unit } from '../../policies/builders.ts';

const END = '2026-12-10';

const resourcesIn = (phase: TermPhase, one: ServiceRequest = request()) =>
  phase === 'absent'
    ? []
    : service.expand(one, [], {
        today: END,
        phase,
        unit,
        figures: {},
        environment: policies.environment,
        addresses: {},
      });

/** Fulfilled in a phase; `on` without a day. */
const fulfilledIn = (phase: TermPhase, since = END, version: ServiceRequest = request()): Fulfilled => ({
  version,
  desired: digest(resourcesIn(phase, version)),
  objects: { 'directory-account': 1 },
  at: '2026-11-01T00:00:00Z',
  serial: 1,
  ...(phase === 'on' ? {} : { term: { phase, since } satisfies Reached }),
});

const objectIn = (phase: TermPhase, fields: Observed['fields'] = {}): readonly Observed[] =>
  resourcesIn(phase).map((one) => standing(one, { fields: { ...one.fields, ...fields } }));

async function plan(today: string, before: Fulfilled, objects: readonly Observed[], after = before.version) {
  const offer = offerWith();
  const read = async () => reading(objects);
  const policiesNow = policiesWith(offer);
  const { plan, orders } = await planRequests([preparedOn(today, after, before, offer)], {
    policies: policiesNow,
    today,
    read,
    supply: () => ({ freePercent: 0, pending: NOTHING, endingSoon: NOTHING }),
  });
  return { changes: plan.changes, held: plan.held, mode: orders.get(after.id)?.mode };
}

describe('the end of a term', () => {
  it('changes nothing on its last day', async () => {
    expect(await plan(END, fulfilledIn('on'), objectIn('on'))).toEqual({ changes: [], held: [], mode: 'settled' });
  });

  it('turns off on the day after, under the approval of the term', async () => {
    const { changes, mode } = await plan('2026-12-11', fulfilledIn('on'), objectIn('on'));
    expect(mode).toBe('due');
    expect(changes).toMatchObject([{ action: 'update', before: { enabled: true }, after: { enabled: false } }]);
  });

  it('leaves alone what drifted, and says so', async () => {
    const drifted = objectIn('on', { displayName: 'Nama Lain' });
    const { changes, held } = await plan('2026-12-11', fulfilledIn('on'), drifted);
    expect(changes).toMatchObject([{ action: 'update', after: { enabled: false } }]);
    expect(changes[0]).not.toHaveProperty('after.displayName');
    expect(held).toMatchObject([{ reason: 'drift', detail: 'Left as it is: displayName' }]);
  });

  it('does not make again what is gone', async () => {
    const { changes, held } = await plan('2026-12-11', fulfilledIn('on'), []);
    expect(changes).toEqual([]);
    expect(held).toMatchObject([{ reason: 'drift' }]);
  });

  it('is not what drift is taken for: off before its end is drift', async () => {
    const { changes, held, mode } = await plan('2026-12-01', fulfilledIn('on'), objectIn('off'));
    expect({ changes, mode }).toEqual({ changes: [], mode: 'settled' });
    expect(held).toMatchObject([{ reason: 'drift' }]);
  });

  it('is drift too when somebody turns it on again in the grace', async () => {
    const { changes, held } = await plan('2026-12-12', fulfilledIn('off', '2026-12-11'), objectIn('on'));
    expect(changes).toEqual([]);
    expect(held).toMatchObject([{ reason: 'drift' }]);
  });

  it.each([
    ['2026-12-17', []],
    ['2026-12-18', ['delete']],
  ])('on %s, off since the 11th, plans %j', async (today, actions) => {
    const { changes } = await plan(today, fulfilledIn('off', '2026-12-11'), objectIn('off'));
    expect(changes.map((one) => one.action)).toEqual(actions);
  });

  it('deletes once: after that nothing is planned, and what comes back is an orphan', async () => {
    const gone = fulfilledIn('absent', '2026-12-18');
    expect(await plan('2027-01-01', gone, [])).toEqual({ changes: [], held: [], mode: 'settled' });
    const back = await plan('2027-01-01', gone, objectIn('on'));
    expect(back.changes).toEqual([]);
    expect(back.held).toMatchObject([{ reason: 'orphan' }]);
  });

  it('deletes no kind that the term does not name', async () => {
    const record: Observed = {
      kind: 'dns-record',
      key: 'A tamu.djp.contoh.test',
      owner: 'djp/tamu',
      fields: {},
      phase: 'ready',
    };
    const { changes, held } = await plan('2026-12-18', fulfilledIn('off', '2026-12-11'), [...objectIn('off'), record]);
    expect(changes.map((one) => one.kind)).toEqual(['directory-account']);
    expect(held).toMatchObject([{ reason: 'orphan', kind: 'dns-record' }]);
  });

  it('does not delete where the clock jumps from the term past the grace: first it is off', async () => {
    const { changes } = await plan('2031-01-01', fulfilledIn('on'), objectIn('on'));
    expect(changes).toMatchObject([{ action: 'update', after: { enabled: false } }]);
  });

  it('is brought back by an extension, which is an item', async () => {
    const extended = request({ until: '2027-03-31' });
    const before = fulfilledIn('off', '2026-12-11');
    const { changes, mode } = await plan('2026-12-14', before, objectIn('off'), extended);
    expect(mode).toBe('ordered');
    expect(changes).toMatchObject([{ action: 'update', after: { enabled: true } }]);
  });

  it('is forestalled by a deletion that is asked for', async () => {
    const deleted = request({}, { state: 'deleted' });
    const { changes } = await plan('2026-12-12', fulfilledIn('off', '2026-12-11'), objectIn('off'), deleted);
    expect(changes.map((one) => one.action)).toEqual(['delete']);
  });

  it('brings about all that differs where the rules changed since', async () => {
    const other = { ...fulfilledIn('on'), desired: '0'.repeat(64) };
    const { mode } = await plan('2026-12-11', other, objectIn('on', { displayName: 'Nama Lain' }));
    expect(mode).toBe('ordered');
  });
});
