import { describe, expect, it } from 'vitest';
import { TargetError } from '../../../core/errors.ts';
import { patient } from '../../../scripts/github/patience.ts';
import type { GitHubRequest, GitHubResponse } from '../../../scripts/github/protocol.ts';

const GET: GitHubRequest = { method: 'GET', path: '/x' };
const POST: GitHubRequest = { method: 'POST', path: '/x' };
const NOW = Date.parse('2026-11-20T03:00:00Z');
const answer = (status: number, headers: Readonly<Record<string, string>> = {}, message = ''): GitHubResponse => ({
  status,
  headers,
  body: { message },
});
const lost = () =>
  new TargetError({ system: 'github', operation: 'x', code: 'timeout', effect: 'lost', message: 'No answer came' });

/** A client that answers from a list, and what was waited. */
function scripted(...answers: readonly (GitHubResponse | TargetError)[]) {
  const left = [...answers];
  const pauses: number[] = [];
  const send = async () => {
    const next = left.shift();
    if (next === undefined) throw new Error('It was asked once too often');
    if (next instanceof TargetError) throw next;
    return next;
  };
  const clock = { now: () => new Date(NOW), pause: async (ms: number) => void pauses.push(ms), randomInt: () => 0 };
  return { client: patient({ send }, clock), pauses, left };
}

describe('patient()', () => {
  it('waits as long as Retry-After asks, reading and writing alike', async () => {
    const { client, pauses } = scripted(answer(429, { 'retry-after': '7' }), answer(200));
    await expect(client.send(POST)).resolves.toMatchObject({ status: 200 });
    expect(pauses).toEqual([7000]);
  });

  it('waits for the end of the hour where the quota is used up', async () => {
    const headers = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(NOW / 1000 + 30) };
    const { client, pauses } = scripted(answer(403, headers), answer(200));
    await client.send(GET);
    expect(pauses).toEqual([30_000]);
  });

  it('backs off longer and longer where a limit says nothing', async () => {
    const { client, pauses } = scripted(answer(429), answer(429), answer(200));
    await client.send(POST);
    expect(pauses).toEqual([2000, 4000]);
  });

  it('gives up where it would have to wait for long', async () => {
    const { client, pauses } = scripted(answer(429, { 'retry-after': '3600' }));
    await expect(client.send(GET)).rejects.toMatchObject({ code: '429', effect: 'refused' });
    expect(pauses).toEqual([]);
  });

  it.each([
    ['500', answer(500)],
    ['no answer', lost()],
  ])('reads again after %s', async (_, first) => {
    const { client } = scripted(first, answer(200));
    await expect(client.send(GET)).resolves.toMatchObject({ status: 200 });
  });

  it.each([
    ['500', answer(500)],
    ['no answer', lost()],
  ])('never writes again after %s what must not be done twice', async (_, first) => {
    const { client, left } = scripted(first, answer(200));
    await expect(client.send(POST)).rejects.toMatchObject({ effect: 'lost' });
    expect(left).toHaveLength(1);
  });

  it('writes again what stands afterwards as it stood', async () => {
    const { client } = scripted(answer(502), answer(200));
    await expect(client.send({ ...POST, repeatable: true })).resolves.toMatchObject({ status: 200 });
  });

  it('asks once more after a bare 403, and takes the second one for an answer', async () => {
    const { client, pauses } = scripted(answer(403), answer(403));
    await expect(client.send(GET)).rejects.toMatchObject({ code: '403', effect: 'refused' });
    expect(pauses).toEqual([1000]);
  });

  it('tells a refusal at once, with what GitHub said', async () => {
    const { client } = scripted(answer(422, {}, 'Validation failed'));
    await expect(client.send(POST)).rejects.toThrow(/Validation failed \(422\)/);
  });
});
