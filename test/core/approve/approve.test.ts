import { describe, expect, it } from 'vitest';
import { approve } from '../../../core/approve/approve.ts';
import { aCase, anApproval, aRequest, LETTER } from './builders.ts';

const reasons = (it: ReturnType<typeof aCase>) => {
  const verdict = approve(it);
  return verdict.state === 'missing' ? verdict.refused.map((refused) => refused.reason) : verdict.state;
};

describe('approve()', () => {
  it('asks nobody where the catalogue exempts the item', () => {
    expect(approve(aCase({ minEchelon: null, approvals: [] })).state).toBe('not-needed');
  });

  it('grants by an official of the rank, and names the post', () => {
    const verdict = approve(aCase());
    expect(verdict).toMatchObject({ state: 'granted', by: { id: 'kasi' }, post: { echelon: 'IV', unit: 'djp-timur' } });
  });

  it('grants by a superior in a unit above', () => {
    expect(reasons(aCase({ minEchelon: 'II', approvals: [anApproval({ by: 'direktur' })] }))).toBe('granted');
  });

  it('counts an acting rank on its days only', () => {
    const by = (on: string) => aCase({ minEchelon: 'II', approvals: [anApproval({ by: 'kasubdit', on })] });
    expect(reasons(by('2026-11-15'))).toBe('granted');
    expect(reasons(by('2026-11-16'))).toEqual(['approval/rank-too-low']);
  });

  it('takes the first approval that counts and forgets the refused ones', () => {
    expect(reasons(aCase({ approvals: [anApproval({ by: 'staf' }), anApproval()] }))).toBe('granted');
  });

  it.each([
    ['an older digest', anApproval({ digest: 'f'.repeat(64) }), 'approval/other-substance'],
    ['an unknown person', anApproval({ by: 'hantu' }), 'approval/unknown-person'],
    ['a person without a post', anApproval({ by: 'staf' }), 'approval/no-post'],
    ['an official of another unit', anApproval({ by: 'irjen' }), 'approval/other-unit'],
    ['the requester', anApproval({ by: 'pic' }), 'approval/by-requester'],
    ['a date to come', anApproval({ on: '2026-11-21' }), 'approval/later-than-today'],
  ])('refuses %s', (_, approval, reason) => {
    expect(reasons(aCase({ approvals: [approval] }))).toEqual([reason]);
  });

  it.each([
    ['author', { author: 'kasi', committers: [] }],
    ['committer', { author: 'pic', committers: ['pic', 'kasi'] }],
  ])('refuses the %s, whatever their rank', (_, people) => {
    expect(reasons(aCase(people))).toEqual(['approval/by-author']);
  });

  it('names who could approve today, nearest first, without those who have a part', () => {
    const verdict = approve(aCase({ approvals: [], author: 'kasi' }));
    const named = verdict.state === 'missing' ? verdict.needs.candidates.map((person) => person.id) : [];
    expect(named).toEqual(['kasi-meja', 'kasubdit', 'direktur']);
  });
});

describe('approve() over every combination of roles', () => {
  const people = ['pic', 'kasi', 'direktur'];
  const pairs = people.flatMap((requester) =>
    people.flatMap((author) => people.map((by) => ({ requester, author, by }))),
  );

  it.each(
    pairs.flatMap((roles) => people.map((committer) => ({ ...roles, committer }))),
  )('grants $by exactly when they have no part: requester $requester, author $author, committer $committer', ({
    requester,
    author,
    committer,
    by,
  }) => {
    const request = aRequest({ requester });
    const verdict = approve(aCase({ request, author, committers: [committer], approvals: [anApproval({ by })] }));
    expect(verdict.state).toBe([requester, author, committer].includes(by) ? 'missing' : 'granted');
  });
});

describe('approve() by letter', () => {
  const letter = (approval = {}, rest: Parameters<typeof aCase>[0] = {}) =>
    aCase({
      request: aRequest({ approval: { letter: LETTER } }),
      approvals: [anApproval({ via: 'letter', on: LETTER.date, letterAttestedBy: 'meja', ...approval })],
      ...rest,
    });

  it('grants when the service desk attests the letter that the request names', () => {
    expect(reasons(letter())).toBe('granted');
  });

  it('looks at the signer on the date of the letter', () => {
    const acting = (date: string) =>
      letter(
        { by: 'kasubdit', on: date },
        { minEchelon: 'II', request: aRequest({ approval: { letter: { ...LETTER, signer: 'kasubdit', date } } }) },
      );
    expect(reasons(acting('2026-11-02'))).toBe('granted');
    expect(reasons(acting('2026-10-31'))).toEqual(['approval/rank-too-low']);
  });

  it.each([
    ['another signer', { by: 'direktur' }, {}, 'approval/letter-not-in-request'],
    ['another date', { on: '2026-11-03' }, {}, 'approval/letter-not-in-request'],
    ['a request without a letter', {}, { request: aRequest() }, 'approval/letter-not-in-request'],
    ['an attestation by others', { letterAttestedBy: 'direktur' }, {}, 'approval/not-service-desk'],
    ['an attester who wrote the change', {}, { committers: ['meja'] }, 'approval/attester-involved'],
    [
      'an attester who is the requester',
      {},
      { request: aRequest({ requester: 'meja', approval: { letter: LETTER } }) },
      'approval/attester-involved',
    ],
  ])('refuses %s', (_, approval, rest, reason) => {
    expect(reasons(letter(approval, rest))).toEqual([reason]);
  });

  it('refuses a signer who attests their own letter', () => {
    const request = aRequest({ approval: { letter: { ...LETTER, signer: 'kasi-meja' } } });
    expect(reasons(letter({ by: 'kasi-meja', letterAttestedBy: 'kasi-meja' }, { request }))).toEqual([
      'approval/attester-involved',
    ]);
    expect(reasons(letter({ by: 'kasi-meja' }, { request }))).toBe('granted');
  });

  it('refuses a letter that nobody attested', () => {
    const unattested = anApproval({ via: 'letter', on: LETTER.date });
    expect(reasons(letter({}, { approvals: [unattested] }))).toEqual(['approval/letter-not-attested']);
  });
});
