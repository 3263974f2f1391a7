/**
 * Names by which a directory is administered, or which systems reserve for themselves (Microsoft Learn, "Active Directory
 * security groups" and "Default local accounts"): no request may take one, and what stands under one is never written.
 */
export const PROTECTED_NAMES: ReadonlySet<string> = new Set([
  'administrator',
  'administrators',
  'guest',
  'guests',
  'krbtgt',
  'defaultaccount',
  'wdagutilityaccount',
  'domain admins',
  'domain controllers',
  'enterprise admins',
  'schema admins',
  'cert publishers',
  'group policy creator owners',
  'key admins',
  'enterprise key admins',
  'account operators',
  'server operators',
  'print operators',
  'backup operators',
  'replicator',
  'dnsadmins',
  'dnsupdateproxy',
  'system',
  'network',
  'service',
  'everyone',
  'anonymous',
]);
