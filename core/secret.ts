import { inspect } from 'node:util';

const MASK = '***';

/** A value that prints as `***` wherever it is turned into text; `reveal` is called only where it is sent or sealed. */
export interface Secret {
  reveal(): string;
  toString(): string;
  toJSON(): string;
}

/** Wraps a secret; the value lives in a closure, so that no walk over properties finds it. */
export function secret(value: string): Secret {
  return Object.freeze({
    reveal: () => value,
    toString: () => MASK,
    toJSON: () => MASK,
    [Symbol.toPrimitive]: () => MASK,
    [inspect.custom]: () => MASK,
  });
}

const CLASSES = ['ABCDEFGHJKLMNPQRSTUVWXYZ', 'abcdefghijkmnpqrstuvwxyz', '23456789', '-+=.:_'] as const;
const LENGTH = 20;

/**
 * A first password: 20 characters of four classes, without look-alikes (I, l, 1, O, 0), one of each class at least.
 * @param randomInt uniform integers in `[0, max)`; `node:crypto`'s in production
 */
export function newPassword(randomInt: (max: number) => number): Secret {
  const all = CLASSES.join('');
  const pick = (from: string) => from.charAt(randomInt(from.length));
  const characters = [...CLASSES.map(pick), ...Array.from({ length: LENGTH - CLASSES.length }, () => pick(all))];
  for (let i = characters.length - 1; i > 0; i--) {
    const j = randomInt(i + 1);
    [characters[i], characters[j]] = [characters[j] as string, characters[i] as string];
  }
  return secret(characters.join(''));
}
