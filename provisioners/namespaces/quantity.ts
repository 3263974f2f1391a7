const SUFFIXES: Readonly<Record<string, number>> = {
  '': 1,
  m: 1e-3,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
};

/** A quantity of Kubernetes as a number: `500m`, `8Gi`; null for what is none. */
export function quantity(text: unknown): number | null {
  const [, number, suffix = ''] = /^(\d+(?:\.\d+)?)([a-zA-Z]*)$/.exec(String(text ?? '')) ?? [];
  const factor = SUFFIXES[suffix];
  return number === undefined || factor === undefined ? null : Number(number) * factor;
}

/** A quantity in GB as requests give them: 2^30 bytes. */
export function gigabytes(text: unknown): number | null {
  const bytes = quantity(text);
  return bytes === null ? null : bytes / 2 ** 30;
}
