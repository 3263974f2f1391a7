import { DatabaseSync } from 'node:sqlite';
import { transactionIn } from '../../transaction.ts';

export interface MethodState {
  readonly '@odata.type': string;
  readonly id: string;
  readonly phoneType?: string;
  /** Graph refuses to delete it while others exist; it is never shown. */
  readonly isDefault?: true;
}

/** A user as Graph holds it, and what the service knows besides. */
export interface UserState {
  readonly id: string;
  /** Properties as Graph shows them. */
  readonly properties: Readonly<Record<string, unknown>>;
  readonly methods: readonly MethodState[];
  /** Reads that still miss it, as long as it is on another replica. */
  readonly hiddenReads: number;
  /** Milliseconds since the epoch until which reads miss it. */
  readonly hiddenUntil: number;
}

export interface MailboxState {
  readonly user: string;
  /** Milliseconds since the epoch from which it is there. */
  readonly readyAt: number;
  /** Bytes, largest first allowed by the plan. */
  readonly quotas: {
    readonly IssueWarningQuota: number;
    readonly ProhibitSendQuota: number;
    readonly ProhibitSendReceiveQuota: number;
  };
  readonly maximum: number;
  readonly addresses: readonly string[];
}

/** `subscribedSku` as Graph shows it. */
export interface SkuState {
  readonly skuId: string;
  readonly skuPartNumber: string;
  readonly capabilityStatus: string;
  readonly prepaidUnits: {
    readonly enabled: number;
    readonly suspended: number;
    readonly warning: number;
    readonly lockedOut: number;
  };
  readonly consumedUnits: number;
  readonly servicePlans: readonly { readonly servicePlanId: string; readonly servicePlanName: string }[];
}

/** The tenant's state in one SQLite file, shared by processes. */
export interface Store {
  /** Runs alone: a writer of another process waits. */
  transaction<T>(work: () => T): T;
  user(idOrUpn: string): UserState | undefined;
  users(): readonly UserState[];
  deletedUsers(): readonly UserState[];
  putUser(user: UserState): void;
  deleteUser(id: string, at: number): void;
  mailbox(user: string): MailboxState | undefined;
  mailboxes(): readonly MailboxState[];
  putMailbox(mailbox: MailboxState): void;
  deleteMailbox(user: string): void;
  skus(): readonly SkuState[];
  putSku(sku: SkuState): void;
  close(): void;
}

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS users (id TEXT PRIMARY KEY, upn TEXT NOT NULL COLLATE NOCASE, deleted INTEGER, state TEXT NOT NULL);
  CREATE UNIQUE INDEX IF NOT EXISTS upns ON users (upn) WHERE deleted IS NULL;
  CREATE TABLE IF NOT EXISTS mailboxes (user TEXT PRIMARY KEY, state TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS skus (id TEXT PRIMARY KEY, state TEXT NOT NULL);
`;

/** @param file a path, or `:memory:` for one process */
export function openStore(file: string): Store {
  const database = new DatabaseSync(file, { timeout: 10_000 });
  if (file !== ':memory:') database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;');
  database.exec(SCHEMA);
  const upnOf = (user: UserState) => String(user.properties.userPrincipalName);
  const parse = <T>(row: Record<string, unknown> | undefined) =>
    row === undefined ? undefined : (JSON.parse(String(row.state)) as T);
  const all = <T>(sql: string) =>
    database
      .prepare(sql)
      .all()
      .map((row) => JSON.parse(String(row.state)) as T);
  return {
    transaction: transactionIn(database),
    user: (name) =>
      parse(database.prepare('SELECT state FROM users WHERE (id = ? OR upn = ?) AND deleted IS NULL').get(name, name)),
    users: () => all('SELECT state FROM users WHERE deleted IS NULL ORDER BY upn'),
    deletedUsers: () => all('SELECT state FROM users WHERE deleted IS NOT NULL ORDER BY upn'),
    putUser: (user) =>
      void database
        .prepare(
          'INSERT INTO users (id, upn, state) VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET upn = excluded.upn, state = excluded.state',
        )
        .run(user.id, upnOf(user), JSON.stringify(user)),
    deleteUser: (id, at) => void database.prepare('UPDATE users SET deleted = ? WHERE id = ?').run(at, id),
    mailbox: (user) => parse(database.prepare('SELECT state FROM mailboxes WHERE user = ?').get(user)),
    mailboxes: () => all('SELECT state FROM mailboxes'),
    putMailbox: (mailbox) =>
      void database
        .prepare('INSERT OR REPLACE INTO mailboxes (user, state) VALUES (?, ?)')
        .run(mailbox.user, JSON.stringify(mailbox)),
    deleteMailbox: (user) => void database.prepare('DELETE FROM mailboxes WHERE user = ?').run(user),
    skus: () => all('SELECT state FROM skus ORDER BY id'),
    putSku: (sku) =>
      void database
        .prepare('INSERT OR REPLACE INTO skus (id, state) VALUES (?, ?)')
        .run(sku.skuId, JSON.stringify(sku)),
    close: () => database.close(),
  };
}
