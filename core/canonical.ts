/**
 * Canonical JSON: keys sorted by code unit, no white space, no undefined members; as RFC 8785 for the values used here
 * (strings, finite numbers, booleans, null, arrays, plain objects).
 * @throws TypeError for a value that JSON cannot hold
 */
export function canonical(value: unknown): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new TypeError(`Cannot write ${value} as canonical JSON: numbers must be finite`);
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object') throw new TypeError(`Cannot write a ${typeof value} as canonical JSON`);
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, member]) => `${JSON.stringify(key)}:${canonical(member)}`);
  return `{${members.join(',')}}`;
}

/**
 * SHA-256 over canonical JSON, 64 hexadecimal digits. Shown as 12, typed as 32. Validating hashes nothing, and should not
 * wait 4 ms for Node's cryptography.
 */
export const digest = (value: unknown): string =>
  process.getBuiltinModule('node:crypto').hash('sha256', canonical(value), 'hex');
