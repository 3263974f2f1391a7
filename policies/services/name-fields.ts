import { domainToASCII, domainToUnicode } from 'node:url';
import * as z from 'zod';
import type { CheckParams } from '../../core/load/fields.ts';

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

/**
 * Names that computers ask for by themselves and believe: a proxy, a tunnel (Microsoft Learn, "DNS Server
 * GlobalQueryBlockList"), themselves (RFC 6761, section 6.3).
 */
const BELIEVED: ReadonlySet<string> = new Set(['wpad', 'isatap', 'localhost']);

/** Two hyphens there stand for letters that are not ASCII (RFC 5890, section 2.3.1), of which many look like others. */
const isOwn = (name: string): boolean => !BELIEVED.has(name) && name.slice(2, 4) !== '--';

const RESERVED = { params: { code: 'static-ip/name-reserved' } satisfies CheckParams };

/** A label under which a machine is found. */
export const host = () => label().refine(isOwn, RESERVED);

/** Latin letters with their marks, but for those that read as others: dotless i, kra, long s. */
const MARKED_LATIN = /^[a-z0-9\-\u00df-\u00f6\u00f8-\u0130\u0132-\u0137\u0139-\u017e]+$/;

/** An internationalised label as punycode (RFC 5891), whose letters nobody takes for others. */
function isInternational(name: string): boolean {
  const shown = domainToUnicode(name);
  return shown !== name && domainToASCII(shown) === name && MARKED_LATIN.test(shown);
}

/** A label under which an address is found. */
export const addressLabel = () => label().refine((name) => isOwn(name) || isInternational(name), RESERVED);

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
