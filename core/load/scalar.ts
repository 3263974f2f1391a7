import type { Fault } from './fault.ts';
import { numberOf } from './number.ts';

const NULLS = new Set(['', '~', 'null', 'Null', 'NULL']);
const TRUES = new Set(['true', 'True', 'TRUE']);
const FALSES = new Set(['false', 'False', 'FALSE']);

/** The value of a plain scalar by the core schema of YAML 1.2, or what is wrong with it. */
export function scalarOf(source: string): { readonly value: unknown } | { readonly fault: Omit<Fault, 'at'> } {
  if (NULLS.has(source)) return { value: null };
  if (TRUES.has(source)) return { value: true };
  if (FALSES.has(source)) return { value: false };
  const number = numberOf(source);
  if (number === undefined) return { value: source };
  return typeof number === 'number' ? { value: number } : { fault: number };
}

/** Keys that a mapping may never have: `__proto__`, `constructor` and whatever else every object answers to. */
export const isForbiddenKey = (key: string): boolean => key in Object.prototype || key === 'prototype';
