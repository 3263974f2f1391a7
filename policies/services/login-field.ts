import * as z from 'zod';
import type { CheckParams } from '../../core/load/fields.ts';
import { PROTECTED_NAMES } from '../../core/protected-names.ts';
import { skeletonOf } from '../../core/validate/skeleton.ts';

/** No separator first, last or twice: such a name is no local part of an address (RFC 5321, section 4.1.2). */
export const NAME = /^[a-z0-9]+(?:[._-][a-z0-9]+)*$/;
export const NAME_HINT = {
  id: 'huruf kecil a-z dan angka, dengan titik, garis bawah, atau tanda hubung di antaranya',
  en: 'lower case letters a-z and digits, with dots, underscores or hyphens between them',
};

/** A 1 stands for an i as well as for an l, and no separator makes another name of `domain admins`. */
const readsAs = (name: string): string => skeletonOf(name.replace(/[ ._-]/g, '')).replaceAll('l', 'i');

/** What reads like a protected name is as bad as the name itself. */
const RESERVED: ReadonlySet<string> = new Set([...PROTECTED_NAMES].map(readsAs));
export const isFree = (name: string): boolean => !RESERVED.has(readsAs(name));
export const PROTECTED = { params: { code: 'account/name-protected' } satisfies CheckParams };

/** At most 20 characters: `sAMAccountName` of a user takes no more. */
export const login = () => z.string().min(3).max(20).regex(NAME).refine(isFree, PROTECTED).meta({ hint: NAME_HINT });
