import { median, ratioToFirst, type Series } from './alternate.ts';

const cell = (text: string | number) => String(text).padStart(10);
const ms = (value: number) => cell(value < 10 ? value.toFixed(2) : Math.round(value));

/** Times of each contender, with its ratio to the first, round by round, and the difference between both medians. */
export function printTimes(series: readonly Series[]): void {
  const width = Math.max(...series.map(({ name }) => name.length));
  const [peer] = series;
  if (peer === undefined) return;
  const base = median(peer.times);
  console.log(`${''.padEnd(width)}${['min', 'median', 'max', 'ratio', 'more'].map(cell).join('')}   ms`);
  for (const one of series) {
    const { name, times } = one;
    const middle = median(times);
    const compared = series.length === 1 ? '' : `${cell(ratioToFirst(series, one).toFixed(2))}${ms(middle - base)}`;
    console.log(`${name.padEnd(width)}${ms(Math.min(...times))}${ms(middle)}${ms(Math.max(...times))}${compared}`);
  }
}

/** What was reached, beside what should be; a figure that is missed is told and fails nothing. */
export function printFigure(what: string, got: number, most: number, unit: string): void {
  const verdict = got <= most ? 'reached' : 'MISSED';
  const digits = Math.abs(got) < 10 ? 2 : 0;
  console.log(`${verdict}: ${what}: ${got.toFixed(digits)} ${unit}, wanted at most ${most} ${unit}`);
}
