import type { z } from 'zod';
import type { Figures, Item } from './catalogue/catalogue.ts';
import type { Unit } from './organisation/organisation.ts';
import type { DirectoryServer, DnsServer, MachineServer, MailServer, NamespaceServer } from './organisation/servers.ts';
import type { ServiceRequest, State } from './request.ts';
import type { Pool, Resource } from './resource.ts';
import type { TermPhase } from './term/term.ts';

/** Where targets are and how they are laid out: public facts of one environment (policies/environments), never a secret. */
export interface Environment {
  readonly name: string;
  /** The calendar in whose zone a day begins and ends: an id in policies/calendars. */
  readonly calendar: string;
  readonly directory: {
    readonly at: DirectoryServer;
    /** Base DN of the domain: `DC=contoh,DC=test`. */
    readonly base: string;
    /** Suffix of user principal names: `contoh.test`. */
    readonly upnSuffix: string;
    /** `sAMAccountName` of the group that gives internet access. */
    readonly internetGroup: string;
    /** That of the group of guests. */
    readonly guestGroup: string;
    /** That of the group with higher internet rights. */
    readonly raisedInternetGroup: string;
    /** Start of the name of each unit's group whose members may join computers; the unit's prefix follows. */
    readonly joinDomainGroup: string;
  };
  readonly mail: {
    readonly at: MailServer;
    readonly domain: string;
    /** Where each mailbox class lives; per tenant, never guessed. */
    readonly licensed: 'exo';
    readonly standard: 'onprem';
    /** SKU part number of the collaboration licence. */
    readonly sku: string;
    readonly usageLocation: string;
  };
  readonly dns: {
    readonly at: DnsServer;
    readonly ttl: number;
    /** Reverse zones served here, for example `10.in-addr.arpa`. */
    readonly reverseZones: readonly string[];
  };
  readonly machines: MachinePlace;
  readonly capacity: {
    /** Percent of all cores, memory and storage that stay free. */
    readonly freePercent: number;
    /** A term that ends within so many days is told as room to come. */
    readonly soonDays: number;
  };
  readonly namespaces: {
    readonly at: NamespaceServer;
    /** The API server as its users reach it: `https://kubernetes.contoh.test:6443`. */
    readonly server: string;
    /** The certificate authority of the API server, PEM; left out where the machine's own list has it. */
    readonly certificateAuthority?: string;
    /** Cluster role that members have in their namespace. */
    readonly role: string;
  };
}

/** Where virtual machines are made: one datacenter of a vCenter server. Names are those of its inventory. */
export interface MachinePlace {
  readonly at: MachineServer;
  readonly datacenter: string;
  readonly resourcePool: string;
  readonly datastore: string;
  /** Each unit has a folder of its own in it. */
  readonly folder: string;
  readonly dnsServers: readonly string[];
  /** By operating system of the catalogues. */
  readonly templates: Readonly<Record<string, { readonly template: string; readonly family: 'linux' | 'windows' }>>;
  /** By name of the port group. */
  readonly networks: Readonly<Record<string, { readonly subnet: string; readonly gateway: string }>>;
}

/** What `expand` may know besides the request: all of it pure data. */
export interface ExpandContext {
  /** ISO date. */
  readonly today: string;
  /** Phase of the term on that day; `on` where there is no term. What is `absent` is not expanded. */
  readonly phase: TermPhase;
  readonly unit: Unit;
  readonly figures: Figures;
  readonly environment: Environment;
  /** Chosen before expand, by pool: the own address kept, else the next free one; absent when a pool is empty or unread. */
  readonly addresses: Readonly<Record<string, string>>;
}

/** One service, in policies/services; the same code for every catalogue that offers it. */
export interface Service {
  readonly name: string;
  readonly states: readonly State[];
  /** The schema of `spec`, strict, with Indonesian descriptions and examples; closed lists come from the figures. */
  spec(figures: Figures): z.ZodObject;
  /** Names that no other request may claim, for example `account:andi.pratama`, `name:spt.djp.contoh.test`; with the path of each. */
  claims(request: ServiceRequest, environment: Environment): readonly { readonly name: string; readonly at: string }[];
  /** Names of others without which it cannot be whole, in the form of their claims: members of a group. */
  mentions?(request: ServiceRequest): readonly { readonly name: string; readonly at: string }[];
  /** Names that a request of the same unit must claim, for example the accounts that it gives rights to. */
  uses?(request: ServiceRequest): readonly { readonly name: string; readonly at: string }[];
  /** What it uses of the unit's quotas: `{ accounts: 1, licences: 1 }`. */
  usage(request: ServiceRequest): Readonly<Record<string, number>>;
  /** Pools from which it takes an address. */
  pools(request: ServiceRequest, unit: Unit): readonly Pool[];
  /** Pools of a unit, whatever it has asked for so far: a published reading tells what is free in them. */
  unitPools?(unit: Unit): readonly Pool[];
  /** The desired resources on a day; empty for a deleted request. Pure. */
  expand(request: ServiceRequest, items: readonly Item[], context: ExpandContext): readonly Resource[];
}
