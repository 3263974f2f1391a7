import { setTimeout as delay } from 'node:timers/promises';
import { type Faults, noFaults } from '../faults.ts';
import { kubernetesError } from './call.ts';
import { type KubernetesClient, operationOf } from './protocol.ts';
import { status } from './sandbox/answers.ts';
import { answer, type Cluster } from './sandbox/api.ts';
import { openObjectStore } from './sandbox/store.ts';
import { type TokenVerdict, verifyToken } from './sandbox/tokens.ts';

export interface SandboxOptions {
  /** The SQLite file, shared by processes, or `:memory:`. */
  readonly file: string;
  readonly now: () => Date;
  readonly faults?: Faults;
}

/** A Kubernetes API server that runs in the process and keeps its objects in a file. */
export interface KubernetesSandbox extends Disposable {
  readonly client: KubernetesClient;
  /** Untouched by faults: for what people do by other means. */
  readonly administrator: KubernetesClient;
  /** `valid`, or why the API server does not take a token. */
  verifyToken(token: string): TokenVerdict;
}

/** What stands in every cluster. */
const SYSTEM = ['default', 'kube-node-lease', 'kube-public', 'kube-system'];

export function createKubernetesSandbox({ file, now, faults = noFaults }: SandboxOptions): KubernetesSandbox {
  const store = openObjectStore(file);
  const cluster: Cluster = { store, now };
  store.transaction(() => {
    for (const name of SYSTEM)
      answer(cluster, { method: 'POST', path: '/api/v1/namespaces', body: { kind: 'Namespace', metadata: { name } } });
  });
  return {
    client: clientOf(cluster, faults),
    administrator: clientOf(cluster, noFaults),
    verifyToken: (token) => verifyToken(store, token, now()),
    [Symbol.dispose]: () => store.close(),
  };
}

const clientOf = (cluster: Cluster, faults: Faults): KubernetesClient => ({
  async request(request) {
    const operation = operationOf(request);
    const isWrite = request.method !== 'GET';
    const told = faults.next({ system: 'kubernetes', operation, write: isWrite });
    if (typeof told === 'object') await delay(told.delayMs);
    if (told === 'fail') return status(429, 'TooManyRequests', 'the server has received too many requests');
    if (told === 'unreadable') return status(403, 'Forbidden', 'the account may not read it');
    const serve = () => answer(cluster, request);
    const response = isWrite ? cluster.store.transaction(serve) : serve();
    if (told === 'drop-reply')
      throw kubernetesError(operation, 'ECONNRESET', 'lost', 'The connection was closed before an answer came');
    if (told === 'short')
      throw kubernetesError(operation, 'incomplete', 'refused', 'The list ended before its last page');
    return response;
  },
});
