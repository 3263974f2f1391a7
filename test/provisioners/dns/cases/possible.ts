import { it as every } from 'vitest';

/** Titles of cases that cannot hold at a target by its design, each with the reason. */
export type Impossible = Readonly<Record<string, string>>;

type Run = (...row: unknown[]) => unknown;

/** `it`, which names what is impossible at a target instead of running it. */
export function possible(impossible: Impossible) {
  const chosen = (title: string) => (impossible[title] === undefined ? every : every.skip);
  const titled = (title: string) => {
    const reason = impossible[title];
    return reason === undefined ? title : `${title} (impossible: ${reason})`;
  };
  const each = (table: readonly unknown[]) => (title: string, run: Run) =>
    chosen(title).each(table)(titled(title), async (...row) => void (await run(...row)));
  return Object.assign(
    (title: string, run: () => unknown): void => chosen(title)(titled(title), async () => void (await run())),
    { each: each as unknown as typeof every.each },
  );
}
