import { setTimeout as delay } from 'node:timers/promises';
import { type Faults, noFaults } from '../faults.ts';
import { failure, LDAP, refusal } from './directory-error.ts';
import { type DnText, parseDn } from './dn.ts';
import type { Attributes, DirectoryClient } from './protocol.ts';
import { add, plantBase } from './sandbox/add.ts';
import { answer } from './sandbox/answer.ts';
import { modify } from './sandbox/modify.ts';
import { bindData } from './sandbox/password.ts';
import { del, modifyDn } from './sandbox/rename.ts';
import type { Rights } from './sandbox/rules.ts';
import { openStore, type Tree } from './sandbox/store.ts';
import { existing, locate } from './sandbox/tree.ts';

export interface SandboxOptions {
  /** The SQLite file, shared by processes, or `:memory:`. */
  readonly file: string;
  /** Base DN of the domain: `DC=contoh,DC=test`. */
  readonly base: string;
  readonly now: () => Date;
  readonly faults?: Faults;
}

/** A directory server that runs in the process and keeps its state in a file. */
export interface DirectorySandbox {
  /** Bound as the service account: rights below delegated organisational units only. */
  readonly client: DirectoryClient;
  /** Bound with all rights, untouched by faults: for the seed, and for what people do by other means. */
  readonly administrator: DirectoryClient;
  /** Gives the service account its rights on an organisational unit and all below. */
  delegate(dn: string): void;
  /** Adds an entry with all rights unless one of its name is there. @param rid relative identifier, for the domain's own groups */
  plant(dn: DnText, attributes: Attributes, rid?: number): 'made' | 'there';
  /** `ok`, or the `data` code of a refused bind: 52e, 533, 701, 773, 775. */
  verifyPassword(dn: string, password: string): string;
  /** Does several things in one transaction, whatever number of processes start at once. */
  together(work: () => void): void;
  [Symbol.dispose](): void;
}

/** Answers as Active Directory on Windows does, also where other servers of its family are laxer. */
export function createDirectorySandbox(options: SandboxOptions): DirectorySandbox {
  const { file, now, faults = noFaults } = options;
  const tree: Tree = { store: openStore(file), base: parseDn(options.base), now };
  const { store } = tree;
  let depth = 0;
  /** Nested calls join the transaction of the outermost one. */
  const exclusive = <T>(work: () => T): T => {
    if (depth > 0) return work();
    depth++;
    try {
      return store.transaction(work);
    } finally {
      depth--;
    }
  };
  exclusive(() => plantBase(tree, tree.base));
  return {
    client: clientOf(tree, 'service', faults, exclusive),
    administrator: clientOf(tree, 'administrator', noFaults, exclusive),
    delegate: (dn) => exclusive(() => store.put({ ...existing(tree, 'modify', dn), delegated: true })),
    plant: (dn, attributes, rid) =>
      exclusive(() => {
        if (locate(tree, 'add', dn) !== undefined) return 'there';
        add(tree, 'administrator', dn, attributes, rid);
        return 'made';
      }),
    verifyPassword: (dn, password) => exclusive(() => bindData(tree, locate(tree, 'bind', dn), password)),
    together: exclusive,
    [Symbol.dispose]: () => store.close(),
  };
}

type Exclusive = <T>(work: () => T) => T;

function clientOf(tree: Tree, rights: Rights, faults: Faults, exclusive: Exclusive): DirectoryClient {
  /** One operation at the server, with what it was told to do wrong. Returns whether the answer is cut. */
  const serve = async <T>(operation: string, write: boolean, work: () => T): Promise<{ value: T; short: boolean }> => {
    const fault = faults.next({ system: 'directory', operation, write });
    if (typeof fault === 'object') await delay(fault.delayMs);
    if (fault === 'fail') throw refusal(operation, LDAP.busy, '0000200E: the server is busy');
    if (fault === 'unreadable') throw refusal(operation, LDAP.insufficientAccessRights, '00002098: no rights to read');
    const value = write ? exclusive(work) : tree.store.transaction(work, 'DEFERRED');
    if (fault === 'drop-reply') throw failure(operation, 'no-reply', 'lost', 'The connection closed before the reply');
    return { value, short: fault === 'short' };
  };
  const write = async (operation: string, work: () => void) => void (await serve(operation, true, work));
  return {
    async search(request) {
      const { value, short } = await serve('search', false, () => answer(tree, request));
      if (short) {
        const text = `The answer ended after ${Math.floor(value.length / 2)} entries without the end of the last page`;
        throw failure('search', 'incomplete', 'refused', text);
      }
      return value;
    },
    add: (dn, attributes) => write('add', () => add(tree, rights, dn, attributes)),
    modify: (dn, changes) => write('modify', () => modify(tree, rights, dn, changes)),
    modifyDn: (dn, newRdn, newSuperior) => write('modifyDN', () => modifyDn(tree, rights, dn, newRdn, newSuperior)),
    del: (dn) => write('del', () => del(tree, rights, dn)),
  };
}
