/** IPv4 address as a number, null for anything else: four plain decimal parts. */
export function addressNumber(text: string): number | null {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255)) return null;
  return parts.reduce((sum, part) => sum * 256 + Number(part), 0);
}

/** How many addresses a range holds, both ends included; 0 for none. */
export function rangeSize(range: { readonly first: string; readonly last: string } | undefined): number {
  if (range === undefined) return 0;
  const [first, last] = [addressNumber(range.first), addressNumber(range.last)];
  return first === null || last === null ? 0 : Math.max(0, last - first + 1);
}
