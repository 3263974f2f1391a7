/**
 * Custom attributes of a machine, by the field that they keep: who owns it, and what vCenter itself cannot tell. Those who
 * run vCenter define them once, under these names, for virtual machines.
 */
export const ATTRIBUTES = {
  owner: 'layanan.request',
  unit: 'layanan.unit',
  os: 'layanan.os',
  address: 'layanan.address',
  hostname: 'layanan.hostname',
  until: 'layanan.until',
  form: 'layanan.form',
} as const;
