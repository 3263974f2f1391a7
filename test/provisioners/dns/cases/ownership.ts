import { describe, expect } from 'vitest';
import type { DnsClient, UpdateMessage } from '../../../../provisioners/dns/protocol.ts';
import { type DnsServer, FORWARD } from '../server.ts';
import { type Impossible, possible } from './possible.ts';
import { a, create, createA, ME, NAME, OTHER, useDns } from './use-dns.ts';

export function ownershipCases(name: string, makeServer: () => Promise<DnsServer>, impossible: Impossible): void {
  const it = possible(impossible);
  describe(`${name}: ownership`, () => {
    const { client, dns, by, apply, one, read, update, remove, adopt, put, owners } = useDns(makeServer);
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
      await put({ name: NAME, ttl: 60, type: 'TYPE257', data: '000569737375656578616d706c65' });
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
      await put({ name: NAME, ttl: 60, type: 'TYPE257', data: '000569737375656578616d706c65' });
      expect(await read(`A ${NAME}`)).toMatchObject({ owner: null, fields: { values: [] } });
      expect(await one(await adopt(`A ${NAME}`))).toMatchObject({ result: 'failed', error: { code: 'taken' } });
    });
    it('a marker without a record keeps the name for its request', async () => {
      await put({ name: `_layanan.${NAME}`, ttl: 60, type: 'TXT', data: [`layanan:${ME}`] });
      expect(await read(`A ${NAME}`, [OTHER])).toMatchObject({ owner: ME });
      expect(await read(`A ${NAME}`)).toMatchObject({ owner: ME, fields: { values: [] } });
      expect(await one(createA(OTHER))).toMatchObject({ result: 'failed', error: { code: 'taken' } });
      expect(await one(createA())).toMatchObject({ result: 'done' });
    });
    it('a marker without a record is filled by an update of its request', async () => {
      await put({ name: `_layanan.${NAME}`, ttl: 60, type: 'TXT', data: [`layanan:${ME}`] });
      const change = await update(`A ${NAME}`, { ttl: 300, values: ['10.30.8.11'] });
      expect(await one(change)).toMatchObject({ result: 'done', values: { ttl: 300, values: ['10.30.8.11'] } });
      expect(await read(`A ${NAME}`)).toMatchObject({ owner: ME, fields: { values: ['10.30.8.11'] } });
    });
    it('a marker without a record is found by its owner, and deleted by it', async () => {
      await put({ name: `_layanan.${NAME}`, ttl: 60, type: 'TXT', data: [`layanan:${ME}`] });
      const reading = await dns.read({ keys: [], owners: new Set([ME]), pools: [] });
      expect(reading.objects.map((object) => object.key)).toEqual([`A ${NAME}`]);
      expect(await one(await remove(`A ${NAME}`))).toMatchObject({ result: 'done', values: {} });
      expect(await owners()).toEqual([]);
    });
    it('a marker alone stays when a record came to its name meanwhile', async () => {
      await put({ name: `_layanan.${NAME}`, ttl: 60, type: 'TXT', data: [`layanan:${ME}`] });
      const change = await remove(`A ${NAME}`);
      await one(create(`AAAA ${NAME}`, ['2001:db8::1']));
      expect(await one(change)).toMatchObject({ result: 'failed', error: { code: 'stale' } });
      expect(await owners()).toEqual([`layanan:${ME}`]);
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
}
