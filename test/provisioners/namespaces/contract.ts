/** What namespaces do besides what every provisioner does; on any cluster and any engine. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Order } from '../../../core/plan/orders.ts';
import type { Change, Outcome, Resource } from '../../../core/resource.ts';
import type { KubernetesObject } from '../../../provisioners/namespaces/protocol.ts';
import { collect, planFor, recordingPort } from '../contract.ts';
import { type NamespaceRig, namespace } from './rig.ts';

const UJI = 'unit-a/uji';
const LAIN = 'unit-a/lain';
const deletes: Order['deletes'] = new Set(['namespace']);

/** @param makeRig a cluster without namespaces of ours, and an engine that holds nothing */
export function namespaceContract(name: string, makeRig: () => Promise<NamespaceRig>): void {
  describe(`${name}: namespaces`, () => {
    let rig: NamespaceRig;
    beforeEach(async () => {
      rig = await makeRig();
    });
    afterEach(() => rig.dispose());

    const uji = (more = {}) => namespace('a-uji', UJI, more);
    const lain = (more = {}) => namespace('a-lain', LAIN, more);
    const planOf = (resources: readonly Resource[], owners: readonly string[], options = {}) =>
      planFor(rig.provisioner, resources, { owners, ...options });
    const applied = (changes: readonly Change[]): Promise<Outcome[]> =>
      collect(rig.provisioner.apply(changes, recordingPort()));
    const carriedOut = async (resources: readonly Resource[], owners: readonly string[], options = {}) => {
      const outcomes = await applied((await planOf(resources, owners, options)).changes);
      expect(outcomes.map(({ error }) => error)).toEqual(outcomes.map(() => undefined));
      return outcomes;
    };
    const get = async (path: string) => {
      const { status, body } = await rig.server.administrator.request({ method: 'GET', path });
      return status === 404 ? undefined : (body as KubernetesObject);
    };
    const remove = (path: string) => rig.server.administrator.request({ method: 'DELETE', path });
    const inside = (path: string) => get(`/api/v1/namespaces/a-uji/${path}`);
    const tokens = () =>
      [...rig.handover.files.values()].map((file) => {
        const { users } = JSON.parse(file) as { users: readonly { user: { token: string } }[] };
        return users[0]?.user.token ?? '';
      });

    it('has a quota, limits for those who name none, and the pod security level', async () => {
      await carriedOut([uji()], [UJI]);
      expect((await get('/api/v1/namespaces/a-uji'))?.metadata.labels).toMatchObject({
        'layanan/request': 'unit-a_uji',
        'pod-security.kubernetes.io/enforce': 'baseline',
      });
      expect((await inside('resourcequotas/layanan'))?.spec).toMatchObject({
        hard: { 'limits.cpu': '4', 'limits.memory': '8Gi', 'requests.storage': '50Gi', pods: '20' },
      });
      expect((await inside('limitranges/layanan'))?.spec).toMatchObject({ limits: [{ type: 'Container' }] });
    });

    it('lets nothing in but from itself, and lets names be asked for', async () => {
      await carriedOut([uji()], [UJI]);
      const policy = async (which: string) =>
        (await get(`/apis/networking.k8s.io/v1/namespaces/a-uji/networkpolicies/${which}`))?.spec;
      expect(await policy('layanan-deny-ingress')).toEqual({ podSelector: {}, policyTypes: ['Ingress'] });
      expect(await policy('layanan-same-namespace')).toMatchObject({ ingress: [{ from: [{ podSelector: {} }] }] });
      expect(await policy('layanan-dns')).toMatchObject({ egress: [{ ports: [{ port: 53 }, { port: 53 }] }] });
    });

    it('gives its members the role, and nobody else', async () => {
      await carriedOut([uji()], [UJI]);
      await carriedOut([uji({ members: ['siti'] })], [UJI]);
      const path = '/apis/rbac.authorization.k8s.io/v1/namespaces/a-uji/rolebindings/layanan-members';
      const binding = await get(path);
      expect(binding?.roleRef).toMatchObject({ kind: 'ClusterRole', name: 'edit' });
      expect((binding?.subjects as { name: string }[]).map((one) => one.name)).toEqual(['layanan-access', 'siti']);
    });

    it('shows a part that others took away as drift, and makes it again once it is ordered', async () => {
      await carriedOut([uji()], [UJI]);
      await remove('/apis/networking.k8s.io/v1/namespaces/a-uji/networkpolicies/layanan-deny-ingress');
      expect((await planOf([uji()], [UJI], { mode: 'settled' })).held).toMatchObject([{ reason: 'drift' }]);
      await carriedOut([uji()], [UJI]);
      expect(
        await get('/apis/networking.k8s.io/v1/namespaces/a-uji/networkpolicies/layanan-deny-ingress'),
      ).toBeDefined();
    });

    it('leaves what others wrote on the namespace', async () => {
      await carriedOut([uji()], [UJI]);
      const path = '/api/v1/namespaces/a-uji';
      const body = { metadata: { annotations: { 'others/note': 'kept' } } };
      await rig.server.administrator.request({ method: 'PATCH', path, body });
      await carriedOut([uji({ podSecurity: 'restricted' })], [UJI]);
      expect((await get(path))?.metadata.annotations).toMatchObject({ 'others/note': 'kept' });
    });

    it('seals an access file whose token works, ends, and is in no outcome', async () => {
      const outcomes = await carriedOut([uji()], [UJI]);
      const [file = ''] = rig.handover.files.keys();
      expect(outcomes[0]).toMatchObject({ handover: file });
      const [token = ''] = tokens();
      expect(rig.server.verifyToken(token)).toBe('valid');
      expect(JSON.stringify(outcomes)).not.toContain(token);
      expect(JSON.parse(rig.handover.files.get(file) ?? '')).toMatchObject({
        clusters: [{ cluster: { server: 'https://kubernetes.contoh.test:6443' } }],
        contexts: [{ context: { namespace: 'a-uji' } }],
      });
    });

    it('ends the token of the file before when it issues a new one, and starts no engine for it', async () => {
      await carriedOut([uji()], [UJI]);
      const [first = ''] = tokens();
      const before = rig.opened();
      await carriedOut([uji({ accessIssuedAt: '2026-11-20T02:30:00.000Z' })], [UJI]);
      expect(rig.handover.files.size).toBe(1);
      expect(rig.server.verifyToken(first)).toBe('void');
      expect(tokens().map((token) => rig.server.verifyToken(token))).toEqual(['valid']);
      expect(rig.opened()).toBe(before);
    });

    it('shows a run that was cut off between two parts, and completes it', async () => {
      await carriedOut([uji()], [UJI]);
      rig.disturb({ on: 'write', effect: 'refused', after: 1 });
      const { changes } = await planOf([uji({ cores: 8 })], [UJI]);
      expect(await applied(changes)).toMatchObject([{ result: 'failed' }]);
      expect((await planOf([uji({ cores: 8 })], [UJI])).changes).toMatchObject([{ action: 'update' }]);
      await carriedOut([uji({ cores: 8 })], [UJI]);
      expect((await inside('limitranges/layanan'))?.spec).toMatchObject({ limits: [{ max: { cpu: '8' } }] });
    });

    it('ends the token of the file before, also where the run is cut off before the new one counts', async () => {
      await carriedOut([uji()], [UJI]);
      const [first = ''] = tokens();
      rig.disturb({ on: 'write', effect: 'lost', after: 2 });
      const again = uji({ accessIssuedAt: '2026-11-20T02:30:00.000Z' });
      await applied((await planOf([again], [UJI])).changes);
      await carriedOut([again], [UJI]);
      expect(rig.server.verifyToken(first)).toBe('void');
      const { items } = (await inside('secrets')) as unknown as { items: readonly unknown[] };
      expect(items).toHaveLength(1);
    });

    it('issues no access file where none is ordered', async () => {
      const { accessIssuedAt: _, ...fields } = uji().fields;
      await carriedOut([{ ...uji(), fields }], [UJI]);
      expect(rig.handover.files.size).toBe(0);
    });

    it('keeps no file of an access that was refused', async () => {
      await carriedOut([uji()], [UJI]);
      const [kept] = rig.handover.files.keys();
      rig.disturb({ on: 'write', effect: 'refused', after: 2 });
      const { changes } = await planOf([uji({ accessIssuedAt: '2026-11-20T02:30:00.000Z' })], [UJI]);
      expect(await applied(changes)).toMatchObject([{ result: 'failed' }]);
      expect([...rig.handover.files.keys()]).toEqual([kept]);
    });

    it('puts no token into the state of the stack', async () => {
      await carriedOut([uji()], [UJI]);
      const { components } = await rig.engine.read({ project: 'layanan-namespaces', stack: 'unit-a' });
      expect(Object.keys(components[0]?.fields ?? {})).not.toContain('accessIssuedAt');
      expect(JSON.stringify(components)).not.toContain(tokens()[0]);
    });

    it('never touches a neighbour', async () => {
      await carriedOut([uji(), lain()], [UJI, LAIN]);
      await rig.tamper(lain());
      const path = '/api/v1/namespaces/a-lain/resourcequotas/layanan';
      const before = await get(path);
      await carriedOut([uji({ cores: 8 })], [UJI]);
      expect(await get(path)).toEqual(before);
    });

    it('goes with everything in it when an item asks, and its neighbour stays', async () => {
      await carriedOut([uji(), lain()], [UJI, LAIN]);
      await carriedOut([], [UJI], { deletes });
      expect(await get('/api/v1/namespaces/a-uji')).toBeUndefined();
      expect(await inside('resourcequotas/layanan')).toBeUndefined();
      expect(await get('/api/v1/namespaces/a-lain/resourcequotas/layanan')).toBeDefined();
      expect(tokens().map((token) => rig.server.verifyToken(token))).toContain('void');
    });

    it('refuses a marker that no label can hold, before anything is written', async () => {
      const request = `unit-a/${'a'.repeat(60)}`;
      const { changes } = await planOf([namespace('a-uji', request)], [request]);
      expect(await applied(changes)).toMatchObject([{ result: 'failed', error: { code: 'invalid' } }]);
      expect(rig.wire.writes).toEqual([]);
    });

    it('finds a namespace whose half was made by a run that was cut off, and completes it', async () => {
      rig.disturb({ on: 'write', effect: 'refused', after: 3 });
      const { changes } = await planOf([uji()], [UJI]);
      expect(await applied(changes)).toMatchObject([{ result: 'failed' }]);
      await carriedOut([uji()], [UJI]);
      expect(await planOf([uji()], [UJI])).toMatchObject({ changes: [], held: [] });
    });
  });
}
