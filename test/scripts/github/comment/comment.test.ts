import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../../core/finding.ts';
import type { Prepared } from '../../../../core/plan/prepare.ts';
import { evaluateApprovals } from '../../../../scripts/github/approval/evaluate.ts';
import { substanceOf, typed } from '../../../../scripts/github/approval/substance.ts';
import { type CommentInput, renderComment } from '../../../../scripts/github/comment/comment.ts';
import { EMPTY_RECORD, recordOf } from '../../../../scripts/github/comment/marker.ts';
import { renderOutcome } from '../../../../scripts/github/comment/outcome.ts';
import { SUMMARY_BUDGET } from '../../../../scripts/report/budget.ts';
import type { Report, RequestReport } from '../../../../scripts/report/report.ts';
import { accountFile, accountFiles, addressFile } from '../../../builders/request-files.ts';
import { policies } from '../../../policies/builders.ts';
import { hostile, INVISIBLE, runnerCommands } from '../../report/hostile.ts';
import { treeFaults } from '../../report/markdown-tree.ts';
import {
  aCheck,
  aDelete,
  aFinding,
  anApply,
  anOutcome,
  aPlan,
  aRequest,
  both,
  reportsWith,
} from '../../report/sample.ts';
import { aComment, context, factsOf, HEAD, LOGINS, preparedOf, TODAY } from '../world.ts';

const key = { repository: 'contoh/layanan', environment: 'sandbox' };
const prepared = preparedOf({ 'djp/andi': accountFile() });
const waiting: RequestReport = aRequest({
  state: 'waiting-approval',
  next: both('Minta persetujuan eselon IV ke atas: Contoh Eka'),
});
/** A page takes tens of milliseconds to parse; each context by itself stands 5,000 values in markdown-tree.test.ts. */
const PAGES = { numRuns: Number(process.env.LAYANAN_PAGES ?? 150) };
const GITHUB_LIMIT = 65_536;

const evaluationOf = (own: readonly Prepared[], ...comments: Parameters<typeof aComment>[]) =>
  evaluateApprovals(own, factsOf(own, { events: comments.map((args) => aComment(...args)) }), context);

const anInput = (over: Partial<CommentInput> = {}): CommentInput => ({
  key,
  report: aPlan({}, { requests: [waiting] }),
  evaluation: evaluationOf(prepared),
  events: [],
  organisation: policies.organisation,
  messages: policies.messages,
  quotas: [],
  head: HEAD,
  at: `${TODAY}T03:00:00.000Z`,
  zone: 'Asia/Jakarta',
  record: EMPTY_RECORD,
  linkTo: (file, line) => `https://github.test/contoh/layanan/blob/${HEAD}/${file}#L${line}`,
  summaryUrl: 'https://github.test/contoh/layanan/actions/runs/1',
  lang: 'id',
  ...over,
});
const ours = (url: string) => url.startsWith('https://github.test/');
const linesOf = (text: string) => text.split('\n');

