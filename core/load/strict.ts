import {
  boolCoreTag,
  defineMappingTag,
  defineScalarTag,
  NOT_RESOLVED,
  nullCoreTag,
  Schema,
  seqTag,
  strTag,
} from 'js-yaml';
import { numberOf } from './number.ts';
import { isForbiddenKey } from './scalar.ts';

/** Thrown inside the constructor of values: the file has a fault, which `examine` will name and place. */
const FAULTY = new Error('Cannot build the value: the file has a fault');

const numberTag = defineScalarTag('tag:yaml.org,2002:float', {
  implicit: true,
  implicitFirstChars: ['-', '+', '.', ...'0123456789'],
  identify: (value) => typeof value === 'number',
  resolve: (source) => {
    const number = numberOf(source);
    if (number === undefined) return NOT_RESOLVED;
    if (typeof number === 'number') return number;
    throw FAULTY;
  },
});

const mappingTag = defineMappingTag<Record<string, unknown>>('tag:yaml.org,2002:map', {
  create: () => ({}),
  identify: () => false,
  addPair: (carrier, key, value) => {
    if (typeof key !== 'string' || isForbiddenKey(key) || key === '<<') return FAULTY.message;
    carrier[key] = value;
    return '';
  },
  has: (carrier, key) => typeof key === 'string' && Object.hasOwn(carrier, key),
  keys: (value) => Object.keys(value),
  get: (value, key) => value[String(key)],
});

/** YAML 1.2's core schema without what may surprise a reader; building a value throws at the first fault. */
export const STRICT_SCHEMA = new Schema([strTag, nullCoreTag, boolCoreTag, numberTag, seqTag, mappingTag]);
