import type { Text } from '../../core/finding.ts';
import { closest } from '../../core/load/closest.ts';

/** The end of a message: the name that was probably meant; undefined where none comes near. */
export function meant(name: string, known: Iterable<string>): Text | undefined {
  const near = closest(name, known);
  return near === undefined ? undefined : { id: `mungkin maksud Anda '${near}'`, en: `did you mean '${near}'?` };
}

/** The end of a message about a name that is not there: the one that was probably meant, else those that there are. */
export function nearest(name: string, known: Iterable<string>): Text {
  const names = [...new Set(known)];
  const near = meant(name, names);
  if (near !== undefined) return near;
  const all = names.map((one) => `'${one}'`).join(', ');
  return { id: `yang ada: ${all || 'tidak ada'}`, en: `there are ${all || 'none'}` };
}
