import type { Source } from './source.ts';

/** One break of a rule, printed as `file:line: what, right`. */
export interface Fault {
  readonly file: string;
  readonly line: number;
  /** What is there. */
  readonly what: string;
  /** What would be right. */
  readonly right: string;
}

/** All breaks of one rule in a tree of sources; none is success. */
export type Rule = (sources: readonly Source[]) => readonly Fault[];

/** The first folder of a path. */
export const layerOf = (file: string): string => file.split('/', 1)[0] ?? '';

/** The layers that make up the product without its command line: no console, no environment. */
export const INNER: readonly string[] = ['core', 'policies', 'stacks', 'provisioners'];
