import { describe, expect, it } from 'vitest';
import { lookupOf } from '../../../../core/validate/census.ts';
import { factsOf as requestFacts } from '../../../../core/validate/facts.ts';
import { annotationsOf } from '../../../../scripts/github/comment/annotations.ts';
import { labelChanges, labelsOf } from '../../../../scripts/github/comment/labels.ts';
import { momentText } from '../../../../scripts/github/comment/moment.ts';
import { quotaRows } from '../../../../scripts/github/comment/quotas.ts';
import { reviewersOf } from '../../../../scripts/github/comment/reviewers.ts';
import { standingOf, statusOf } from '../../../../scripts/github/comment/status.ts';
import { accountFile, addressFile } from '../../../builders/request-files.ts';
import { policies } from '../../../policies/builders.ts';
import {
  aCheck,
  aCreate,
  aDelete,
  aFinding,
  aHeld,
  anApply,
  anUpdate,
  aPlan,
  aRequest,
  both,
} from '../../report/sample.ts';
import { LOGINS, NO_HISTORY, preparedOf } from '../world.ts';

const waiting = aRequest({ state: 'waiting-approval' });

describe('standingOf()', () => {
  it('is ready only where nothing is wrong, missing or held for good', () => {
    expect(standingOf(aPlan({}, { requests: [aRequest()] }))).toBe('ready');
    expect(standingOf(aPlan({}, { requests: [aRequest(), waiting] }))).toBe('waiting');
    expect(standingOf(aPlan({}, { requests: [waiting], findings: [aFinding()] }))).toBe('invalid');
    const unnamed = [aFinding({ code: 'rails/deletes' })];
    expect(standingOf(aPlan({}, { requests: [waiting], findings: unnamed }))).toBe('naming');
    expect(standingOf(aPlan({}, { requests: [aRequest({ state: 'held', held: [aHeld()] })] }))).toBe('held');
    expect(standingOf(aPlan({}, { requests: [aRequest({ held: [aHeld({ reason: 'needs' })] })] }))).toBe('ready');
    expect(standingOf(aCheck({ requests: [aRequest({ state: 'unchanged' })] }))).toBe('none');
  });

  it('tells after an apply whether all is done, goes on or failed', () => {
    const standing = (...states: (typeof waiting.state)[]) =>
      standingOf(anApply([], { requests: states.map((state) => aRequest({ state })) }));
    expect(standing('applied', 'unchanged')).toBe('done');
    expect(standing('applied', 'waiting')).toBe('going-on');
    expect(standing('applied', 'failed')).toBe('failed');
  });
});

describe('statusOf()', () => {
  it('lets a pull request be merged only when it is ready or changes no request', () => {
    const state = (...requests: (typeof waiting)[]) => statusOf(aPlan({}, { requests }), 'id').state;
    expect([state(aRequest()), state(), state(waiting)]).toEqual(['success', 'success', 'pending']);
    const faulty = statusOf(aPlan({}, { requests: [waiting], findings: [aFinding(), aFinding()] }), 'id');
    expect(faulty).toEqual({ context: 'layanan', state: 'failure', description: '2 kesalahan harus diperbaiki' });
  });
});

describe('labelsOf()', () => {
  const names = (report: Parameters<typeof labelsOf>[0]) => labelsOf(report).map(({ name }) => name);

  it('tells how it stands, what is at risk, and the services', () => {
    const changes = [anUpdate()];
    expect(names(aPlan({ changes }, { requests: [waiting, aRequest({ service: 'static-ip' })] }))).toEqual([
      'status:menunggu-persetujuan',
      'risiko:sedang',
      'layanan:account',
      'layanan:static-ip',
    ]);
  });

  it('is at high risk where something is taken away, at low risk where all is new', () => {
    expect(names(aPlan({ changes: [aDelete(), aCreate()] }, { requests: [waiting] }))).toContain('risiko:tinggi');
    expect(names(aPlan({ changes: [aCreate()] }, { requests: [waiting] }))).toContain('risiko:rendah');
  });

  it('takes off what no longer holds and leaves labels of people alone', () => {
    const wanted = labelsOf(aPlan({}, { requests: [aRequest()] }));
    const change = labelChanges(['status:menunggu-persetujuan', 'layanan:account', 'bug'], wanted);
    expect(change.remove).toEqual(['status:menunggu-persetujuan']);
    expect(change.add.map(({ name }) => name)).toEqual(['status:siap-digabung', 'risiko:rendah']);
  });
});

