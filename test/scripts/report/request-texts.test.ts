import { describe, expect, it } from 'vitest';
import type { HeldReason } from '../../../core/resource.ts';
import { approvalReport } from '../../../scripts/report/approval-report.ts';
import { approvalText, heldDetail, heldText, nextStep, outcomeText } from '../../../scripts/report/request-texts.ts';
import { aHeld, anOutcome, planMessages } from './sample.ts';

const REASONS = {
  unread: true,
  foreign: true,
  'not-ready': true,
  needs: true,
  exhausted: true,
  sibling: true,
  drift: true,
  orphan: true,
  absent: true,
} as const satisfies Record<HeldReason, true>;

describe('policies/messages/plan.yaml', () => {
  it('has a text and an explanation in both languages for each reason and each result', () => {
    const codes = [
      ...Object.keys(REASONS).map((reason) => `held/${reason}`),
      ...['done', 'waiting', 'failed', 'unknown'].map((result) => `outcome/${result}`),
    ];
    expect([...planMessages().keys()].sort()).toEqual(codes.sort());
    for (const { text, explanation } of planMessages().values()) {
      for (const one of [text, explanation]) expect(one.id.length * one.en.length).toBeGreaterThan(0);
      expect(text.id).toContain('{what}');
      expect(text.en).toContain('{what}');
    }
  });
});

describe('heldText()', () => {
  it('names the resource in plain words', () => {
    expect(heldText(planMessages(), aHeld()).id).toBe(
      'Tertahan: kotak surat andi.contoh sudah ada dan bukan milik permintaan ini',
    );
  });

  it("names the people for whom it waits in the reader's language", () => {
    const detail = "It waits for team 'pengujian'";
    const waits = { waitsFor: "team 'pengujian'", whom: { team: 'pengujian' } };
    expect(heldDetail(aHeld({ reason: 'not-ready', detail, waits })).id).toBe("Menunggu tim 'pengujian'");
    expect(heldDetail(aHeld({ reason: 'not-ready', detail, waits: { ...waits, whom: 'requester' } })).id).toBe(
      'Menunggu pemohon',
    );
    expect(heldDetail(aHeld({ reason: 'not-ready', detail })).id).toBe(detail);
  });

  it('falls back to the code where a text is missing', () => {
    expect(heldText(new Map(), aHeld()).en).toBe('held/foreign: mailbox andi.contoh');
  });
});

describe('outcomeText()', () => {
  it('tells written from ready', () => {
    const waiting = anOutcome({ phase: { waitsFor: 'mailbox' } });
    expect(outcomeText(planMessages(), waiting).id).toMatch(/^Sudah ditulis, belum siap/);
    expect(outcomeText(planMessages(), anOutcome({ phase: 'ready' })).id).toMatch(/^Selesai: /);
  });
});

describe('approvalText()', () => {
  const person = { id: 'djp-kasi', name: 'Sari Contoh', units: ['djp'], posts: [] };
  const post = { unit: 'djp', title: 'Kepala Seksi', echelon: 'IV', decree: 'KEP-1', from: '2026-01-01' } as const;

  it('names the official with post and rank', () => {
    const approval = { digest: 'd', by: person.id, on: '2026-11-20', via: 'review' } as const;
    expect(approvalText(approvalReport({ state: 'granted', by: person, post, approval }))?.id).toBe(
      'Disetujui: Sari Contoh (Kepala Seksi, eselon IV)',
    );
  });

  it('names at most three who could approve', () => {
    const candidates = Array.from({ length: 5 }, (_, at) => ({ ...person, name: `Pejabat ${at}` }));
    const needs = { minEchelon: 'III', unit: 'djp', candidates } as const;
    const report = approvalReport({ state: 'missing', needs, refused: [] });
    expect(approvalText(report)?.id).toBe(
      'Menunggu persetujuan eselon III ke atas: Pejabat 0, Pejabat 1, Pejabat 2, …',
    );
    expect(nextStep({ state: 'waiting-approval', approval: report }).en).toMatch(/^Ask for approval by echelon III/);
  });

  it('sends to the service desk whose request names a letter that nobody has refused', () => {
    const needs = { minEchelon: 'III', unit: 'djp', candidates: [person] } as const;
    const letter = { number: 'ND-1', date: '2026-11-02', signer: 'kasi', sha256: 'a'.repeat(64) };
    const approval = { digest: 'd', by: 'kasi', on: '2026-11-02', via: 'letter' } as const;
    const refused = [{ approval, reason: 'approval/rank-too-low' }] as const;
    const next = (verdict: Parameters<typeof approvalReport>[0]) =>
      nextStep({ state: 'waiting-approval', approval: approvalReport(verdict, { approval: { letter } }) }).en;
    expect(next({ state: 'missing', needs, refused: [] })).toMatch(/^Show the original letter to the service desk/);
    expect(next({ state: 'missing', needs, refused })).toMatch(/^Ask for approval/);
  });

  it('says where none is needed, and nothing where it was not evaluated', () => {
    expect(approvalText(approvalReport({ state: 'not-needed' }))?.id).toBe('Tidak perlu persetujuan');
    expect(approvalText(undefined)).toBeNull();
  });
});
