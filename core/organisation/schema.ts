import { z } from 'zod';
import { ECHELONS, WEEKDAYS } from './organisation.ts';
import { DirectoryServer, DnsServer, MachineServer, MailServer, NamespaceServer } from './servers.ts';

const id = z.string().regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'want small letters, digits and single hyphens');
const date = z.iso.date('want a date that exists, YYYY-MM-DD');
const label = '[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?';
const name = z.string().regex(new RegExp(`^${label}(\\.${label})+$`), 'want a domain name in small letters');
const text = z.string().trim().min(1).max(200);

const Unit = z.strictObject({
  name: z.strictObject({ id: text, en: text }),
  parent: z.exactOptional(id),
  ou: z.string().regex(/^OU=[A-Za-z0-9 -]+(,OU=[A-Za-z0-9 -]+)*$/, 'want OU=..., without the base of the domain'),
  zones: z.array(name),
  prefix: z.string().regex(/^[a-z][a-z0-9]{1,14}$/, 'want 2 to 15 small letters or digits'),
  addresses: z.exactOptional(z.strictObject({ first: z.string(), last: z.string() })),
  quotas: z.record(z.string(), z.int().min(0)),
});

const Post = z.strictObject({
  unit: id,
  title: text,
  echelon: z.enum(ECHELONS),
  decree: text,
  from: date,
  until: z.exactOptional(date),
  acting: z.exactOptional(z.boolean()),
});

const Person = z.strictObject({
  name: text,
  units: z.array(id),
  posts: z.array(Post),
  github: z.exactOptional(z.string().regex(/^[a-zA-Z0-9](-?[a-zA-Z0-9]){0,38}$/, 'want a GitHub login')),
  ageKey: z.exactOptional(z.string().regex(/^age1[02-9ac-hj-np-z]{20,}$/, 'want an age recipient, age1...')),
  serviceDesk: z.exactOptional(z.boolean()),
});

/** units.yaml: id to unit. */
export const UnitsFile = z.record(id, Unit);
export type UnitsFile = z.infer<typeof UnitsFile>;

/** people.yaml: id to person. */
export const PeopleFile = z.record(id, Person);
export type PeopleFile = z.infer<typeof PeopleFile>;

const Team = z.strictObject({
  name: z.strictObject({ id: text, en: text }),
  members: z.array(id).min(1),
  duty: z
    .strictObject(Object.fromEntries(WEEKDAYS.map((day) => [day, z.exactOptional(z.array(id).min(1))])))
    .default({}),
});

/** teams.yaml: id to team. */
export const TeamsFile = z.record(id, Team);
export type TeamsFile = z.infer<typeof TeamsFile>;

const address = z.ipv4('want an IPv4 address');
/** A name in vCenter's inventory; `/` separates there. */
const inventory = z.string().regex(/^[^/%\\\p{Cc}]{1,80}$/u, 'want a name of the inventory, without / and %');

const MachinePlace = z.strictObject({
  at: MachineServer,
  datacenter: inventory,
  resourcePool: inventory,
  datastore: inventory,
  folder: inventory,
  dnsServers: z.array(address).min(1),
  templates: z.record(
    z.string().regex(/^[a-z0-9]+([.-][a-z0-9]+)*$/, 'want an operating system as the catalogues name it'),
    z.strictObject({ template: inventory, family: z.enum(['linux', 'windows']) }),
  ),
  networks: z.record(inventory, z.strictObject({ subnet: z.cidrv4('want a subnet, 10.30.8.0/23'), gateway: address })),
});

const NamespacePlace = z.strictObject({
  at: NamespaceServer,
  server: z.url({ protocol: /^https$/, error: 'want https://...' }),
  certificateAuthority: z.exactOptional(z.string()),
  role: text,
});

const Environment = z.strictObject({
  name: id,
  calendar: id,
  directory: z.strictObject({
    at: DirectoryServer,
    base: z.string().regex(/^DC=[a-z0-9-]+(,DC=[a-z0-9-]+)*$/i, 'want DC=...,DC=...'),
    upnSuffix: name,
    internetGroup: text,
    guestGroup: text,
    raisedInternetGroup: text,
    joinDomainGroup: text,
  }),
  mail: z.strictObject({
    at: MailServer,
    domain: name,
    licensed: z.literal('exo'),
    standard: z.literal('onprem'),
    sku: z.string().regex(/^[A-Z0-9_]+$/, 'want a SKU part number'),
    usageLocation: z.string().regex(/^[A-Z]{2}$/, 'want two capital letters'),
  }),
  dns: z.strictObject({ at: DnsServer, ttl: z.int().min(60).max(86_400), reverseZones: z.array(name) }),
  machines: MachinePlace,
  capacity: z.strictObject({ freePercent: z.int().min(0).max(90), soonDays: z.int().min(1).max(366) }),
  namespaces: NamespacePlace,
});

/** environments/<name>.yaml, of the type Environment. */
export const EnvironmentFile = Environment.refine(
  ({ directory, dns }) => dns.at.type !== 'directory' || directory.at.type === 'ldaps',
  { path: ['dns', 'at', 'type'], error: "want 'ldaps' for the directory, which keeps the zones here" },
);
