import { randomBytes } from 'node:crypto';
import type { Handover } from '../../../core/handover.ts';
import type { Fields } from '../../../core/kinds.ts';
import type { Resource } from '../../../core/resource.ts';
import {
  type KubernetesClient,
  type KubernetesRequest,
  operationOf,
} from '../../../provisioners/namespaces/protocol.ts';
import { createKubernetesProvider } from '../../../provisioners/namespaces/provider.ts';
import { createNamespaces } from '../../../provisioners/namespaces/provisioner.ts';
import { createKubernetesSandbox, type KubernetesSandbox } from '../../../provisioners/namespaces/sandbox.ts';
import type { Engine } from '../../../stacks/engine.ts';
import type { Rig } from '../contract.ts';
import { type Disturbed, disturbed } from '../stack/disturbed.ts';

export const namespaceFields = (more: Fields = {}): Fields => ({
  unit: 'unit-a',
  cores: 4,
  memoryGb: 8,
  storageGb: 50,
  pods: 20,
  podSecurity: 'baseline',
  members: ['andi.pratama', 'siti'],
  until: '2027-05-01',
  accessIssuedAt: '2026-11-20T02:00:00.000Z',
  form: 1,
  ...more,
});

export const namespace = (key: string, request: string, more: Fields = {}): Resource => ({
  kind: 'namespace',
  key,
  request,
  fields: namespaceFields(more),
});

/** Sealed files by name, with what is in them. */
export interface Sealings extends Handover {
  readonly files: Map<string, string>;
}

function sealings(): Sealings {
  const files = new Map<string, string>();
  return {
    files,
    async seal(request, key, value, mark) {
      const stem = `${request}--${key}--`;
      const file = `${stem}${mark}`;
      files.set(file, value.reveal());
      const others = () => [...files.keys()].filter((name) => name.startsWith(stem) && name !== file);
      return {
        file,
        discard: async () => void files.delete(file),
        confirm: async () => {
          for (const name of others()) files.delete(name);
        },
      };
    },
  };
}

/** Everything of one cluster with the embedded engine, in memory. */
export interface NamespaceRig extends Rig {
  readonly server: KubernetesSandbox;
  readonly wire: Disturbed<KubernetesClient>;
  readonly engine: Engine;
  readonly handover: Sealings;
  /** How often an engine was asked for. */
  readonly opened: () => number;
}

export async function namespaceRig(): Promise<NamespaceRig> {
  const { createEmbeddedEngine } = await import('../../../stacks/embedded/engine.ts');
  const now = () => new Date('2026-11-20T03:00:00Z');
  const server = createKubernetesSandbox({ file: ':memory:', now });
  const wire = disturbed(server.client, (_, [request]) => {
    const sent = request as KubernetesRequest;
    return sent.method === 'GET' ? undefined : operationOf(sent);
  });
  const providers = [createKubernetesProvider(wire.client)];
  const engine = createEmbeddedEngine({ file: ':memory:', key: randomBytes(32), providers, now });
  const handover = sealings();
  let opened = 0;
  let chance = 0;
  const provisioner = createNamespaces({
    client: wire.client,
    place: { at: { type: 'sandbox' }, server: 'https://kubernetes.contoh.test:6443', role: 'edit' },
    handover,
    now,
    randomInt: (max) => {
      chance += 7;
      return chance % max;
    },
    openEngine: async () => {
      opened++;
      return engine;
    },
  });
  const administer = async (request: KubernetesRequest) => {
    const { status } = await server.administrator.request(request);
    if (status >= 300) throw new Error(`Cannot ${operationOf(request)}: ${status}`);
  };
  return {
    provisioner,
    server,
    wire,
    engine,
    handover,
    opened: () => opened,
    disturb: wire.disturb,
    plant: ({ key }) =>
      administer({ method: 'POST', path: '/api/v1/namespaces', body: { kind: 'Namespace', metadata: { name: key } } }),
    tamper: ({ key }) =>
      administer({
        method: 'PATCH',
        path: `/api/v1/namespaces/${key}/resourcequotas/layanan`,
        body: { spec: { hard: { pods: '999' } } },
      }),
    async dispose() {
      server[Symbol.dispose]();
      engine[Symbol.dispose]();
    },
  };
}
