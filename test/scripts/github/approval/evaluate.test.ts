import { describe, expect, it } from 'vitest';
import { evaluateApprovals } from '../../../../scripts/github/approval/evaluate.ts';
import { historyWith, newEntries } from '../../../../scripts/github/approval/history.ts';
import { notCounted } from '../../../../scripts/github/approval/not-counted.ts';
import { involvedIn } from '../../../../scripts/github/approval/people.ts';
import { digestsOf, substanceOf, typed } from '../../../../scripts/github/approval/substance.ts';
import { accountFile, addressFile } from '../../../builders/request-files.ts';
import { policies } from '../../../policies/builders.ts';
import { aComment, aReview, context, factsOf, HEAD, LOGINS, NO_HISTORY, preparedOf, TODAY } from '../world.ts';

const one = preparedOf({ 'djp/andi': accountFile() });
const two = preparedOf({ 'djp/andi': accountFile(), 'djp/uji': addressFile() });
const first = (prepared: typeof one) => prepared[0]?.digest ?? '';
const lineOf = (prepared: typeof one) => `/setuju ${typed(substanceOf(prepared))}`;
const evaluate = (
  prepared: typeof one,
  ...[over]: Parameters<typeof factsOf> extends [unknown, ...infer R] ? R : never
) => evaluateApprovals(prepared, factsOf(prepared, over), context);
const states = (result: ReturnType<typeof evaluate>) => result.prepared.map(({ verdict }) => verdict.state);
const codes = (result: ReturnType<typeof evaluate>) => result.remarks.map(({ code }) => code);
const refusals = (result: ReturnType<typeof evaluate>) =>
  result.prepared.flatMap(({ verdict }) => (verdict.state === 'missing' ? verdict.refused.map((it) => it.reason) : []));

