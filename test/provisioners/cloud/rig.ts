import { randomInt } from 'node:crypto';
import type { Fields } from '../../../core/kinds.ts';
import type { Provisioner } from '../../../core/provisioner.ts';
import type { Change, Outcome, Plan, Reading, Resource } from '../../../core/resource.ts';
import type { CloudClient, CloudRequest, CloudResponse } from '../../../provisioners/cloud/protocol.ts';
import { createCloud } from '../../../provisioners/cloud/provisioner.ts';
import type { MethodState, UserState } from '../../../provisioners/cloud/sandbox/store.ts';
import type { CloudSandbox, SandboxOptions } from '../../../provisioners/cloud/sandbox.ts';
import type { Fault, Faults } from '../../../provisioners/faults.ts';
import { collect, planFor, readFor, recordingPort } from '../contract.ts';

export const REQUEST = 'djp/andi';
export const UPN = 'andi.pratama@contoh.test';
export const E1 = '18181a46-0d4e-45cd-891e-60aabd171b4e';
export const E3 = '6fd2c87f-b296-42f0-b197-1e91e994b900';
export const START = new Date('2026-11-02T01:00:00Z');
export const HOUR = 3_600_000;

/** A server that speaks for one tenant, and a client to it. */
export interface CloudTarget {
  readonly client: CloudClient;
  readonly sandbox: CloudSandbox;
  close(): Promise<void>;
}
export type MakeTarget = (options: SandboxOptions) => Promise<CloudTarget>;

export interface CloudRig {
  readonly provisioner: Provisioner;
  readonly client: CloudClient;
  readonly sandbox: CloudSandbox;
  /** Every request that reached the server. */
  readonly requests: CloudRequest[];
  /** Pauses that the provisioner made, in milliseconds. */
  readonly pauses: number[];
  now(): Date;
  advance(ms: number): void;
  /** Answers in place of the server as long as it gives one. */
  intercept(answer: (request: CloudRequest) => CloudResponse | undefined): void;
  /** Replaces answers after their effect. */
  replace(answer: (request: CloudRequest, response: CloudResponse) => CloudResponse | undefined): void;
  /** Strikes the next operation that matches. */
  fault(fault: Fault, on?: { operation?: string; write?: boolean; skip?: number }): void;
  read(resources: readonly Resource[], owners?: readonly string[]): Promise<Reading>;
  plan(resources: readonly Resource[], options?: Parameters<typeof planFor>[2]): Promise<Plan>;
  apply(changes: readonly Change[]): Promise<Outcome[]>;
  /** Plans and applies until nothing is left; mailboxes appear in between. */
  fulfil(resources: readonly Resource[]): Promise<void>;
  userState(upn?: string): UserState;
  setProperties(properties: Record<string, unknown>, upn?: string): void;
  setMethods(methods: readonly MethodState[], upn?: string): void;
  close(): Promise<void>;
}

/** Faults that a test adds as it goes. */
function faultQueue(): Faults & { add: CloudRig['fault'] } {
  const waiting: { fault: Fault; operation?: string; write?: boolean; skip: number }[] = [];
  return {
    add: (fault, on = {}) => void waiting.push({ skip: 0, ...on, fault }),
    next(operation) {
      const index = waiting.findIndex(
        (one) =>
          (one.operation ?? operation.operation) === operation.operation &&
          (one.write ?? operation.write) === operation.write,
      );
      const found = waiting[index];
      if (found === undefined || found.skip-- > 0) return undefined;
      waiting.splice(index, 1);
      return found.fault;
    },
  };
}

export async function makeRig(make: MakeTarget, options: Partial<SandboxOptions> = {}): Promise<CloudRig> {
  let time = START.getTime();
  const now = () => new Date(time);
  const pauses: number[] = [];
  const pause = async (ms: number) => {
    pauses.push(ms);
    time += ms;
  };
  const requests: CloudRequest[] = [];
  const faults = faultQueue();
  let intercept: (request: CloudRequest) => CloudResponse | undefined = () => undefined;
  let replace: (request: CloudRequest, response: CloudResponse) => CloudResponse | undefined = () => undefined;
  const target = await make({
    now,
    pause,
    faults,
    licences: { STANDARDPACK: 10, ENTERPRISEPACK: 2 },
    intercept: (request) => {
      requests.push(request);
      return intercept(request);
    },
    replace: (request, response) => replace(request, response),
    ...options,
  });
  const { client, sandbox } = target;
  const provisioner = createCloud({ client, now, randomInt, pause });
  const advance = (ms: number) => {
    time += ms;
  };
  const userState = (upn = UPN) => {
    const user = sandbox.store.user(upn);
    if (user === undefined) throw new Error(`Cannot find '${upn}'`);
    return user;
  };
  const rig: CloudRig = {
    provisioner,
    client,
    sandbox,
    requests,
    pauses,
    now,
    advance,
    intercept: (answer) => {
      intercept = answer;
    },
    replace: (answer) => {
      replace = answer;
    },
    fault: faults.add,
    read: (resources, owners = [REQUEST]) => readFor(provisioner, resources, owners),
    plan: (resources, planOptions) => planFor(provisioner, resources, { owners: [REQUEST], ...planOptions }),
    apply: (changes) => collect(provisioner.apply(changes, recordingPort())),
    async fulfil(resources) {
      for (let run = 0; run < 3; run++) {
        const { changes } = await rig.plan(resources);
        for (const outcome of await rig.apply(changes))
          if (outcome.result !== 'done') throw new Error(`Cannot fulfil: ${JSON.stringify(outcome.error)}`);
        advance(HOUR);
      }
      requests.length = 0;
      pauses.length = 0;
    },
    userState,
    setProperties: (properties, upn) => {
      const user = userState(upn);
      sandbox.store.putUser({ ...user, properties: { ...user.properties, ...properties } });
    },
    setMethods: (methods, upn) => {
      const user = userState(upn);
      sandbox.store.putUser({ ...user, methods: [...user.methods, ...methods] });
    },
    close: () => target.close(),
  };
  return rig;
}

const id = (upn: string) => ({ request: REQUEST, key: upn });

export const cloudUser = (fields: Fields = {}, upn = UPN): Resource => ({
  kind: 'cloud-user',
  ...id(upn),
  fields: {
    displayName: 'Andi Pratama',
    mailNickname: upn.split('@')[0] ?? upn,
    enabled: true,
    usageLocation: 'ID',
    licence: 'STANDARDPACK',
    ...fields,
  },
});

export const mailbox = (fields: Fields = {}, upn = UPN): Resource => ({
  kind: 'mailbox',
  ...id(upn),
  fields: { quotaGb: 50, address: upn, aliases: [], ...fields },
  needs: [{ kind: 'cloud-user', key: upn }],
});

export const method = (type: string, methodId: string, more: Partial<MethodState> = {}): MethodState => ({
  '@odata.type': `#microsoft.graph.${type}AuthenticationMethod`,
  id: methodId,
  ...more,
});

/** The writes among requests, by operation. */
export const paths = (requests: readonly CloudRequest[], verb: CloudRequest['method']): string[] =>
  requests.filter((request) => request.method === verb).map((request) => decodeURIComponent(request.path));
