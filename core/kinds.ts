/**
 * The kinds of resources, their managed fields and how a field is compared.
 * A kind is added here and in `provisioners/index.ts`, nowhere else.
 */

/** Plain JSON, so that a reading, a change and a plan can be stored, hashed and published. */
export type FieldValue = string | number | boolean | null | readonly string[];
/** Field name to value; a field that is absent is not managed. */
export type Fields = Readonly<Record<string, FieldValue>>;

/**
 * How a desired value is held against the one that was read:
 * - `equal`: the same value;
 * - `caseless`: the same text but for case, as a directory compares names (RFC 4518);
 * - `set`: the same strings in any order;
 * - `list`: the same strings in the same order;
 * - `atLeast`: a timestamp (ISO 8601, UTC) that is at least as late, for one-off acts such as a password reset.
 */
export type Comparison = 'equal' | 'caseless' | 'set' | 'list' | 'atLeast';

/** Stages of an apply, in order; deletes run afterwards in reverse. */
export const STAGES = ['machines', 'directory', 'mail', 'dns', 'work-orders'] as const;
export type Stage = (typeof STAGES)[number];

/** One kind: the stage in which it is written and the comparison of each managed field. */
interface KindOf {
  readonly stage: Stage;
  readonly fields: Readonly<Record<string, Comparison>>;
  /**
   * People fulfil it: writing it does not make it ready, so nothing that needs it follows in the same plan; and once it
   * is ready it is a record of what was done, which no request has to want and none deletes.
   */
  readonly byPeople?: true;
}

