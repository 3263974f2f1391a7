import { z } from 'zod';

/**
 * Where each target of an environment stands, in the file of that environment. `sandbox` is a server in the process; an
 * environment may mix. Passwords and keys have no place here: they come from the environment of the process.
 */
const sandbox = z.strictObject({ type: z.literal('sandbox') });

const host = z.string().regex(/^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$/, 'want a host name or an IPv4 address');
const guid = z.string().regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, 'want an identifier in small letters');
const origin = z.string().regex(/^https:\/\/[A-Za-z0-9.-]+(:\d+)?$/, 'want https://HOST');
/** Relative to the environment's own file. */
const file = z.string().min(1).max(500);

export const DirectoryServer = z.discriminatedUnion('type', [
  sandbox,
  z.strictObject({
    type: z.literal('ldaps'),
    /** One controller, so that what was written is what is read back. */
    url: z.string().regex(/^ldaps:\/\/[A-Za-z0-9.-]+(:\d+)?$/, 'want ldaps://HOST'),
    /** PEM of the authority that signed the controller's certificate; no other is trusted. */
    ca: file,
    /** Name in the certificate, where the URL has an address. */
    servername: z.exactOptional(host),
    /** User principal name of the service account. */
    user: z.string().regex(/^[^@\s]+@[A-Za-z0-9.-]+$/, 'want NAME@DOMAIN'),
  }),
]);
export type DirectoryServer = z.infer<typeof DirectoryServer>;

export const MailServer = z.discriminatedUnion('type', [
  sandbox,
  z.strictObject({
    type: z.literal('tenant'),
    /** Directory (tenant) id. */
    tenant: guid,
    /** Application (client) id. */
    client: guid,
    /** Origins of a national cloud, and the authority of a test server; Microsoft's public ones where left out. */
    login: z.exactOptional(origin),
    graph: z.exactOptional(origin),
    exchange: z.exactOptional(origin),
    ca: z.exactOptional(file),
  }),
]);
export type MailServer = z.infer<typeof MailServer>;

export const DnsServer = z.discriminatedUnion('type', [
  sandbox,
  z.strictObject({
    /** UPDATE signed with TSIG. */
    type: z.literal('update'),
    host,
    port: z.int().min(1).max(65_535).default(53),
    key: z.string().regex(/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/, 'want the name of a key in small letters'),
    algorithm: z.enum(['hmac-sha256', 'hmac-sha384', 'hmac-sha512']),
  }),
  z.strictObject({
    /** Zones that Active Directory holds, over the directory's server and as its user. */
    type: z.literal('directory'),
    /** Base DN of the forest's first domain, where it is another one. */
    forest: z.exactOptional(z.string().regex(/^DC=[a-z0-9-]+(,DC=[a-z0-9-]+)*$/i, 'want DC=...,DC=...')),
  }),
]);
export type DnsServer = z.infer<typeof DnsServer>;

/** A vCenter server; so far in the process only. */
export const MachineServer = z.discriminatedUnion('type', [sandbox]);
export type MachineServer = z.infer<typeof MachineServer>;

/** A Kubernetes API server; so far in the process only. */
export const NamespaceServer = z.discriminatedUnion('type', [sandbox]);
export type NamespaceServer = z.infer<typeof NamespaceServer>;