describe('reviewersOf()', () => {
  it('asks the nearest officials, never the author or the requester', () => {
    const prepared = preparedOf({ 'djp/andi': accountFile() });
    expect(reviewersOf(prepared, LOGINS.author)).toEqual({ logins: ['contoh-eka', 'contoh-sari'], unreachable: [] });
    const own = preparedOf({ 'djp/andi': accountFile() }, { author: LOGINS.iv });
    expect(reviewersOf(own, LOGINS.iv).logins).toEqual(['contoh-sari', 'contoh-wibowo']);
  });

  it('asks nobody once it is approved or needs no approval', () => {
    const [one] = preparedOf({ 'djp/andi': accountFile() });
    if (one === undefined) throw new Error('No request');
    expect(reviewersOf([{ ...one, verdict: { state: 'not-needed' } }], LOGINS.author).logins).toEqual([]);
  });
});

describe('quotaRows()', () => {
  it('tells what was used, is asked and would be left, of what the pull request touches', () => {
    const prepared = preparedOf({ 'djp/andi': accountFile({ address: 'andi', mailbox: 'licensed' }) });
    const facts = prepared.map(({ request, service }) => requestFacts(request, '', service, policies.environment));
    const others = [1, 2, 3].map((at) => ({ ...facts[0], id: `djp/x${at}` }) as (typeof facts)[0]);
    const rows = quotaRows(prepared, lookupOf([...facts, ...others]), policies.organisation);
    expect(rows).toContainEqual({ unit: 'djp', key: 'accounts', limit: 2000, used: 3, asked: 1, left: 1996 });
    expect(rows.map(({ key }) => key).sort()).toEqual(['accounts', 'licences']);
  });

  it('counts back what a deletion frees', () => {
    const [one] = preparedOf({ 'djp/uji': addressFile() });
    if (one === undefined) throw new Error('No request');
    const before = { version: one.request, desired: '', objects: {}, at: '', serial: 1 };
    const history = { ...NO_HISTORY, fulfilled: new Map([['djp/uji', before]]) };
    const prepared = preparedOf({ 'djp/uji': addressFile({}, { state: 'deleted' }) }, { history });
    const [row] = quotaRows(prepared, lookupOf([]), policies.organisation);
    expect(row).toMatchObject({ key: 'addresses', used: 1, asked: -1 });
  });
});

describe('annotationsOf()', () => {
  it('stands on the exact line with its level', () => {
    expect(annotationsOf([aFinding()], 'id')).toEqual([
      {
        path: 'requests/djp/andi.yaml',
        start_line: 5,
        end_line: 5,
        start_column: 3,
        end_column: 3,
        annotation_level: 'failure',
        title: 'spec/unknown-field',
        message: "Bidang 'mailbx' tidak dikenal\nbenar: mailbox",
      },
    ]);
  });

  it('shows the worst first, at most 50, and tells how many are in the summary', () => {
    const warnings = Array.from({ length: 60 }, (_, at) => aFinding({ line: at + 1, severity: 'warning' }));
    const all = annotationsOf([...warnings, aFinding({ line: 99, message: both('Salah') })], 'id');
    expect(all).toHaveLength(50);
    expect(all[0]).toMatchObject({ start_line: 99, annotation_level: 'failure' });
    expect(all.at(-1)).toMatchObject({ annotation_level: 'notice', message: '12 temuan lainnya di ringkasan' });
  });
});

describe('momentText()', () => {
  it('names the zone as people do', () => {
    expect(momentText('2026-11-20T03:04:05Z', 'Asia/Jakarta')).toBe('2026-11-20 10.04 WIB');
    expect(momentText('2026-11-20T03:04:05Z', 'Asia/Jayapura')).toBe('2026-11-20 12.04 WIT');
  });
});