export const KINDS = {
  /** A virtual machine in vSphere. Key: its name, lower case, `<prefix of the unit>-<name>`. */
  machine: {
    stage: 'machines',
    fields: {
      /** The unit's id: one stack and one folder for each unit. */
      unit: 'equal',
      /** An operating system of the catalogue's list; the environment knows its template. */
      os: 'equal',
      cores: 'equal',
      memoryGb: 'equal',
      diskGb: 'equal',
      /** A network of the environment. */
      network: 'equal',
      /** IPv4, static: the machine has one network card. */
      address: 'equal',
      /** Fully qualified, lower case, without the final dot. */
      hostname: 'equal',
      /** `on` or `off`. */
      power: 'equal',
      /** ISO date of the last day of its term, null for none. */
      until: 'equal',
      /** Version of the component program that made it. */
      form: 'equal',
    },
  },
  /** A Kubernetes namespace with its limits and rights. Key: its name, DNS-1123, `<prefix of the unit>-<name>`. */
  namespace: {
    stage: 'machines',
    fields: {
      unit: 'equal',
      /** Most that its pods may ask for together. */
      cores: 'equal',
      memoryGb: 'equal',
      storageGb: 'equal',
      pods: 'equal',
      /** Pod security level that is enforced: `baseline` or `restricted`. */
      podSecurity: 'equal',
      /** Logins whose users may edit what is in it. */
      members: 'set',
      /** ISO date of the last day of its term, null for none. */
      until: 'equal',
      /** When the access file was ordered; a token that ends is sealed for the requester. */
      accessIssuedAt: 'atLeast',
      /** Version of the component program that made it. */
      form: 'equal',
    },
  },
  /** A person's or a function's account in Active Directory. Key: `sAMAccountName`, lower case. */
  'directory-account': {
    stage: 'directory',
    fields: {
      /** Relative DN of the organisational unit, without the domain's base: `OU=Akun,OU=DJP`. */
      ou: 'caseless',
      /** Common name, at most 64 characters, unique in its OU. */
      cn: 'equal',
      displayName: 'equal',
      userPrincipalName: 'equal',
      /** NIP, 18 digits, as text. */
      employeeNumber: 'equal',
      enabled: 'equal',
      /** Primary address. */
      mail: 'equal',
      /** Further addresses, without the primary one. */
      aliases: 'set',
      /** `sAMAccountName` of the managed groups that the account is in, for example for internet access. */
      groups: 'set',
      /** On-premises mailbox: storage limit in KB (`mDBOverHardQuotaLimit`), null for none. */
      mailboxKb: 'equal',
      /** On-premises mailbox: message size limit in KB, sent and received, null for none. */
      messageKb: 'equal',
      /** Last day on which it can sign in (ISO date), null for no end; other instants are shown whole. */
      expires: 'equal',
      passwordResetAt: 'atLeast',
      /** When it was ordered to let in who is locked out for wrong passwords. */
      unblockedAt: 'atLeast',
    },
  },
  /** A security group with an address. Key: `sAMAccountName`, lower case. */
  'directory-group': {
    stage: 'directory',
    fields: {
      ou: 'caseless',
      cn: 'equal',
      displayName: 'equal',
      mail: 'equal',
      members: 'set',
      /** `sAMAccountName` of the prepared groups that it is in itself, so that its members have their rights. */
      groups: 'set',
    },
  },
  /** A user in Microsoft Entra ID. Key: user principal name, lower case. */
  'cloud-user': {
    stage: 'mail',
    fields: {
      displayName: 'equal',
      mailNickname: 'equal',
      enabled: 'equal',
      /** Two-letter country; a licence cannot be assigned without it. */
      usageLocation: 'equal',
      /** SKU part number (`STANDARDPACK`), null for none. */
      licence: 'equal',
      mfaResetAt: 'atLeast',
      unblockedAt: 'atLeast',
    },
  },
  /** An Exchange Online mailbox; it appears some time after its user is licensed. Key: that user's principal name. */
  mailbox: {
    stage: 'mail',
    fields: {
      quotaGb: 'equal',
      /** Primary address. */
      address: 'equal',
      aliases: 'set',
    },
  },
  /** One RRset with its ownership TXT. Key: `<TYPE> <name>`, name lower case, without the final dot. */
  'dns-record': {
    stage: 'dns',
    fields: { zone: 'equal', ttl: 'equal', values: 'set' },
  },
  /**
   * A task for people. Key: `<request id>#<code>`: `djp/spt#7.1`. What people did (steps checked, pauses, result) is kept
   * by the ticket system and is no managed field.
   */
  'work-order': {
    stage: 'work-orders',
    byPeople: true,
    fields: {
      /** Item of the catalogue: `7.1`. */
      code: 'equal',
      /** For people, Indonesian. */
      title: 'equal',
      /** The team of policies/organisation/teams.yaml that does it. */
      team: 'equal',
      /** Ids of its steps, in the order in which they are done; `duty:` and `requester:` before an id tell whose it is. */
      steps: 'list',
      /** Ids of the steps that are done before the activity. */
      preparation: 'set',
      /** Ids of what is judged one by one, passed or failed; empty where nothing is. */
      components: 'set',
      /** Documents that the team works with, `<type> <sha256>`. */
      documents: 'set',
      /** What the team must know of the request, `<path>=<value>`. */
      details: 'set',
      /** What asks for the same work once more, for example the instant of a one-off act; null where it is done once. */
      occasion: 'equal',
      /** The activity at whose time it is done, ISO 8601 UTC; null where there is none. */
      startsAt: 'equal',
      endsAt: 'equal',
      /** Time for the work, and for closing after the activity: `6 working_hour`; null for none. */
      norm: 'equal',
      closing: 'equal',
      /** A calendar of policies/calendars. */
      calendar: 'equal',
    },
  },
} as const satisfies Record<string, KindOf>;

export type Kind = keyof typeof KINDS;

const OF: Readonly<Record<Kind, KindOf>> = KINDS;

/** Whether people fulfil it, see `byPeople`. */
export const isByPeople = (kind: Kind): boolean => OF[kind].byPeople === true;

export const BY_PEOPLE: readonly Kind[] = (Object.keys(KINDS) as Kind[]).filter(isByPeople);

/** The stage in which resources of a kind are written. */
export const stageOf = (kind: Kind): Stage => KINDS[kind].stage;

/** The comparison of each managed field of a kind. */
export const comparisonsOf = (kind: Kind): Readonly<Record<string, Comparison>> => KINDS[kind].fields;
