/** Most bytes of a pull request comment (GitHub refuses more than 65,536 characters). */
export const COMMENT_BUDGET = 65_000;
/** Most bytes of a job summary (GitHub refuses the whole upload over 1 MiB). */
export const SUMMARY_BUDGET = 1_000_000;

/** Bytes in UTF-8, never fewer than characters, so that it holds for limits on either. */
export const bytesOf = (text: string): number => Buffer.byteLength(text);

/** The first `parts` that fit into `room` bytes, each with a line break, and how many are left out. */
export function fitting(parts: readonly string[], room: number): { kept: readonly string[]; left: number } {
  let used = 0;
  let count = 0;
  for (const part of parts) {
    used += bytesOf(part) + 1;
    if (used > room) break;
    count += 1;
  }
  return { kept: parts.slice(0, count), left: parts.length - count };
}
