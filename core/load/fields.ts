/**
 * Fields that the envelope and the services share. Conventions for every field of a request's schema:
 * - `.meta({ description, examples })` in Indonesian: editors show them, and the first example is the suggestion of a
 *   finding that knows none;
 * - `.meta({ hint: { id, en } })` says in words what a pattern asks for; it ends the finding `field/pattern`;
 * - `.meta({ ofUnit: 'zones' })`: the value is one of the unit's, so that the wizard offers those;
 * - `.meta({ private: true })`: findings show no more than the end of the value, and not its line;
 * - a check with a finding code of its own: `.refine(isFree, { params: { code: 'account/login' } })`; `{field}`,
 *   `{value}` and the members of `params.values` fill the holes of its message, `params.suggest(value)` may give the
 *   value that would pass.
 */
import * as z from 'zod';
import type { Text } from '../finding.ts';

/** What `params` of a custom check may hold. */
export interface CheckParams {
  readonly code: string;
  readonly values?: Readonly<Record<string, string | number | Text>>;
  readonly suggest?: (value: unknown) => string | undefined;
}

/** ASCII first: nearly every name, and far faster. */
export const isLatin = (value: string): boolean => /^[ -~]*$/.test(value) || LATIN.test(value);
const LATIN = /^[\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}]*$/u;

/** Identifiers are ASCII, so that no look-alike (U+0430 for `a`) can pass for another. */
export const slug = () =>
  z
    .string()
    .max(63)
    .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/)
    .meta({
      hint: {
        id: 'huruf kecil a-z, angka, dan tanda hubung di antaranya',
        en: 'lower case letters a-z, digits, and hyphens between them',
      },
    });

/** Text for people on one line: Latin letters, no space at its ends. The reader has made sure of NFC and visibility. */
export const displayText = (longest: number) =>
  z
    .string()
    .min(1)
    .max(longest)
    .regex(/^\S(?:[^\n\t]*\S)?$/)
    .refine(isLatin, { params: { code: 'field/not-latin' } satisfies CheckParams })
    .meta({
      hint: {
        id: 'satu baris, tanpa spasi di awal dan di akhir',
        en: 'one line, without spaces at its start and end',
      },
    });

/** A day that exists, ISO 8601: `2026-11-02`. */
export const isoDate = () =>
  z.iso.date().meta({
    hint: { id: 'tanggal yang ada, tahun-bulan-hari, misalnya 2026-11-02', en: 'a date that exists, as 2026-11-02' },
  });

/** A moment with its offset, ISO 8601: `2026-11-02T09:30:00+07:00`. */
export const timestamp = () =>
  z.iso.datetime({ offset: true }).meta({
    hint: {
      id: 'tanggal, T, jam, dan selisih zona, misalnya 2026-11-02T09:30:00+07:00',
      en: 'date, T, time and zone offset, as 2026-11-02T09:30:00+07:00',
    },
  });

export const httpsUrl = () =>
  z
    .string()
    .max(2048)
    .regex(/^https:\/\/[A-Za-z0-9.-]+(?::[0-9]+)?(?:\/[\x21-\x7e]*)?$/)
    .meta({
      hint: { id: 'alamat yang diawali https:// tanpa spasi', en: 'an address that starts with https://, no spaces' },
    });

export const sha256 = () =>
  z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .meta({
      hint: {
        id: '64 digit heksadesimal huruf kecil, keluaran perintah sha256sum',
        en: '64 lower case hexadecimal digits, as sha256sum prints them',
      },
    });

const clock = () =>
  z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
    .meta({ hint: { id: 'jam:menit dalam tanda petik, misalnya "09:00"', en: 'hours:minutes in quotes: "09:00"' } });

/** When people do something together: a day, and from when until when by the clocks of the catalogue's calendar. */
export const activityTime = () =>
  z
    .strictObject({
      date: isoDate().meta({ description: 'Tanggal, tahun-bulan-hari.', examples: ['2026-12-01'] }),
      from: clock().meta({ description: 'Jam mulai.', examples: ['09:00'] }),
      to: clock().meta({ description: 'Jam selesai, pada hari yang sama.', examples: ['11:30'] }),
    })
    .meta({ description: 'Waktu pelaksanaan kegiatan.' });
