import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CloudResponse } from '../../../../provisioners/cloud/protocol.ts';
import { type CloudRig, cloudUser, type MakeTarget, makeRig, UPN } from '../rig.ts';

const busy = (status: number, retryAfter?: string): CloudResponse => ({
  status,
  headers: retryAfter === undefined ? {} : { 'retry-after': retryAfter },
  body: { error: { code: status === 429 ? 'TooManyRequests' : 'serviceNotAvailable', message: 'Slow down' } },
});

export function patienceCases(make: MakeTarget): void {
  describe('patience', () => {
    let rig: CloudRig;
    beforeEach(async () => {
      rig = await makeRig(make);
    });
    afterEach(() => rig.close());
    /** Answers so many requests with this. */
    const answer = (times: number, response: () => CloudResponse) => {
      let left = times;
      rig.intercept(() => (left-- > 0 ? response() : undefined));
    };
    const total = () => rig.pauses.reduce((sum, ms) => sum + ms, 0);
    const readOne = () => rig.read([cloudUser()], []);

    it('waits as many seconds as Retry-After says', async () => {
      answer(1, () => busy(429, '17'));
      expect((await readOne()).unread).toEqual([]);
      expect(rig.pauses).toEqual([17_000]);
    });

    it('waits until the date that Retry-After says', async () => {
      answer(1, () => busy(429, new Date(rig.now().getTime() + 42_000).toUTCString()));
      expect((await readOne()).unread).toEqual([]);
      expect(rig.pauses).toEqual([42_000]);
    });

    it('backs off with jitter where no Retry-After came', async () => {
      answer(4, () => busy(429));
      expect((await readOne()).unread).toEqual([]);
      rig.pauses.forEach((ms, i) => {
        expect(ms).toBeGreaterThanOrEqual(500 * 2 ** i);
        expect(ms).toBeLessThanOrEqual(1000 * 2 ** i);
      });
      expect(rig.pauses).toHaveLength(4);
    });

    it('tries at most eight times', async () => {
      answer(100, () => busy(429));
      expect((await readOne()).unread).toMatchObject([
        { key: UPN, reason: expect.stringContaining('TooManyRequests') },
      ]);
      expect(rig.requests).toHaveLength(8);
      expect(Math.max(...rig.pauses)).toBeLessThanOrEqual(60_000);
    });

    it('ends the run rather than come back before an hour has passed that it was told to wait', async () => {
      answer(100, () => busy(429, '3600'));
      expect((await readOne()).unread).toHaveLength(1);
      expect(rig.requests).toHaveLength(1);
    });

    it('slows down when the service warns that its limit is near', async () => {
      rig.replace((_, response) => ({
        ...response,
        headers: { ...response.headers, 'x-ms-throttle-limit-percentage': '0.9' },
      }));
      await readOne();
      expect(rig.pauses).toEqual([]);
      await readOne();
      expect(total()).toBeGreaterThanOrEqual(10_000);
    });

    it('does not slow down below the warning', async () => {
      rig.replace((_, response) => ({
        ...response,
        headers: { ...response.headers, 'x-ms-throttle-limit-percentage': '0.7' },
      }));
      await readOne();
      await readOne();
      expect(rig.pauses).toEqual([]);
    });

    it('sends a throttled create again, for nothing was done', async () => {
      const { changes } = await rig.plan([cloudUser()]);
      answer(3, () => busy(429, '1'));
      expect(await rig.apply(changes)).toMatchObject([{ result: 'done' }]);
      expect(rig.sandbox.store.users()).toHaveLength(1);
    });

    it.each([503, 504])('repeats a change of a user after %i, for twice is the same as once', async (status) => {
      await rig.fulfil([cloudUser()]);
      const { changes } = await rig.plan([cloudUser({ displayName: 'Andi P.' })]);
      let once = true;
      rig.replace((request) => {
        if (request.method !== 'PATCH' || !once) return undefined;
        once = false;
        return busy(status);
      });
      expect(await rig.apply(changes)).toMatchObject([{ result: 'done' }]);
    });

    it('never sends a create again after 504 without looking, and answers unknown where nothing is seen', async () => {
      const { changes } = await rig.plan([cloudUser()]);
      rig.intercept((request) => (request.method === 'POST' ? busy(504) : undefined));
      expect(await rig.apply(changes)).toMatchObject([{ result: 'unknown', error: { operation: 'POST /users' } }]);
      expect(rig.requests.filter((request) => request.method === 'POST')).toHaveLength(1);
    });

    it('looks before every new try of a create while the service is unavailable', async () => {
      const { changes } = await rig.plan([cloudUser()]);
      let left = 3;
      rig.intercept((request) => (request.method === 'POST' && left-- > 0 ? busy(503, '5') : undefined));
      rig.requests.length = 0;
      expect(await rig.apply(changes)).toMatchObject([{ result: 'done' }]);
      const order = rig.requests.slice(0, 8).map((request) => request.method);
      expect(order).toEqual(['GET', 'POST', 'GET', 'POST', 'GET', 'POST', 'GET', 'POST']);
      expect(rig.pauses.slice(0, 3)).toEqual([5000, 5000, 5000]);
    });

    it('carries fifty users through 429 and 503 on half of all calls, never early, at most eight tries', async () => {
      const users = Array.from({ length: 50 }, (_, i) => cloudUser({ licence: null }, `pegawai${i}@contoh.test`));
      const plan = await rig.plan(users);
      let calls = 0;
      let early = 0;
      let notBefore = 0;
      rig.intercept(() => {
        if (rig.now().getTime() < notBefore) early++;
        if (++calls % 2 === 0) return undefined;
        const seconds = calls % 4 === 1 ? 3 : undefined;
        notBefore = rig.now().getTime() + (seconds ?? 0) * 1000;
        return busy(calls % 8 < 4 ? 429 : 503, seconds?.toString());
      });
      const outcomes = await rig.apply(plan.changes);
      expect(outcomes.filter((outcome) => outcome.result !== 'done')).toEqual([]);
      expect(rig.sandbox.store.users()).toHaveLength(50);
      expect(early).toBe(0);
    });
  });
}
