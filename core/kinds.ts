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
 * - `set`: the same strings in any order;
 * - `atLeast`: a timestamp (ISO 8601, UTC) that is at least as late, for one-off acts such as a password reset.
 */
export type Comparison = 'equal' | 'set' | 'atLeast';

/** Stages of an apply, in order; deletes run afterwards in reverse. */
export const STAGES = ['machines', 'directory', 'mail', 'dns', 'work-orders'] as const;
export type Stage = (typeof STAGES)[number];

/** One kind: the stage in which it is written and the comparison of each managed field. */
interface KindOf {
  readonly stage: Stage;
  readonly fields: Readonly<Record<string, Comparison>>;
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
      ou: 'equal',
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
      passwordResetAt: 'atLeast',
    },
  },
  /** A security group with an address. Key: `sAMAccountName`, lower case. */
  'directory-group': {
    stage: 'directory',
    fields: { ou: 'equal', cn: 'equal', displayName: 'equal', mail: 'equal', members: 'set' },
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
} as const satisfies Record<string, KindOf>;

export type Kind = keyof typeof KINDS;

/** The stage in which resources of a kind are written. */
export const stageOf = (kind: Kind): Stage => KINDS[kind].stage;

/** The comparison of each managed field of a kind. */
export const comparisonsOf = (kind: Kind): Readonly<Record<string, Comparison>> => KINDS[kind].fields;
