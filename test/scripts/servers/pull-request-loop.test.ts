/** The committed workflows, run as they are written, with a domain controller and a name server as their targets. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { textOf } from '../../../provisioners/directory/protocol.ts';
import { accountFile, addressFile } from '../../builders/request-files.ts';
import { dn } from '../../provisioners/directory/server.ts';
import { realServer } from '../../servers/required.ts';
import type { Ran } from '../../tour/runner.ts';
import { openStage, type Stage } from '../../tour/stage.ts';
import { grant } from '../../tour/story.ts';
import { bothServers, openRig, type Rig } from './rig.ts';

const LIMIT_MS = 600_000;
const WISH = {
  branch: 'andi',
  title: 'Akun dan alamat',
  files: {
    'requests/djp/andi.yaml': accountFile({ displayName: 'Contoh Andi' }),
    'requests/djp/spt.yaml': addressFile({ host: 'spt', aliases: ['pajak'] }),
  },
  approver: 'contoh-eka',
};

realServer(...bothServers())(() => {
  let rig: Rig;
  let stage: Stage;
  let secrets: readonly string[];
  const logs: string[] = [];
  beforeAll(async () => {
    rig = await openRig();
    const { folder, variables } = rig.workplace;
    const { LAYANAN_DIRECTORY_PASSWORD = '', LAYANAN_DNS_KEY = '', LAYANAN_ENVIRONMENT = '' } = variables;
    secrets = [LAYANAN_DIRECTORY_PASSWORD, LAYANAN_DNS_KEY];
    const people = 'policies/organisation/people.yaml';
    stage = await openStage({
      contexts: {
        'vars.LAYANAN_ENVIRONMENT': 'servers',
        'secrets.LAYANAN_DIRECTORY_PASSWORD': LAYANAN_DIRECTORY_PASSWORD,
        'secrets.LAYANAN_DNS_KEY': LAYANAN_DNS_KEY,
      },
      files: {
        'policies/environments/servers.yaml': readFileSync(LAYANAN_ENVIRONMENT, 'utf8'),
        'policies/environments/ca.pem': readFileSync(join(folder, 'ca.pem'), 'utf8'),
        [people]: readFileSync(join(folder, people), 'utf8'),
      },
    });
  }, LIMIT_MS);
  afterAll(async () => {
    await stage.close();
    await rig.stop();
  });

  const run = async (file: string, event: string): Promise<readonly Ran[]> => {
    const jobs = await stage.run(file, event, {});
    logs.push(...jobs.map(({ log }) => log));
    return jobs;
  };
  const issues = async () =>
    (await stage.api('contoh-budi', 'GET', '/issues?state=open&labels=layanan:pantau')) as {
      title: string;
      body: string;
    }[];
  const succeeded = (jobs: readonly Ran[]) => {
    for (const { exit, log } of jobs) expect(exit, log).toBe(0);
  };

  describe('a pull request', () => {
    it(
      'is planned from the published reading, approved, merged, and made on both servers',
      async () => {
        succeeded(await run('drift.yml', 'schedule'));
        const before = await rig.counters();
        const comments: string[] = [];
        for await (const { jobs, comment = '' } of grant(stage, WISH)) {
          succeeded(jobs);
          logs.push(...jobs.map(({ log }) => log));
          if (comments.push(comment) < 3) expect(await rig.counters()).toEqual(before);
        }
        const [opened, approved, applied] = comments;
        expect(opened).toMatch(/4 akan dibuat[\s\S]*\/setuju/);
        expect(approved).toContain('Disetujui: Contoh Eka');
        expect(applied).toContain('Selesai');
        const entry = await rig.entry('andi.contoh', 'displayName');
        expect(entry && textOf(entry, 'displayName')).toBe('Contoh Andi');
        expect(entry && textOf(entry, 'adminDescription')).toMatch(/^layanan:djp\/andi/);
        expect(await rig.dns.query('spt.djp.contoh.test', 'A')).toMatchObject([{ data: '10.30.8.10' }]);
        expect(await rig.dns.query('10.8.30.10.in-addr.arpa', 'PTR')).toMatchObject([{ data: 'spt.djp.contoh.test' }]);
        expect(await rig.dns.query('pajak.djp.contoh.test', 'CNAME')).toMatchObject([{ data: 'spt.djp.contoh.test' }]);
      },
      LIMIT_MS,
    );

    it('has its password sealed for its requester alone', () => {
      const kept = join(stage.folder, 'artifacts/handover-djp');
      expect(existsSync(kept) ? readdirSync(kept) : []).toHaveLength(1);
    });

    it(
      'is carried out once: another apply and the daily run write nothing to either server',
      async () => {
        const before = await rig.counters();
        const journal = stage.remote.git('show', 'journal:journal/djp.jsonl');
        for (const file of ['apply.yml', 'schedule.yml']) {
          const jobs = await run(file, 'workflow_dispatch');
          succeeded(jobs);
          expect(jobs.map(({ outputs }) => outputs.units)).toEqual(['[]']);
        }
        expect(await rig.counters()).toEqual(before);
        expect(stage.remote.git('show', 'journal:journal/djp.jsonl')).toBe(journal);
      },
      LIMIT_MS,
    );
  });

  describe('an attribute that somebody changes by hand', () => {
    it(
      'is one issue that names both values, and the server is left as it is',
      async () => {
        succeeded(await run('drift.yml', 'schedule'));
        expect(await issues()).toEqual([]);
        const entry = await rig.entry('andi.contoh');
        await rig.administrator.modify(dn(entry?.dn ?? ''), [
          { operation: 'replace', attribute: 'displayName', values: ['Diubah Tangan'] },
        ]);
        const before = await rig.counters();
        succeeded(await run('drift.yml', 'schedule'));
        succeeded(await run('drift.yml', 'schedule'));
        const [issue, ...more] = await issues();
        expect(more).toEqual([]);
        expect(issue?.body).toMatch(/displayName[\s\S]*Contoh Andi[\s\S]*Diubah Tangan/);
        expect(await rig.counters()).toEqual(before);
      },
      LIMIT_MS,
    );
  });

  it('tells no secret of the servers in any log', () => {
    expect(logs.length).toBeGreaterThan(0);
    for (const secret of secrets) expect(logs.some((log) => log.includes(secret))).toBe(false);
  });
});
