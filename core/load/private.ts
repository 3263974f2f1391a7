/**
 * Values that stay with whoever wrote them, such as the number of a card: what a repository or a log has shown once, it
 * has shown for ever.
 */

const SHOWN = 4;
/** A number that may be a person's: at least seven digits, also in groups. A date has eight. */
const LONG_NUMBER = /(?<date>\d{4}-\d\d-\d\d(?![ -]?\d))|\d(?:[ -]?\d){6,}/g;

/** Of a private value only its end, which tells its writer which one is meant. */
export const hinted = (value: string): string => (value.length > SHOWN ? `…${value.slice(-SHOWN)}` : value);

/** A text of the same length whose long numbers show only their ends. */
export const covered = (text: string): string =>
  text.replace(LONG_NUMBER, (run, date?: string) =>
    date === undefined ? run.slice(0, -SHOWN).replace(/\d/g, '•') + run.slice(-SHOWN) : run,
  );
