const MONTHS = 'januari februari maret april mei juni juli agustus september oktober november desember'.split(' ');
const ENGLISH = 'january february march april may june july august september october november december'.split(' ');

/** The ISO date that a person meant: the last day of the month for `2026-02-30`, `2026-11-02` for `2 November 2026`. */
export function meantDate(value: string): string | undefined {
  const iso = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?$/.exec(value);
  if (iso) return dated(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const compact = /^(\d{4})(\d\d)(\d\d)$/.exec(value);
  if (compact) return dated(Number(compact[1]), Number(compact[2]), Number(compact[3]));
  const indonesian = /^(\d{1,2})[-/. ](\d{1,2}|[A-Za-z]{3,9})[-/. ](\d{4})$/.exec(value);
  if (!indonesian) return undefined;
  return dated(Number(indonesian[3]), monthOf(indonesian[2] ?? ''), Number(indonesian[1]));
}

const OFFSETS: Readonly<Record<string, string>> = { WIB: '+07:00', WITA: '+08:00', WIT: '+09:00' };
const MOMENT = /^(.+?)[T ]+(\d{1,2})[:.](\d\d)(?:[:.](\d\d)(?:\.\d+)?)?\s*(Z|[+-]\d\d:?\d\d|WIB|WITA|WIT)?$/i;

/** The moment that a person meant: `2026-11-02T09:30:00+07:00` for `2 November 2026 09.30 WIB`; without a zone, WIB. */
export function meantTimestamp(value: string): string | undefined {
  const [, day = '', hours = '', minutes = '', seconds = '00', zone = 'WIB'] = MOMENT.exec(value.trim()) ?? [];
  const date = meantDate(day);
  if (date === undefined) return undefined;
  const offset = OFFSETS[zone.toUpperCase()] ?? zone.toUpperCase().replace(/^(...)(\d\d)$/, '$1:$2');
  return `${date}T${hours.padStart(2, '0')}:${minutes}:${seconds}${offset}`;
}

/** True for a day that is written well and does not exist, alone or in a moment. */
export const isNoSuchDate = (text: string): boolean => {
  const [, date] = /^(\d{4}-\d\d-\d\d)(?:$|T)/.exec(text) ?? [];
  return date !== undefined && meantDate(date) !== date;
};

function monthOf(word: string): number {
  if (/^\d+$/.test(word)) return Number(word);
  const isMonth = (name: string) => name === word.toLowerCase();
  return Math.max(MONTHS.findIndex(isMonth), ENGLISH.findIndex(isMonth)) + 1;
}

function dated(year: number, month: number, day: number): string | undefined {
  if (month < 1 || month > 12 || day < 1 || day > 31) return undefined;
  const last = new Date(Date.UTC(year, month, 0)).getUTCDate();
  const two = (part: number) => String(part).padStart(2, '0');
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(Math.min(day, last))}`;
}