describe('renderComment()', () => {
  it('begins with its marker, then the verdict, then what to do next and the table', () => {
    const [marker = '', verdict, , next, , table] = linesOf(renderComment(anInput()).body);
    expect(recordOf(marker, { ...key, kind: 'comment' })?.runs).toHaveLength(1);
    expect(verdict).toBe('⏳ **Menunggu persetujuan 1 permintaan**');
    expect(next).toBe('**Langkah berikut:** Minta persetujuan eselon IV ke atas: Contoh Eka');
    expect(table).toContain('| Permintaan | Butir layanan |');
  });

  it('shows the line to copy while somebody is waited for, and no more once it is granted or wrong', () => {
    const line = `/setuju ${typed(substanceOf(prepared))}`;
    expect(renderComment(anInput()).body).toContain(`\`\`\`\n${line}\n\`\`\``);
    const granted = evaluationOf(prepared, [LOGINS.iv, line]);
    expect(renderComment(anInput({ evaluation: granted })).body).not.toContain('/setuju');
    const faulty = aPlan({}, { requests: [waiting], findings: [aFinding()] });
    expect(renderComment(anInput({ report: faulty })).body).not.toContain('/setuju');
  });

  it('offers one line for all requests, and one for each below a fold', () => {
    const two = preparedOf({ 'djp/andi': accountFile(), 'djp/uji': addressFile() });
    const { body } = renderComment(anInput({ evaluation: evaluationOf(two) }));
    expect(body).toContain(`\n/setuju ${typed(substanceOf(two))}\n`);
    for (const { digest } of two) expect(body).toContain(typed(digest));
  });

  it('asks the service desk for the checksum of a letter and does not print it', () => {
    const letter = { number: 'ND-1', date: '2026-11-02', signer: 'djp-kasubdit-aplikasi', sha256: '6'.repeat(64) };
    const own = preparedOf({ 'djp/andi': accountFile({}, { approval: { letter } }) });
    const { body } = renderComment(anInput({ evaluation: evaluationOf(own) }));
    expect(body).toContain(`/surat ${typed(own[0]?.digest ?? '')} <sha256 surat asli>`);
    expect(body).not.toContain('6'.repeat(32));
  });

  it('names the deletions that a rail stops, each with its line', () => {
    const file = prepared[0]?.placed.places.of([]).file ?? '';
    const findings: Finding[] = [aFinding({ code: 'rails/deletes', file })];
    const change = { ...aDelete(), request: 'djp/andi' };
    const report = aPlan({ changes: [change] }, { requests: [waiting], findings });
    const line = `/hapus directory-account:lama.contoh ${typed(prepared[0]?.digest ?? '')}`;
    const { body } = renderComment(anInput({ report }));
    expect(body).toContain(line);
    expect(body).toMatch(
      /⏳ \*\*Menunggu pejabat menyebut 1 penghapusan.*\n\n\*\*Langkah berikut:\*\* Pejabat menulis baris-baris/,
    );
  });

  it('gives the reason and a way on for an approval that does not count', () => {
    const evaluation = evaluationOf(prepared, ['asing', `/setuju ${typed(substanceOf(prepared))}`]);
    const { body } = renderComment(anInput({ evaluation }));
    expect(body).toContain('<summary>Persetujuan yang tidak dihitung: 1</summary>');
    expect(body).toMatch(
      /akun GitHub asing tidak dihitung.*\[<code>approval&#47;unknown-login<\/code>|approval\/unknown-login/,
    );
    expect(body).toContain('Mintalah meja layanan mendaftarkannya');
  });

  it('shows what a unit has, is asked for and has left', () => {
    const quotas = [{ unit: 'djp', key: 'accounts', limit: 20, used: 18, asked: 3, left: -1 }];
    expect(renderComment(anInput({ quotas })).body).toContain('| djp | akun, paling banyak 20 | 18 | +3 | **-1** |');
  });

  it('remembers earlier runs in one line each, the latest first', () => {
    const first = renderComment(anInput());
    const report = aPlan({}, { requests: [aRequest()] });
    const { body } = renderComment(anInput({ record: first.record, report, head: 'b'.repeat(40) }));
    expect(body).toMatch(
      /<summary>Riwayat<\/summary>\n\n- 2026-11-20 10\.00 WIB, <code>bbbbbbb<\/code>: ✅ .*\n- 2026-11-20 10\.00 WIB, <code>c0ffee0<\/code>: ⏳ Menunggu persetujuan 1 permintaan\n/,
    );
  });

  it('folds an English version in, or is English alone', () => {
    const { body } = renderComment(anInput());
    expect(body.indexOf('<summary>English</summary>')).toBeGreaterThan(body.indexOf('Menyetujui'));
    expect(body).toContain('⏳ **Waiting for approval of 1 request**');
    const english = renderComment(anInput({ lang: 'en' })).body;
    expect(english).not.toContain('permintaan');
    expect(english).not.toContain('<summary>English');
  });

  it('says nothing of what did not change', () => {
    const unchanged = aRequest({ id: 'djp/lain', state: 'unchanged' });
    const { body } = renderComment(anInput({ report: aPlan({}, { requests: [waiting, unchanged] }) }));
    expect(body).not.toContain('djp/lain');
    expect(body).toContain('1 permintaan tidak berubah');
  });

  it('still comments a plan of 2,000 changes with 2,000 findings, within the limit, and tells where the rest is', () => {
    const many = preparedOf(accountFiles(40));
    const copies = Array.from({ length: 2000 }, (_, at) => ({ ...aRequest({ id: `djp/r${at}` }) }));
    const requests = copies.map((request) => ({ ...request, changes: [{ ...aDelete(), request: request.id }] }));
    const changes = requests.flatMap((request) => request.changes);
    const findings = requests.map((request, at) => aFinding({ file: `requests/${request.id}.yaml`, line: at + 1 }));
    const report = aPlan({ changes }, { requests, findings });
    const rendered = renderComment(anInput({ report, evaluation: evaluationOf(many) }));
    expect(rendered.isCut).toBe(true);
    expect(Buffer.byteLength(rendered.body)).toBeLessThan(GITHUB_LIMIT);
    expect(Buffer.byteLength(rendered.summary)).toBeLessThanOrEqual(SUMMARY_BUDGET);
    expect(rendered.body).toMatch(/^<!-- layanan .*\n❌ \*\*2000 kesalahan harus diperbaiki/);
    expect(rendered.body).toMatch(/tidak semua dimuat di sini · \[<code>ringkasan lengkap<\/code>\]/);
    expect(rendered.body).toMatch(/\d+ baris lagi tidak dimuat/);
    expect(treeFaults(rendered.body, ours)).toEqual([]);
  });

  it('is within the limit whatever is in it', () => {
    const size = fc.integer({ min: 0, max: 300 });
    fc.assert(
      fc.property(size, size, hostile, (some, more, text) => {
        const requests = Array.from({ length: more }, (_, at) =>
          aRequest({ id: `djp/r${at}`, title: text.repeat(20) }),
        );
        const message = both(text.repeat(30));
        const findings = Array.from({ length: some }, (_, at) => aFinding({ line: at + 1, message }));
        const { body } = renderComment(anInput({ report: aCheck({ requests, findings }) }));
        expect(Buffer.byteLength(body)).toBeLessThan(GITHUB_LIMIT);
        expect(linesOf(body)[1]).toMatch(/^(?:✅|⏳|❌) \*\*/);
      }),
      { numRuns: 40 },
    );
  });

  it('holds nothing alive of what users, targets and passers-by wrote', () => {
    const pages = (text: string) => {
      const [first] = reportsWith(text).all.filter(
        (report): report is Report & { kind: 'plan' } => report.kind === 'plan',
      );
      const applied = reportsWith(text).applied;
      const author = { login: text, association: 'NONE' };
      const evaluation = evaluationOf(prepared, [text, '/setuju', { author, url: `https://github.test/${text}` }]);
      const quotas = [{ unit: text, key: text, limit: 1, used: 1, asked: 1, left: -1 }];
      const run = { at: `${TODAY}T02:00:00.000Z`, head: HEAD, level: 'ok', text: text.slice(0, 300) } as const;
      const record = { ...EMPTY_RECORD, runs: [run] };
      const linkTo = (file: string) => `https://github.test/${file}`;
      const comment = renderComment(anInput({ report: first ?? applied, evaluation, quotas, record, linkTo }));
      const object = { kind: 'mailbox', key: text } as const;
      const handovers = [
        { request: text, object, url: `https://github.test/${text}`, key: text, until: `${TODAY}T09:00:00Z` },
      ];
      const { messages } = policies;
      const outcome = renderOutcome({
        key,
        report: applied,
        handovers,
        messages,
        head: HEAD,
        zone: 'UTC',
        linkTo,
        lang: 'id',
      });
      return [comment.body, outcome.body];
    };
    fc.assert(
      fc.property(hostile, (text) => {
        for (const page of pages(text)) {
          expect(treeFaults(page, ours)).toEqual([]);
          expect(page).not.toMatch(INVISIBLE);
          expect(runnerCommands(page)).toEqual([]);
        }
      }),
      PAGES,
    );
  }, 120_000);
});

describe('renderOutcome()', () => {
  const outcomes = [anOutcome({ handover: 'handover/rahasia.sealed.json' })];
  const request = aRequest({ state: 'applied', outcomes });
  const input = {
    key,
    report: anApply(outcomes, { requests: [request] }),
    messages: policies.messages,
    head: HEAD,
    zone: 'Asia/Jakarta',
    lang: 'id',
  } as const;

  it('tells the result of each item', () => {
    const { body } = renderOutcome({ ...input, handovers: [] });
    expect(linesOf(body)[1]).toBe('✅ **Selesai: 1 perubahan diterapkan**');
    expect(body).toContain('sudah terpenuhi');
  });

  it('tells of a sealed file its link, its key and its end, and nothing else', () => {
    const handovers = [
      {
        request: 'djp/andi',
        object: { kind: 'directory-account', key: 'andi.contoh' } as const,
        url: 'https://github.test/contoh/layanan/actions/runs/2/artifacts/3',
        key: 'djp-pic-aplikasi',
        until: '2026-11-21T03:00:00Z',
      },
    ];
    const { body } = renderOutcome({ ...input, handovers });
    expect(body).toContain(
      '| akun Active Directory andi.contoh | [<code>djp/andi</code>](https://github.test/contoh/layanan/actions/runs/2/artifacts/3) | <code>djp-pic-aplikasi</code> | 2026-11-21 10.00 WIB |',
    );
    expect(body).not.toContain('rahasia');
  });
});