describe('evaluateApprovals()', () => {
  it('counts the exact line of an official of sufficient rank, and enters it', () => {
    const result = evaluate(one, { events: [aComment(LOGINS.iv, lineOf(one))] });
    expect(states(result)).toEqual(['granted']);
    expect(result.entries).toEqual([
      {
        type: 'approved',
        request: 'djp/andi',
        approval: { digest: one[0]?.digest, by: 'djp-kasi-aplikasi', on: TODAY, via: 'command' },
      },
    ]);
  });

  it('counts an approving review of what was shown', () => {
    const result = evaluate(one, { events: [aReview(LOGINS.iii, { body: 'Silakan.' })] });
    expect(states(result)).toEqual(['granted']);
  });

  it('lets one line approve a whole pull request, or each request by itself', () => {
    expect(states(evaluate(two, { events: [aComment(LOGINS.iv, lineOf(two))] }))).toEqual(['granted', 'granted']);
    const single = `/setuju ${typed(two[1]?.digest ?? '')}`;
    expect(states(evaluate(two, { events: [aComment(LOGINS.iv, single)] }))).toEqual(['missing', 'granted']);
  });

  it('refuses the requester, the author, a committer and a co-author', () => {
    const byRequester = evaluate(one, { events: [aComment(LOGINS.author, lineOf(one))] });
    expect(refusals(byRequester)).toEqual(['approval/by-requester']);
    const events = [aComment(LOGINS.iv, lineOf(one))];
    expect(refusals(evaluate(one, { events, author: 'Contoh-Eka' }))).toEqual(['approval/by-author']);
    expect(refusals(evaluate(one, { events, committers: [LOGINS.iv] }))).toEqual(['approval/by-author']);
    const message = 'x\n\nCo-authored-by: Contoh Eka <12345+contoh-eka@users.noreply.github.com>';
    const committers = involvedIn([{ author: LOGINS.author, committer: 'web-flow', message }]);
    expect(committers).toEqual([LOGINS.author, LOGINS.iv]);
    expect(refusals(evaluate(one, { events, committers }))).toEqual(['approval/by-author']);
  });

  it('refuses an account that nobody registered, and one that is no member any more', () => {
    expect(codes(evaluate(one, { events: [aComment('asing', lineOf(one))] }))).toEqual(['approval/unknown-login']);
    const author = { login: LOGINS.iv, association: 'NONE' };
    expect(codes(evaluate(one, { events: [aComment(LOGINS.iv, lineOf(one), { author })] }))).toEqual([
      'approval/outsider',
    ]);
  });

  it('refuses an edited comment', () => {
    const result = evaluate(one, { events: [aComment(LOGINS.iv, lineOf(one), { edited: true })] });
    expect(codes(result)).toEqual(['approval/edited']);
    expect(states(result)).toEqual(['missing']);
  });

  it('refuses a code that fits nothing, and names the substance that was approved before', () => {
    expect(codes(evaluate(one, { events: [aComment(LOGINS.iv, `/setuju ${'0'.repeat(32)}`)] }))).toEqual([
      'approval/unknown-digest',
    ]);
    const before = preparedOf({ 'djp/andi': accountFile({ internet: false }) });
    const digestsAt = new Map([
      ['1'.repeat(40), digestsOf(before)],
      [HEAD, digestsOf(one)],
    ]);
    const result = evaluate(one, { events: [aComment(LOGINS.iv, lineOf(before))], digestsAt });
    expect(refusals(result)).toEqual(['approval/other-substance']);
  });

  it('survives an edit that changes nothing of substance, and falls with one that does', () => {
    const events = [aComment(LOGINS.iv, lineOf(one)), aReview(LOGINS.iii)];
    const old = HEAD;
    const head = '2'.repeat(40);
    const later = (files: Record<string, string>) => {
      const now = preparedOf(files);
      const digestsAt = new Map([
        [old, digestsOf(one)],
        [head, digestsOf(now)],
      ]);
      return evaluate(now, { events, digestsAt });
    };
    expect(states(later({ 'djp/andi': accountFile({}, { title: 'Judul yang lebih baik' }) }))).toEqual(['granted']);
    expect(states(later({ 'djp/andi': accountFile({ internet: false }) }))).toEqual(['missing']);
  });

  it('is used once: fulfilled and asked again, the request has another digest', () => {
    const version = one[0]?.request;
    if (version === undefined) throw new Error('No request');
    const fulfilled = { version, desired: '', objects: {}, at: `${TODAY}T05:00:00Z`, serial: 1 };
    const history = { ...NO_HISTORY, fulfilled: new Map([['djp/andi', fulfilled]]) };
    const off = preparedOf({ 'djp/andi': accountFile({ displayName: 'Contoh Andi Baru' }) }, { history });
    const digestsAt = new Map([[HEAD, digestsOf(one)]]);
    const result = evaluate(off, { events: [aComment(LOGINS.iv, lineOf(one))], digestsAt });
    expect(refusals(result)).toEqual(['approval/other-substance']);
  });

  it('takes the approval back where its author asks for changes afterwards', () => {
    const events = [
      aComment(LOGINS.iv, lineOf(one)),
      aReview(LOGINS.iv, { state: 'CHANGES_REQUESTED', at: `${TODAY}T05:00:00Z` }),
    ];
    const result = evaluate(one, { events });
    expect(states(result)).toEqual(['missing']);
    expect(codes(result)).toEqual(['approval/withdrawn']);
    const again = [...events, aComment(LOGINS.iv, lineOf(one), { at: `${TODAY}T06:00:00Z` })];
    expect(states(evaluate(one, { events: again }))).toEqual(['granted']);
  });

  it('judges rank on the day of the approval, acting officials included', () => {
    const umum = preparedOf({ 'biro-umum/mobil': accountFile({ login: 'mobil' }, { requester: 'umum-pic' }) });
    const at = (day: string) => aComment('contoh-prabu', lineOf(umum), { at: `${day}T04:00:00Z` });
    const [granted] = evaluate(umum, { events: [at('2026-11-20')] }).prepared;
    expect(granted?.verdict).toMatchObject({ state: 'granted', post: { echelon: 'II', acting: true } });
    const [before] = evaluate(umum, { events: [at('2026-10-20')] }).prepared;
    expect(before?.verdict).toMatchObject({ state: 'granted', post: { echelon: 'III' } });
    // 20 November, half past midnight in Jakarta.
    const late = aComment('contoh-prabu', lineOf(umum), { at: '2026-11-19T17:30:00Z' });
    expect(evaluate(umum, { events: [late] }).entries[0]?.approval.on).toBe('2026-11-20');
  });

  it('gives a reason and a next step for each approval that does not count, the latest first', () => {
    const line = lineOf(one);
    const events = [aComment('asing', line), aComment(LOGINS.iv, '/setuju'), aComment(LOGINS.author, line)];
    const refused = notCounted(evaluate(one, { events }), policies.organisation, policies.messages);
    expect(refused.map(({ code }) => code)).toEqual([
      'approval/extra-words',
      'approval/unknown-login',
      'approval/by-requester',
    ]);
    expect(refused[0]?.reason.id).toContain('Contoh Eka');
    expect(refused[0]?.next.id).toContain('komentar baru');
  });

  it('enters nothing twice', () => {
    const { entries } = evaluate(one, { events: [aComment(LOGINS.iv, lineOf(one))] });
    const history = historyWith(NO_HISTORY, entries);
    expect(newEntries(NO_HISTORY, entries)).toHaveLength(1);
    expect(newEntries(history, entries)).toEqual([]);
    expect(preparedOf({ 'djp/andi': accountFile() }, { history })[0]?.verdict.state).toBe('granted');
  });
});

