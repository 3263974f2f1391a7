import * as z from 'zod';

/** One label of a DNS name, RFC 1123, section 2.1: letters, digits and hyphens, at most 63. */
export const label = () =>
  z
    .string()
    .max(63)
    .regex(/^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/)
    .meta({
      hint: {
        id: 'huruf kecil a-z, angka, dan tanda hubung di antaranya, tanpa titik',
        en: 'lower case letters a-z, digits, and hyphens between them, without dots',
      },
    });

/** A DNS zone of the unit; that it is one is a rule of the catalogue. */
export const zone = () =>
  z
    .string()
    .max(253)
    .regex(/^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/)
    .meta({
      description: 'Zona DNS milik unit.',
      ofUnit: 'zones',
      examples: ['djp.contoh.test'],
      hint: { id: 'nama zona seperti djp.contoh.test', en: 'the name of a zone such as djp.contoh.test' },
    });
