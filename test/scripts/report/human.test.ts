import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { human } from '../../../scripts/report/human.ts';
import { markdown } from '../../../scripts/report/markdown.ts';
import { hostile, INVISIBLE, RUNS, runnerCommands } from './hostile.ts';
import {
  aCheck,
  aCreate,
  aDelete,
  aFinding,
  aHeld,
  aList,
  anApply,
  anOutcome,
  anUpdate,
  aPlan,
  aRequest,
  both,
  options,
  reportsWith,
} from './sample.ts';

describe('human()', () => {
  it('says that a table has no rows', () => {
    expect(human(aList([], [both('Unit')]), options())).toBe('Unit\nTidak ada\n');
    expect(markdown(aList([], [both('Unit')]), options())).toBe('_Tidak ada_\n');
  });

  it('puts the verdict first', () => {
    const text = human(
      aCheck({ findings: [aFinding(), aFinding({ line: 9 }), aFinding({ severity: 'warning' })] }),
      options(),
    );
    expect(text.split('\n')[0]).toBe('✗ 2 kesalahan di 1 berkas; 1 peringatan');
  });

  it('says that there is nothing to do', () => {
    const empty = aPlan({}, { requests: [aRequest({ state: 'unchanged' })] });
    expect(human(empty, options())).toMatch(/^✓ Tidak ada yang perlu dikerjakan\n\n1 permintaan tidak berubah\n$/);
    expect(human(empty, options({ lang: 'en' }))).toMatch(/^✓ Nothing to do\n/);
  });

  it('puts the caret under the column that the finding names', () => {
    const sources = new Map([['requests/djp/andi.yaml', 'a: 1\n\n\nspec:\n\tnama: "é"  mailbx: x\n']]);
    const column = '\tnama: "é"  '.length + 1;
    const lines = human(aCheck({ findings: [aFinding({ column })] }), options({ sources })).split('\n');
    const at = lines.findIndex((line) => line.includes('5 | '));
    expect(lines[at + 1]?.indexOf('^')).toBe(lines[at]?.indexOf('mailbx'));
    expect(lines.join('\n')).toContain('benar: mailbox');
  });

  it('keeps the caret on a long line within the width', () => {
    const sources = new Map([['requests/djp/andi.yaml', `\n\n\n\n${'x'.repeat(400)}Y${'z'.repeat(400)}`]]);
    const lines = human(aCheck({ findings: [aFinding({ column: 401 })] }), options({ sources, width: 80 })).split('\n');
    const at = lines.findIndex((line) => line.includes('5 | '));
    expect(lines[at]?.length).toBeLessThanOrEqual(80);
    expect(lines[at]?.[lines[at + 1]?.indexOf('^') ?? -1]).toBe('Y');
  });

  it('shows a change as before and after in plain words, without what stays', () => {
    const text = human(aCheck({ requests: [aRequest()] }), options());
    expect(text).toMatch(/ubah akun Active Directory andi\.contoh/);
    expect(text).toMatch(/Aktif +ya +tidak/);
    expect(text).not.toContain('Nama tampilan');
    expect(text).toContain('8.3 Penonaktifan akun, eselon IV, 1 hari kerja');
    expect(text).toContain('Jatuh tempo: Selasa, 24 November 2026 pukul 16.00 WIB');
  });

  it('counts the plan and shows deletes before creates', () => {
    const changes = [aCreate('a'), aCreate('b'), aCreate('c'), anUpdate(), aDelete()];
    const text = human(
      aPlan(
        { digest: 'abcdef123456789', changes, held: [aHeld(), aHeld()] },
        { requests: [aRequest({ changes, held: [aHeld(), aHeld()] })] },
      ),
      options({ lang: 'en' }),
    );
    expect(text).toContain('Plan: 3 to create, 1 to update, 1 to delete, 2 held [abcdef123456]');
    expect(text.indexOf('delete Active')).toBeLessThan(text.indexOf('create mailbox'));
    expect(text).toContain('exists already and is not owned by this request');
  });

  it('names who has to approve', () => {
    const approval = { granted: [], missing: { minEchelon: 'III', who: ['Sari Contoh'] } } as const;
    const text = human(aCheck({ requests: [aRequest({ state: 'waiting-approval', approval })] }), options());
    expect(text).toMatch(/^… Rencana: .*; 1 permintaan menunggu persetujuan\n/);
    expect(text).toContain('Menunggu persetujuan eselon III ke atas: Sari Contoh');
  });

  it("gives a failure the target's own words", () => {
    const error = { system: 'dns', operation: 'update', code: '5', message: 'REFUSED' };
    const outcomes = [anOutcome({ result: 'failed', error })];
    const text = human(anApply(outcomes, { requests: [aRequest({ state: 'failed', outcomes })] }), options());
    expect(text).toMatch(/^✗ 1 dari 1 perubahan gagal\n/);
    expect(text).toContain('dns: update: REFUSED (5)');
  });

  it('lists every request on one line where the command asks for it', () => {
    const requests = [aRequest(), aRequest({ id: 'djp/budi', state: 'unchanged', next: both('Tidak ada') })];
    const text = human({ ...aCheck({ requests }), kind: 'status' }, options());
    expect(text).toMatch(/djp\/andi +account +siap dijalankan/);
    expect(text).toMatch(/djp\/budi +account +tidak berubah/);
  });

  it('colours only when asked to', () => {
    const report = aCheck({ findings: [aFinding()] });
    expect(human(report, options())).not.toContain('\u001b');
    expect(human(report, options({ colour: true }))).toContain('\u001b[31m');
  });

  it('stays within the width', () => {
    const text = human(
      aCheck({ requests: [aRequest({ title: 'x', next: both('kata '.repeat(60)) })] }),
      options({ width: 60 }),
    );
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(60);
  });

  it('prints no invisible character and no command of a runner, whatever users and targets write', () => {
    fc.assert(
      fc.property(hostile, fc.boolean(), (text, colour) => {
        const sources = new Map([[text, `\n\n\n\n${text}`]]);
        const pages = reportsWith(text).all.map((report) => human(report, options({ colour, sources })));
        const output = pages.join('');
        // biome-ignore lint/suspicious/noControlCharactersInRegex: our own colours
        const plain = output.replace(/\u001b\[(?:0|1|2|31|32|33|36)m/g, '');
        expect(plain).not.toMatch(INVISIBLE);
        expect(runnerCommands(output)).toEqual([]);
      }),
      RUNS,
    );
  });
});
