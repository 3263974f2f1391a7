import { github } from './github.ts';
import { human } from './human.ts';
import { json } from './json.ts';
import { junit } from './junit.ts';
import { markdown } from './markdown.ts';
import { sarif } from './sarif.ts';
import type { View } from './view.ts';

/** The views by the name that `--format` takes. */
export const VIEWS = { human, json, markdown, github, sarif, junit } as const satisfies Record<string, View>;

export type Format = keyof typeof VIEWS;
