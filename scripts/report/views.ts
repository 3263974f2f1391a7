import type { View } from './view.ts';

/** The views by the name that `--format` takes, each loaded when it is asked for: a run writes one. */
export const VIEWS = {
  human: async () => (await import('./human.ts')).human,
  json: async () => (await import('./json.ts')).json,
  markdown: async () => (await import('./markdown.ts')).markdown,
  github: async () => (await import('./github.ts')).github,
  sarif: async () => (await import('./sarif.ts')).sarif,
  junit: async () => (await import('./junit.ts')).junit,
} as const satisfies Record<string, () => Promise<View>>;

export type Format = keyof typeof VIEWS;
