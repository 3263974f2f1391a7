import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { COMMENT_BUDGET, SUMMARY_BUDGET } from '../../../scripts/report/budget.ts';
import { markdown } from '../../../scripts/report/markdown.ts';
import type { RequestReport } from '../../../scripts/report/report.ts';
import { hostile, INVISIBLE, RUNS, runnerCommands } from './hostile.ts';
import { markdownFaults, skeleton } from './markdown-faults.ts';
import {
  aCheck,
  aDelete,
  aFinding,
  aList,
  anUpdate,
  aPlan,
  aRecord,
  aRequest,
  both,
  options,
  reportsWith,
} from './sample.ts';

const requests = (count: number) =>
  Array.from({ length: count }, (_, at) =>
    aRequest({ id: `djp/r${at}`, changes: [anUpdate({ key: `orang${at}`, request: `djp/r${at}` })] }),
  );
const findings = (count: number) => Array.from({ length: count }, (_, at) => aFinding({ line: at + 1 }));
const pagesWith = (text: string) =>
  reportsWith(text)
    .all.map((report) => markdown(report, options()))
    .join('\n');
const counted = (page: string, pattern: RegExp) => Number(pattern.exec(page)?.[1] ?? 0);

describe('markdown()', () => {
  it('begins with the verdict and folds the detail of each request', () => {
    const page = markdown(aCheck({ requests: [aRequest()] }), options());
    expect(page.split('\n')[0]).toBe('✅ **Rencana: 0 akan dibuat, 1 diubah, 0 dihapus, 0 tertahan**');
    expect(page).toContain('| Permintaan | Butir layanan | Perubahan | Persetujuan | Norma waktu | Langkah berikut |');
    expect(page).toMatch(/\| 8\.3 Penonaktifan akun \| \*\*siap dijalankan\*\*<br>ubah 1 \|/);
    expect(page.indexOf('<details>')).toBeGreaterThan(page.indexOf('| Permintaan'));
    expect(page).toContain('| Aktif | <code>ya</code> | <code>tidak</code> |');
    expect(page).toContain('- enabled: true\n+ enabled: false');
  });

  it('shows all that is known of one request: norms, objects with their fields, history', () => {
    const norm = { code: '8.3', start: both('a'), due: both('b'), state: 'met', text: both('Butir 8.3: tepat waktu') };
    const times = { norms: [norm] } as unknown as NonNullable<RequestReport['times']>;
    const requests = [aRequest({ state: 'applied', times })];
    const show = {
      kind: 'show',
      command: 'show',
      findings: [],
      checked: 1,
      requests,
      record: aRecord('andi'),
    } as const;
    const page = markdown(show, options());
    expect(page).toContain('- Butir 8.3: tepat waktu');
    expect(page).toContain('**Di sistem tujuan**');
    expect(page).toContain('- akun Active Directory andi (andi)');
    expect(page).toContain('| Nama (CN) | <code>andi</code> |');
    expect(page).toContain('- 2026-11-20 09:30 andi');
  });

  it('shows how requests stand on one line each, with since and until', () => {
    const times = { since: { at: '', text: both('2026-11-20') }, norms: [] } as unknown as RequestReport['times'] & {};
    const stand = {
      kind: 'status',
      command: 'status',
      findings: [],
      checked: 1,
      requests: [aRequest({ times })],
    } as const;
    const page = markdown(stand, options());
    expect(page).toContain('| Permintaan | Layanan | Keadaan | Sejak | Sampai | Langkah berikut |');
    expect(page).toContain('| 2026-11-20 |');
    expect(page).not.toContain('Norma waktu');
  });

  it('prints the digest of the plan, and the command that confirms it', () => {
    const digest = 'abcdef0123456789'.repeat(4);
    const page = markdown(
      aPlan({ digest, changes: [anUpdate()] }, { requests: [aRequest()] }),
      options({ lang: 'en' }),
    );
    expect(page).toContain('Plan digest <code>abcdef012345</code>');
    expect(page).toContain(`<code>./scripts/layanan apply --confirm ${digest.slice(0, 32)}</code>`);
    expect(markdown(aPlan({ digest }), options())).not.toContain('abcdef');
  });

  it('counts the unchanged requests in one line', () => {
    const page = markdown(aCheck({ requests: [aRequest(), aRequest({ id: 'djp/x', state: 'unchanged' })] }), options());
    expect(page).toContain('1 permintaan tidak berubah');
    expect(page).not.toContain('djp/x');
  });

  it('puts requests that delete at the top', () => {
    const lists = [aRequest({ state: 'failed' }), aRequest({ id: 'djp/z', changes: [aDelete()] })];
    const page = markdown(aCheck({ requests: lists }), options());
    expect(page.indexOf('djp/z')).toBeLessThan(page.indexOf('djp/andi'));
  });

  it('links to https addresses only', () => {
    const report = aCheck({ findings: [aFinding()] });
    const page = markdown(report, options({ linkTo: (file, line) => `https://contoh.test/a(b)/${file}#L${line}` }));
    expect(page).toContain('](https://contoh.test/a%28b%29/requests/djp/andi.yaml#L5)');
    expect(markdown(report, options({ linkTo: () => 'javascript:x' }))).not.toContain('](');
  });

  it('drops the raw difference first, then detail, and says so', () => {
    const report = aCheck({ requests: requests(40) });
    const whole = markdown(report, options({ budget: SUMMARY_BUDGET }));
    const noRaw = markdown(report, options({ budget: Buffer.byteLength(whole) - 100 }));
    expect(whole).toContain('```diff');
    expect(noRaw).toContain('_Selisih mentah tidak dimuat karena batas ukuran_');
    expect(noRaw.match(/<summary>/g)).toHaveLength(40);
    const less = markdown(report, options({ budget: 16_000 }));
    expect(counted(less, /Rincian (\d+) permintaan tidak dimuat/)).toBeGreaterThan(0);
    expect(less).toContain('djp/r39');
  });

  it('counts the findings and rows that it leaves out', () => {
    const page = markdown(aCheck({ findings: findings(3000), requests: requests(3000) }), options());
    const shown = (page.match(/^- \*\*kesalahan/gm) ?? []).length;
    expect(shown).toBeGreaterThan(50);
    expect(shown + counted(page, /(\d+) temuan lagi/)).toBe(3000);
    const rows = (page.match(/^\| <code>djp/gm) ?? []).length;
    expect(rows).toBeGreaterThan(20);
    expect(rows + counted(page, /(\d+) baris lagi/)).toBe(3000);
    expect(page).toMatch(/^❌ \*\*3000 kesalahan/);
  });

  it('never exceeds its budget and never loses the verdict', () => {
    const size = fc.integer({ min: 0, max: 400 });
    fc.assert(
      fc.property(size, size, fc.constantFrom(4000, COMMENT_BUDGET), hostile, (some, more, budget, text) => {
        const title = text.repeat(30);
        const message = both(title);
        const report = aCheck({
          findings: findings(some).map((finding) => ({ ...finding, message, suggestion: title, file: title })),
          requests: requests(more).map((request) => ({ ...request, title, next: message })),
        });
        const page = markdown(report, options({ budget }));
        expect(Buffer.byteLength(page)).toBeLessThanOrEqual(budget);
        const list = { ...aList([]), notes: [message] };
        expect(Buffer.byteLength(markdown(list, options({ budget })))).toBeLessThanOrEqual(budget);
        if (some + more > 0) expect(page).toMatch(/^(?:✅|⏳|❌) \*\*/);
      }),
      { numRuns: 60 },
    );
  });

  it('holds nothing alive that users or targets wrote, and keeps its shape', () => {
    const calm = skeleton(pagesWith('biasa'));
    expect(markdownFaults('a <b>')).toEqual(['raw HTML']);
    expect(markdownFaults('hai @orang')).toEqual(['mention']);
    expect(markdownFaults(pagesWith('biasa'))).toEqual([]);
    fc.assert(
      fc.property(hostile, (text) => {
        const page = pagesWith(text);
        expect(markdownFaults(page)).toEqual([]);
        if (text.trim() !== '') expect(skeleton(page)).toEqual(calm);
        expect(page).not.toMatch(INVISIBLE);
        expect(runnerCommands(page)).toEqual([]);
      }),
      RUNS,
    );
  });
});
