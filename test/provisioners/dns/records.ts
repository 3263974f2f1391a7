/** What the provisioner makes of one server: ownership, compare-and-set, read-back, settling. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { preconditionOf } from '../../../core/plan/precondition.ts';
import type { Provisioner } from '../../../core/provisioner.ts';
import type { Change, Observed, Outcome } from '../../../core/resource.ts';
import type { DnsClient, Update, UpdateMessage } from '../../../provisioners/dns/client.ts';
import { createDns } from '../../../provisioners/dns/provisioner.ts';
import type { DnsRecord } from '../../../provisioners/dns/record.ts';
import { collect, recordingPort } from '../contract.ts';
import { disturbable } from './rig.ts';
import { ADMIN, type DnsServer, FORWARD, REVERSE, ZONES } from './server.ts';

const ME = 'djp/spt';
const OTHER = 'djbc/lain';
const NAME = `spt.djp.${FORWARD}`;
const PTR = `PTR 11.8.30.${REVERSE}`;
const NONE = preconditionOf(undefined);

const create = (key: string, values: readonly string[], zone: string = FORWARD, request = ME): Change => ({
  kind: 'dns-record',
  key,
  request,
  precondition: NONE,
  action: 'create',
  after: { zone, ttl: 300, values },
});
const createA = (request = ME) => create(`A ${NAME}`, ['10.30.8.11'], FORWARD, request);

export function recordsContract(name: string, makeServer: () => Promise<DnsServer>): void {
  describe(`${name}: records`, () => {
    let server: DnsServer;
    let client: DnsClient;
    let admin: DnsClient;
    let dns: Provisioner;
    beforeEach(async () => {
      server = await makeServer();
      client = server.connect();
      admin = server.connect(ADMIN);
      dns = createDns({ client, zones: ZONES });
    });
    afterEach(() => server.stop());

    const by = (one: DnsClient) => createDns({ client: one, zones: ZONES });
    const apply = (changes: readonly Change[], provisioner = dns): Promise<Outcome[]> =>
      collect(provisioner.apply(changes, recordingPort()));
    const one = async (change: Change, provisioner = dns) => (await apply([change], provisioner))[0];
    const read = async (
      key: string,
      owners: readonly string[] = [ME],
      provisioner = dns,
    ): Promise<Observed | undefined> => {
      const reading = await provisioner.read({
        keys: [{ kind: 'dns-record', key }],
        owners: new Set(owners),
        pools: [],
      });
      expect(reading.unread).toEqual([]);
      return reading.objects.find((object) => object.key === key);
    };
    const plan = async (key: string): Promise<{ precondition: string; before: Observed['fields'] }> => {
      const observed = await read(key);
      return { precondition: preconditionOf(observed), before: observed?.fields ?? {} };
    };
    const update = async (key: string, after: Observed['fields']): Promise<Change> => ({
      ...{ kind: 'dns-record', key, request: ME, action: 'update', after },
      ...(await plan(key)),
    });
    const remove = async (key: string): Promise<Change> => ({
      ...{ kind: 'dns-record', key, request: ME, action: 'delete' },
      ...(await plan(key)),
    });
    const adopt = async (key: string): Promise<Change> => ({
      ...{ kind: 'dns-record', key, request: ME, action: 'adopt' },
      ...(await plan(key)),
    });
    const put = (...records: DnsRecord[]) =>
      admin.update({
        zone: FORWARD,
        prerequisites: [],
        updates: records.map((record): Update => ({ kind: 'add', record })),
      });
    const a = (at: string, data = '10.9.9.9'): DnsRecord => ({ name: at, ttl: 300, type: 'A', data });
    const owners = async (at = NAME) =>
      (await admin.query(`_layanan.${at}`, 'TXT')).map((record) => record.type === 'TXT' && record.data.join(''));

    describe('ownership', () => {
      it('writes the owner beside the record, in the same message', async () => {
        const messages: UpdateMessage[] = [];
        const spy: DnsClient = {
          ...client,
          update: (message) => {
            messages.push(message);
            return client.update(message);
          },
        };
        expect(await one(createA(), by(spy))).toMatchObject({
          result: 'done',
          values: { zone: FORWARD, ttl: 300, values: ['10.30.8.11'] },
        });
        expect(messages).toHaveLength(1);
        expect(await owners()).toEqual([`layanan:${ME}`]);
      });
      it('lets several RRsets of one name share it', async () => {
        const outcomes = await apply([
          createA(),
          create(`AAAA ${NAME}`, ['2001:db8::1']),
          create(`TXT ${NAME}`, ['ada']),
        ]);
        expect(outcomes.map((outcome) => outcome.result)).toEqual(['done', 'done', 'done']);
        expect(await owners()).toEqual([`layanan:${ME}`]);
        expect(await read(`AAAA ${NAME}`)).toMatchObject({ owner: ME });
      });
      it('goes with the last RRset of the name, not before', async () => {
        await apply([createA(), create(`AAAA ${NAME}`, ['2001:db8::1'])]);
        expect(await one(await remove(`A ${NAME}`))).toMatchObject({ result: 'done' });
        expect(await owners()).toEqual([`layanan:${ME}`]);
        expect(await one(await remove(`AAAA ${NAME}`))).toMatchObject({ result: 'done', values: {} });
        expect(await owners()).toEqual([]);
      });
      it('goes when both RRsets are deleted in one batch', async () => {
        await apply([createA(), create(`AAAA ${NAME}`, ['2001:db8::1'])]);
        const changes = [await remove(`A ${NAME}`), await remove(`AAAA ${NAME}`)];
        expect((await apply(changes)).map((outcome) => outcome.result)).toEqual(['done', 'done']);
        expect(await owners()).toEqual([]);
      });
      it('stays while a record of a type that is not ours stands at the name', async () => {
        await apply([createA()]);
        await put({
          name: NAME,
          ttl: 60,
          type: 'SRV',
          data: { priority: 1, weight: 1, port: 1, target: 'x.lain.test' },
        });
        expect(await one(await remove(`A ${NAME}`))).toMatchObject({ result: 'done' });
        expect(await owners()).toEqual([`layanan:${ME}`]);
      });
      it('is not taken from others: a create at the name of another request is refused as taken', async () => {
        await apply([createA(OTHER)]);
        expect(await one(create(`AAAA ${NAME}`, ['2001:db8::1']))).toMatchObject({
          result: 'failed',
          error: { code: 'taken' },
        });
        expect(await owners()).toEqual([`layanan:${OTHER}`]);
      });
      it.each(['layanan:', 'layanan', 'LAYANAN:djp/spt', ''])('the text %j is no marker', async (text) => {
        await put(a(NAME), { name: `_layanan.${NAME}`, ttl: 60, type: 'TXT', data: [text] });
        expect(await read(`A ${NAME}`)).toMatchObject({ owner: null });
        expect(await one(await adopt(`A ${NAME}`))).toMatchObject({ result: 'failed' });
      });
      it('two markers are none', async () => {
        for (const owner of [ME, OTHER])
          await put(a(NAME), { name: `_layanan.${NAME}`, ttl: 60, type: 'TXT', data: [`layanan:${owner}`] });
        expect(await read(`A ${NAME}`)).toMatchObject({ owner: null });
      });
      it('shows a name that something else uses as foreign, so that no create is planned', async () => {
        await put({ name: NAME, ttl: 60, type: 'MX', data: { preference: 1, exchange: 'x.lain.test' } });
        expect(await read(`A ${NAME}`)).toMatchObject({ owner: null, fields: { values: [] } });
        expect(await one(await adopt(`A ${NAME}`))).toMatchObject({ result: 'failed', error: { code: 'taken' } });
      });
      it('a marker without a record keeps the name for its request', async () => {
        await put({ name: `_layanan.${NAME}`, ttl: 60, type: 'TXT', data: [`layanan:${ME}`] });
        expect(await read(`A ${NAME}`, [OTHER])).toMatchObject({ owner: ME });
        expect(await read(`A ${NAME}`)).toBeUndefined();
        expect(await one(createA(OTHER))).toMatchObject({ result: 'failed', error: { code: 'taken' } });
        expect(await one(createA())).toMatchObject({ result: 'done' });
      });
      it('adoption writes the marker only', async () => {
        await put(a(NAME), a(NAME, '10.9.9.8'));
        expect(await one(await adopt(`A ${NAME}`))).toMatchObject({
          result: 'done',
          values: { values: ['10.9.9.8', '10.9.9.9'] },
        });
        expect(await read(`A ${NAME}`)).toMatchObject({
          owner: ME,
          fields: { ttl: 300, values: ['10.9.9.8', '10.9.9.9'] },
        });
      });
    });

    describe('normal form', () => {
      it('reads names in lower case', async () => {
        await put({ name: `WWW.djp.${FORWARD}`, ttl: 60, type: 'CNAME', data: `Spt.DJP.${FORWARD}` });
        expect(await read(`CNAME www.djp.${FORWARD}`)).toMatchObject({ fields: { values: [NAME] } });
      });
      it('joins the strings of a text, and adopts and changes it although they are cut oddly', async () => {
        const text = 'é'.repeat(200);
        const octets = Buffer.from(text).toString('latin1');
        await put({
          name: NAME,
          ttl: 60,
          type: 'TXT',
          data: [octets.slice(0, 3), octets.slice(3, 200), octets.slice(200)],
        });
        expect(await read(`TXT ${NAME}`)).toMatchObject({ fields: { values: [text] } });
        expect(await one(await adopt(`TXT ${NAME}`))).toMatchObject({ result: 'done' });
        expect(await one(await update(`TXT ${NAME}`, { ttl: 90 }))).toMatchObject({
          result: 'done',
          values: { ttl: 90, values: [text] },
        });
      });
      it('sorts values', async () => {
        await one(create(`A ${NAME}`, ['10.0.0.3', '10.0.0.1', '10.0.0.2']));
        expect(await read(`A ${NAME}`)).toMatchObject({ fields: { values: ['10.0.0.1', '10.0.0.2', '10.0.0.3'] } });
      });
      it.each([
        ['AAAA', ['2001:DB8::1']],
        ['AAAA', ['2001:db8:0:0:0:0:0:1']],
        ['AAAA', ['fe80::1%eth0']],
        ['A', ['10.0.0.01']],
        ['A', ['10.0.0']],
        ['A', []],
        ['A', ['10.0.0.1', '10.0.0.1']],
        ['CNAME', ['Tujuan.contoh.test']],
        ['CNAME', ['tujuan.contoh.test.']],
        ['CNAME', ['a.contoh.test', 'b.contoh.test']],
        ['CNAME', ['tujuan contoh.test']],
        ['TXT', ['']],
        ['TXT', ['a\nb']],
        ['TXT', ['\ud800']],
        ['TXT', ['x'.repeat(5000)]],
      ])('refuses %s %j, which would not be read as it is written', async (type, values) => {
        expect(await one(create(`${type} ${NAME}`, values))).toMatchObject({
          result: 'failed',
          error: { code: 'invalid' },
        });
        expect(await owners()).toEqual([]);
      });
      it.each([-1, 1.5, 2 ** 31, '300', null])('refuses TTL %j', async (ttl) => {
        const change = { ...createA(), after: { zone: FORWARD, ttl, values: ['10.0.0.1'] } } as Change;
        expect(await one(change)).toMatchObject({ result: 'failed', error: { code: 'invalid' } });
      });
      it('refuses a zone that is not the one of the name', async () => {
        expect(await one(create(`A ${NAME}`, ['10.0.0.1'], REVERSE))).toMatchObject({
          result: 'failed',
          error: { code: 'invalid' },
        });
      });
    });

    describe('names', () => {
      const hostile = [
        `A ${FORWARD}`,
        `A *.${FORWARD}`,
        `A _layanan.spt.${FORWARD}`,
        `TXT _layanan.${NAME}`,
        `A SPT.${FORWARD}`,
        `A spt.${FORWARD}.`,
        `A spt..${FORWARD}`,
        `A -spt.${FORWARD}`,
        `A spt-.${FORWARD}`,
        `A ${'x'.repeat(64)}.${FORWARD}`,
        `A ${'x.'.repeat(125)}${FORWARD}`,
        `A ${'x.'.repeat(117)}${FORWARD}`,
        'A spt.lain.test',
        'A test',
        `A spt${FORWARD}`,
        `A spt.${FORWARD}.lain.test`,
        `A späti.${FORWARD}`,
        `A sp\u200bt.${FORWARD}`,
        `A sp\nt.${FORWARD}`,
        `A sp\\.t.${FORWARD}`,
        `A sp t.${FORWARD}`,
        `A  spt.${FORWARD}`,
        `NS spt.${FORWARD}`,
        `SOA ${FORWARD}`,
        `MX spt.${FORWARD}`,
        `ANY spt.${FORWARD}`,
        `a spt.${FORWARD}`,
        `spt.${FORWARD}`,
        '',
        'A ',
      ];
      it.each(hostile)('holds and refuses %j', async (key) => {
        const reading = await dns.read({ keys: [{ kind: 'dns-record', key }], owners: new Set([ME]), pools: [] });
        expect(reading.unread).toMatchObject([{ kind: 'dns-record', key }]);
        const port = recordingPort();
        const outcomes = await collect(dns.apply([create(key, ['10.0.0.1'])], port));
        expect(outcomes).toMatchObject([{ result: 'failed', error: { code: 'invalid' } }]);
        expect(port.writes).toEqual([]);
      });
      it('takes an internationalised name as punycode', async () => {
        expect(await one(create(`A xn--kementerian-9db.${FORWARD}`, ['10.0.0.1']))).toMatchObject({ result: 'done' });
      });
      it('holds and refuses a name below a delegation', async () => {
        await put({ name: `anak.${FORWARD}`, ttl: 60, type: 'NS', data: 'ns.server.test' });
        const key = `A web.anak.${FORWARD}`;
        const reading = await dns.read({ keys: [{ kind: 'dns-record', key }], owners: new Set(), pools: [] });
        expect(reading.unread).toMatchObject([{ key, reason: expect.stringContaining(`anak.${FORWARD}`) }]);
        expect(await one(create(key, ['10.0.0.1']))).toMatchObject({ result: 'failed', error: { code: 'delegated' } });
      });
    });

    describe('writing', () => {
      it('a change of the TTL alone', async () => {
        await apply([createA()]);
        expect(await one(await update(`A ${NAME}`, { ttl: 60 }))).toMatchObject({
          result: 'done',
          values: { ttl: 60, values: ['10.30.8.11'] },
        });
        expect(await client.query(NAME, 'A')).toEqual([{ ...a(NAME, '10.30.8.11'), ttl: 60 }]);
      });
      it('a change of some values', async () => {
        await one(create(`A ${NAME}`, ['10.0.0.1', '10.0.0.2']));
        const outcome = await one(await update(`A ${NAME}`, { values: ['10.0.0.2', '10.0.0.3'] }));
        expect(outcome).toMatchObject({ result: 'done', values: { values: ['10.0.0.2', '10.0.0.3'] } });
      });
      it('a CNAME change, and its deletion', async () => {
        await one(create(`CNAME ${NAME}`, ['satu.lain.test']));
        expect(await one(await update(`CNAME ${NAME}`, { values: ['dua.lain.test'] }))).toMatchObject({
          result: 'done',
        });
        expect(await one(await remove(`CNAME ${NAME}`))).toMatchObject({ result: 'done' });
        expect(await read(`CNAME ${NAME}`)).toBeUndefined();
      });
      it.each([
        ['CNAME', 'A'],
        ['A', 'CNAME'],
      ])('%s beside %s of the same request is refused, not silently ignored', async (added, there) => {
        const value = (type: string) => [type === 'A' ? '10.0.0.1' : 'satu.lain.test'];
        await one(create(`${there} ${NAME}`, value(there)));
        expect(await one(create(`${added} ${NAME}`, value(added)))).toMatchObject({
          result: 'failed',
          error: { code: 'conflict' },
        });
      });
      it('a write that the server takes and does not do is a failure (F23)', async () => {
        const deaf: DnsClient = { ...client, update: async () => {} };
        expect(await one(createA(), by(deaf))).toMatchObject({ result: 'failed', error: { code: 'not-applied' } });
      });
      it('a write that the server does half is a failure', async () => {
        const half: DnsClient = {
          ...client,
          update: (message) => client.update({ ...message, updates: message.updates.slice(0, 1) }),
        };
        expect(await one(createA(), by(half))).toMatchObject({ result: 'failed', error: { code: 'not-applied' } });
      });
      it('a wildcard does not make a deleted name look alive, nor an absent one', async () => {
        await put(a(`*.${FORWARD}`));
        expect(await read(`A ${NAME}`)).toBeUndefined();
        expect(await one(createA())).toMatchObject({ result: 'done' });
        expect(await one(await remove(`A ${NAME}`))).toMatchObject({ result: 'done' });
      });
      it('a second create finds that it is there', async () => {
        await apply([createA()]);
        const port = recordingPort();
        expect(await collect(dns.apply([createA()], port))).toMatchObject([
          { result: 'failed', error: { code: 'stale' } },
        ]);
        expect(port.writes).toEqual([]);
      });
      it('two runs of the same change at once: one writes', async () => {
        const runs = await Promise.all(Array.from({ length: 8 }, () => one(createA(), by(server.connect()))));
        expect(runs.filter((outcome) => outcome?.result === 'done')).toHaveLength(1);
        expect(runs.filter((outcome) => outcome?.error?.code === 'stale')).toHaveLength(7);
      });
      it('two requests for one name at once: one gets it, the other learns that it is taken', async () => {
        const requests = Array.from({ length: 8 }, (_, index) => `djp/nomor-${index}`);
        const runs = await Promise.all(requests.map((request) => one(createA(request), by(server.connect()))));
        expect(runs.filter((outcome) => outcome?.result === 'done')).toHaveLength(1);
        expect(runs.filter((outcome) => outcome?.error?.code === 'taken')).toHaveLength(7);
        expect(await owners()).toHaveLength(1);
      });
      it('two updates upon one reading at once: one is done, the other is stale', async () => {
        await apply([createA()]);
        const updates = await Promise.all(
          ['10.0.0.1', '10.0.0.2'].map((value) => update(`A ${NAME}`, { values: [value] })),
        );
        const runs = await Promise.all(updates.map((change) => one(change, by(server.connect()))));
        expect(runs.map((outcome) => outcome?.error?.code ?? outcome?.result).sort()).toEqual(['done', 'stale']);
      });
      it('an RRset that appears at the name during a delete keeps its owner', async () => {
        await apply([createA()]);
        const change = await remove(`A ${NAME}`);
        let raced = false;
        const racing: DnsClient = {
          ...client,
          async update(message) {
            if (!raced) await one(create(`AAAA ${NAME}`, ['2001:db8::1']));
            raced = true;
            await client.update(message);
          },
        };
        expect(await one(change, by(racing))).toMatchObject({ result: 'done' });
        expect(await read(`AAAA ${NAME}`)).toMatchObject({ owner: ME });
      });
      it('gives each change its own outcome; a request that failed gets no further change', async () => {
        await put(a(`ada.${FORWARD}`));
        const outcomes = await apply([
          createA(),
          create(`A ada.${FORWARD}`, ['10.0.0.1']),
          create(`A dua.${FORWARD}`, ['10.0.0.2']),
          create(`A tiga.${FORWARD}`, ['10.0.0.3'], FORWARD, OTHER),
        ]);
        expect(outcomes.map((outcome) => outcome.error?.code ?? outcome.result)).toEqual([
          'done',
          'taken',
          'sibling',
          'done',
        ]);
      });
      it('gives an address back only after no name points to it', async () => {
        await apply([create(PTR, [NAME], REVERSE), createA()]);
        const port = recordingPort();
        const changes = [await remove(PTR), await remove(`A ${NAME}`)];
        await collect(dns.apply(changes, port));
        expect(port.writes.map((write) => write.key)).toEqual([`A ${NAME}`, PTR]);
      });
      it('keeps the address while the name that points to it cannot be deleted', async () => {
        await apply([create(PTR, [NAME], REVERSE), createA()]);
        const changes = [await remove(PTR), await remove(`A ${NAME}`)];
        const { client: refusing, disturb } = disturbable(client);
        disturb({ on: 'write', effect: 'refused' });
        const outcomes = await apply(changes, by(refusing));
        expect(outcomes.map((outcome) => outcome.error?.code)).toEqual(['SERVFAIL', 'sibling']);
        expect(await read(PTR)).toMatchObject({ owner: ME });
      });
    });

    describe('lost replies', () => {
      const losing = (done: boolean): DnsClient => ({
        ...client,
        async update(message) {
          const { client: lost, disturb } = disturbable({ ...client, update: done ? client.update : async () => {} });
          disturb({ on: 'write', effect: 'lost' });
          await lost.update(message);
        },
      });
      it('what was done is found done', async () => {
        expect(await one(createA(), by(losing(true)))).toMatchObject({ result: 'done' });
      });
      it('what is not there stays unknown, and is not sent again', async () => {
        const port = recordingPort();
        const outcomes = await collect(by(losing(false)).apply([createA()], port));
        expect(outcomes).toMatchObject([
          { result: 'unknown', error: { system: 'dns', operation: `UPDATE ${FORWARD}`, code: 'CLOSED' } },
        ]);
        expect(port.writes).toHaveLength(1);
        expect(await read(`A ${NAME}`)).toBeUndefined();
      });
      it('what cannot be read afterwards stays unknown', async () => {
        let lost = false;
        const { client: blind, disturb } = disturbable(client);
        const gone: DnsClient = {
          ...client,
          update(message) {
            lost = true;
            return losing(true).update(message);
          },
          transfer(zone) {
            if (lost) disturb({ on: 'read', effect: 'unreadable' });
            return blind.transfer(zone);
          },
        };
        expect(await one(createA(), by(gone))).toMatchObject({ result: 'unknown' });
      });
      it('what another took meanwhile is taken', async () => {
        const robbed: DnsClient = {
          ...client,
          async update(message) {
            await one(createA(OTHER));
            await losing(false).update(message);
          },
        };
        expect(await one(createA(), by(robbed))).toMatchObject({ result: 'failed', error: { code: 'taken' } });
      });
      it('a deletion that was done is found done', async () => {
        await apply([createA()]);
        expect(await one(await remove(`A ${NAME}`), by(losing(true)))).toMatchObject({ result: 'done', values: {} });
      });
    });

    describe('reading', () => {
      it('one zone that cannot be read leaves the other readable by key', async () => {
        await apply([createA()]);
        const { client: blind, disturb } = disturbable(client);
        disturb({ on: 'read', effect: 'unreadable' });
        const reading = await by(blind).read({
          keys: [{ kind: 'dns-record', key: PTR }],
          owners: new Set(),
          pools: [],
        });
        expect(reading).toMatchObject({ objects: [], unread: [{ kind: 'dns-record', key: PTR }] });
        expect(await read(`A ${NAME}`, [ME], by(blind))).toMatchObject({ owner: ME });
      });
      it('finds the records of an owner in all zones, and only those', async () => {
        await apply([
          create(PTR, [NAME], REVERSE),
          createA(),
          create(`A lain.${FORWARD}`, ['10.0.0.9'], FORWARD, OTHER),
        ]);
        const reading = await dns.read({ keys: [], owners: new Set([ME]), pools: [] });
        expect(reading.objects.map((object) => object.key)).toEqual([`A ${NAME}`, PTR]);
      });
      it('leaves out types that it does not manage', async () => {
        await apply([createA()]);
        await put({
          name: NAME,
          ttl: 60,
          type: 'SRV',
          data: { priority: 1, weight: 1, port: 1, target: 'x.lain.test' },
        });
        const reading = await dns.read({ keys: [], owners: new Set([ME]), pools: [] });
        expect(reading.objects.map((object) => object.key)).toEqual([`A ${NAME}`]);
      });
      it('asks nothing of the server when nothing is wanted', async () => {
        const silent: DnsClient = { ...client, transfer: () => Promise.reject(new Error('Asked')) };
        expect(await by(silent).read({ keys: [], owners: new Set(), pools: [] })).toEqual({
          objects: [],
          unread: [],
          pools: [],
        });
      });
      it('transfers each zone once per reading', async () => {
        const asked: string[] = [];
        const spy: DnsClient = {
          ...client,
          transfer: (zone) => {
            asked.push(zone);
            return client.transfer(zone);
          },
        };
        await by(spy).read({
          keys: [`A ${NAME}`, `AAAA ${NAME}`, PTR].map((key) => ({ kind: 'dns-record', key })),
          owners: new Set([ME]),
          pools: [],
        });
        expect(asked.sort()).toEqual([...ZONES].sort());
      });
    });
  });
}
