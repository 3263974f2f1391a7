/** Property values as the SDK sends them: plain JSON, in which secrets and unknowns are marked by signatures. */
import { isDeepStrictEqual } from 'node:util';
import { runtime } from '@pulumi/pulumi';
import type { Properties } from '../provider.ts';

/** The SDK's own constants, see sdk/nodejs/runtime/rpc.ts. */
const SIGNATURE = '4dabf18193072939515e22adb298388d';
const SECRET = runtime.specialSecretSig;
export const UNKNOWN: string = runtime.unknownValue;
const MASK = '[secret]';

const isRecord = (value: unknown): value is Properties =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const isSecret = (value: unknown): value is { readonly value: unknown } =>
  isRecord(value) && value[SIGNATURE] === SECRET;

export const asSecret = (value: unknown): Properties => ({ [SIGNATURE]: SECRET, value });

/** A copy in which `replace` has its say on each secret; what it gives stands there. */
export function mapSecrets(value: unknown, replace: (secret: unknown) => unknown): unknown {
  if (isSecret(value)) return replace(value.value);
  if (Array.isArray(value)) return value.map((member) => mapSecrets(member, replace));
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, mapSecrets(member, replace)]));
}

/** Secrets in clear, for a provider. */
export const revealed = (value: Properties): Properties =>
  mapSecrets(value, (secret) => mapSecrets(secret, (inner) => inner)) as Properties;

/** Secrets masked, for an event. */
export const masked = (value: Properties): Properties =>
  hasSecret(value) ? (mapSecrets(value, () => MASK) as Properties) : value;

/** Whether a value, or a part of it, depends on something that is not there. */
export function hasUnknown(value: unknown): boolean {
  if (value === UNKNOWN) return true;
  if (Array.isArray(value)) return value.some(hasUnknown);
  return isRecord(value) && Object.values(value).some(hasUnknown);
}

/** Whether a value, or a part of it, is a secret. */
export function hasSecret(value: unknown): boolean {
  if (isSecret(value)) return true;
  if (Array.isArray(value)) return value.some(hasSecret);
  return isRecord(value) && Object.values(value).some(hasSecret);
}

/** Outputs with secrets marked: those named, and those whose input holds one. */
export const withSecrets = (outputs: Properties, inputs: Properties, secretNames: readonly string[]): Properties =>
  Object.fromEntries(
    Object.entries(outputs).map(([name, value]) => [
      name,
      secretNames.includes(name) || hasSecret(inputs[name]) ? asSecret(value) : value,
    ]),
  );

/** Inputs as they were read, with the secrets of those that were given: equal ones as they were, others as a whole. */
export const withSecretsOf = (given: Properties, read: Properties): Properties =>
  Object.fromEntries(
    Object.entries(read).map(([name, value]) => {
      if (!hasSecret(given[name])) return [name, value];
      return [name, isDeepStrictEqual(revealed({ value: given[name] }).value, value) ? given[name] : asSecret(value)];
    }),
  );
