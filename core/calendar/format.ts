import type { Norm, NormUnit } from '../catalogue/norm.ts';
import type { Text } from '../finding.ts';

const DAYS = {
  id: ['Minggu', 'Senin', 'Selasa', 'Rabu', 'Kamis', 'Jumat', 'Sabtu'],
  en: ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'],
};
const MONTHS = {
  id: 'Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember'.split(' '),
  en: 'January February March April May June July August September October November December'.split(' '),
};
const UNITS: Readonly<Record<NormUnit, Text>> = {
  working_hour: { id: 'jam kerja', en: 'working hour' },
  working_day: { id: 'hari kerja', en: 'working day' },
  calendar_day: { id: 'hari kalender', en: 'calendar day' },
};

/**
 * A local time for people: `Selasa 24 November 2026 16.00 WIB`, `Tuesday 24 November 2026 16:00 WIB`.
 * @param local `2026-11-24T16:00`
 */
export function formatLocal(local: string, zoneName: string): Text {
  const date = new Date(`${local.slice(0, 10)}T00:00:00Z`);
  const clock = local.slice(11, 16);
  const day = (language: keyof Text) =>
    `${DAYS[language][date.getUTCDay()]} ${date.getUTCDate()} ${MONTHS[language][date.getUTCMonth()]} ${date.getUTCFullYear()}`;
  return { id: `${day('id')} ${clock.replace(':', '.')} ${zoneName}`, en: `${day('en')} ${clock} ${zoneName}` };
}

/** `1 hari kerja`, `4 working hours`. */
export function formatNorm({ value, unit }: Norm): Text {
  const { id, en } = UNITS[unit];
  return { id: `${value} ${id}`, en: `${value} ${en}${value === 1 ? '' : 's'}` };
}
