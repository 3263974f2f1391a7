/** A provisioner on a server, with what the cases look at: sealed passwords, writes, readings. */
import { inspect } from 'node:util';
import { UserError } from '../../../core/errors.ts';
import type { Handover } from '../../../core/handover.ts';
import type { Fields, Kind } from '../../../core/kinds.ts';
import { preconditionOf } from '../../../core/plan/precondition.ts';
import type { Provisioner, WritePort } from '../../../core/provisioner.ts';
import type { Change, Observed, Outcome, Reading } from '../../../core/resource.ts';
import type { Secret } from '../../../core/secret.ts';
import { createDirectory } from '../../../provisioners/directory/provisioner.ts';
import { foundIn, searcherOf } from '../../faults/encodings.ts';
import { collect, recordingPort } from '../contract.ts';
import { type Disturbed, disturbed } from './disturbed.ts';
import type { DirectoryServer } from './server.ts';

export const REQUEST = 'djp/andi';

export interface SealedFile {
  readonly file: string;
  readonly key: string;
  readonly value: Secret;
  state: 'sealed' | 'confirmed' | 'discarded';
}

export interface Workbench extends Disturbed {
  readonly provisioner: Provisioner;
  readonly sealed: SealedFile[];
  readonly port: ReturnType<typeof recordingPort>;
  /** The recipient's key is gone. */
  losesKey(): void;
  read(kind: Kind, key: string): Promise<Reading>;
  observe(key: string, kind?: Kind): Promise<Observed | undefined>;
  apply(change: Change, port?: WritePort): Promise<Outcome>;
  create(key: string, after: Fields, kind?: Kind, request?: string): Promise<Outcome>;
  update(key: string, after: Fields, kind?: Kind, request?: string): Promise<Outcome>;
  remove(key: string, kind?: Kind, request?: string): Promise<Outcome>;
  adopt(key: string, kind?: Kind, request?: string): Promise<Outcome>;
  /** Encodings in which a sealed password stands in what was told: outcomes, errors, writes of the port. */
  leaks(): readonly string[];
}

/** The provisioner, whose outcomes and errors are remembered. */
function overheard(provisioner: Provisioner, told: unknown[]): Provisioner {
  return {
    ...provisioner,
    async *apply(changes, port) {
      try {
        for await (const outcome of provisioner.apply(changes, port)) {
          told.push(outcome);
          yield outcome;
        }
      } catch (error) {
        told.push(error);
        throw error;
      }
    },
  };
}

const shown = (value: unknown) => `${inspect(value, { depth: null, showHidden: true })}\n${JSON.stringify(value)}`;

/** A small generator, so that runs are the same. */
export function randomFrom(seed: number): (max: number) => number {
  let state = seed;
  return (max) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * max);
  };
}

function memoryHandover(sealed: SealedFile[], hasKey: () => boolean): Handover {
  return {
    async seal(_request, key, value) {
      if (!hasKey()) throw new UserError('The recipient has no registered key');
      const file: SealedFile = { file: `${key}.${sealed.length}.age`, key, value, state: 'sealed' };
      sealed.push(file);
      return {
        file: file.file,
        async discard() {
          file.state = 'discarded';
        },
        async confirm() {
          file.state = 'confirmed';
        },
      };
    },
  };
}

export function workbench(server: DirectoryServer, seed = 1): Workbench {
  const sealed: SealedFile[] = [];
  let hasKey = true;
  const proxy = disturbed(server.client);
  const handover = memoryHandover(sealed, () => hasKey);
  const told: unknown[] = [];
  const provisioner = overheard(
    createDirectory({ client: proxy.client, base: server.base, handover, randomInt: randomFrom(seed) }),
    told,
  );
  const port = recordingPort();
  const read = (kind: Kind, key: string) => provisioner.read({ keys: [{ kind, key }], owners: new Set(), pools: [] });
  const observe = async (key: string, kind: Kind = 'directory-account') =>
    (await read(kind, key)).objects.find((one) => one.key === key);
  const apply = async (change: Change, through: WritePort = port): Promise<Outcome> => {
    const [outcome] = await collect(provisioner.apply([change], through));
    if (outcome === undefined) throw new Error('No outcome came');
    return outcome;
  };
  const base = async (kind: Kind, key: string, request: string) => {
    const before = await observe(key, kind);
    return { kind, key, request, precondition: preconditionOf(before), before: before?.fields ?? {} };
  };
  return {
    ...proxy,
    provisioner,
    sealed,
    port,
    losesKey() {
      hasKey = false;
    },
    read,
    observe,
    apply,
    async create(key, after, kind = 'directory-account', request = REQUEST) {
      return apply({ kind, key, request, precondition: preconditionOf(undefined), action: 'create', after });
    },
    update: async (key, after, kind = 'directory-account', request = REQUEST) =>
      apply({ ...(await base(kind, key, request)), action: 'update', after }),
    remove: async (key, kind = 'directory-account', request = REQUEST) =>
      apply({ ...(await base(kind, key, request)), action: 'delete' }),
    adopt: async (key, kind = 'directory-account', request = REQUEST) =>
      apply({ ...(await base(kind, key, request)), action: 'adopt' }),
    leaks: () =>
      foundIn(
        Buffer.from([told, port.writes, proxy.writes].map(shown).join('\n')),
        searcherOf(sealed.map(({ value }) => value.reveal())),
      ),
  };
}

/** Fields of an account below the server's organisational unit. */
export const accountFields = (server: DirectoryServer, more: Fields = {}): Fields => ({
  ou: `OU=Akun,${server.ou}`,
  cn: 'Andi Pratama',
  displayName: 'Andi Pratama',
  userPrincipalName: 'andi.pratama@contoh.test',
  employeeNumber: '199001012015011001',
  enabled: true,
  mail: 'andi.pratama@contoh.test',
  aliases: ['andi@contoh.test'],
  groups: [],
  mailboxKb: 3_145_728,
  messageKb: 34_816,
  ...more,
});

export const groupFields = (server: DirectoryServer, more: Fields = {}): Fields => ({
  ou: `OU=Akun,${server.ou}`,
  cn: 'Milis Uji',
  displayName: 'Milis Uji',
  mail: 'milis.uji@contoh.test',
  members: [],
  ...more,
});