describe('evaluateApprovals() of a review', () => {
  const before = preparedOf({ 'djp/andi': accountFile({ internet: false }) });
  const old = '1'.repeat(40);
  const digestsAt = new Map([
    [old, digestsOf(before)],
    [HEAD, digestsOf(one)],
  ]);
  const shown = [
    { at: `${TODAY}T02:00:00Z`, head: old },
    { at: `${TODAY}T03:00:00Z`, head: HEAD },
  ];

  it('refuses a page that stood open while the substance changed', () => {
    const result = evaluate(one, { events: [aReview(LOGINS.iv, { commit: old })], shown, digestsAt });
    expect(codes(result)).toEqual(['approval/not-shown']);
  });

  it('refuses a commit id that moved forward after an approval of older substance', () => {
    const moved = aReview(LOGINS.iv, { commit: HEAD, at: `${TODAY}T02:30:00Z` });
    expect(codes(evaluate(one, { events: [moved], shown, digestsAt }))).toEqual(['approval/not-shown']);
  });

  it('refuses an approval within a minute after the substance changed', () => {
    const hasty = aReview(LOGINS.iv, { at: `${TODAY}T03:00:59Z` });
    expect(codes(evaluate(one, { events: [hasty], shown, digestsAt }))).toEqual(['approval/too-soon']);
    const calm = aReview(LOGINS.iv, { at: `${TODAY}T03:01:00Z` });
    expect(states(evaluate(one, { events: [calm], shown, digestsAt }))).toEqual(['granted']);
  });

  it('refuses one where the record of what was shown is not to be trusted, and takes the line instead', () => {
    expect(codes(evaluate(one, { events: [aReview(LOGINS.iv)], shown: [] }))).toEqual(['approval/not-shown']);
    expect(states(evaluate(one, { events: [aComment(LOGINS.iv, lineOf(one))], shown: [] }))).toEqual(['granted']);
  });

  it('binds a review to the line in its text where that text is sure to be the first', () => {
    const body = `/setuju ${typed(first(two))}`;
    expect(states(evaluate(two, { events: [aReview(LOGINS.iv, { body, edited: false })] }))).toEqual([
      'granted',
      'missing',
    ]);
  });

  it('takes no review that was dismissed, and none that only comments', () => {
    expect(states(evaluate(one, { events: [aReview(LOGINS.iv, { state: 'DISMISSED' })] }))).toEqual(['missing']);
    expect(states(evaluate(one, { events: [aReview(LOGINS.iv, { state: 'COMMENTED' })] }))).toEqual(['missing']);
  });
});

describe('evaluateApprovals() of letters and names', () => {
  const sha256 = '6'.repeat(64);
  const letter = { number: 'ND-1/KC/2026', date: '2026-11-02', signer: 'djp-kasubdit-aplikasi', sha256 };
  const withLetter = preparedOf({ 'djp/andi': accountFile({}, { approval: { letter } }) });
  const attested = (prepared: typeof one, sum: string, login: string = LOGINS.desk) =>
    evaluate(prepared, { events: [aComment(login, `/surat ${typed(substanceOf(prepared))} ${sum}`)] });

  it('counts a letter that the service desk has seen, by the rank of its day', () => {
    const result = attested(withLetter, sha256);
    expect(states(result)).toEqual(['granted']);
    expect(result.entries[0]?.approval).toMatchObject({
      by: 'djp-kasubdit-aplikasi',
      on: '2026-11-02',
      via: 'letter',
      letterAttestedBy: 'pustek-meja-layanan',
    });
  });

  it('refuses another letter, one that the request does not name, and an attestation by anyone else', () => {
    expect(codes(attested(withLetter, '7'.repeat(64)))).toEqual(['approval/letter-differs']);
    expect(codes(attested(one, sha256))).toEqual(['approval/no-letter']);
    expect(refusals(attested(withLetter, sha256, LOGINS.iv))).toEqual(['approval/not-service-desk']);
  });

  it('names a deletion for the request and its substance, by whoever may approve it, for seven days', () => {
    const object = 'directory-account:andi.contoh';
    const named = (login: string, day = TODAY) =>
      evaluate(one, {
        events: [aComment(login, `/hapus ${object} ${typed(first(one))}`, { at: `${day}T04:00:00Z` })],
      });
    const result = named(LOGINS.iv);
    expect(result.entries).toContainEqual(expect.objectContaining({ request: 'djp/andi', deletes: [object] }));
    expect(historyWith(NO_HISTORY, result.entries).namedDeletes.size).toBe(1);
    expect(codes(named(LOGINS.desk))).toEqual(['approval/name-unapproved']);
    expect(codes(named(LOGINS.iv, '2026-11-12'))).toEqual(['approval/name-expired']);
  });
});
