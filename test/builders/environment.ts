import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './command-line.ts';

const SECTIONS = ['directory', 'mail', 'dns'] as const;

/** The sandbox's environment, with some of its targets elsewhere: the YAML behind `at:`, by section. */
export function environmentText(at: Partial<Record<(typeof SECTIONS)[number], string>>): string {
  let text = readFileSync(join(ROOT, 'policies/environments/sandbox.yaml'), 'utf8').replace(/^name: .*$/m, 'name: uji');
  for (const section of SECTIONS)
    text = text.replace(`${section}:\n  at: { type: sandbox }`, (whole) =>
      at[section] === undefined ? whole : `${section}:\n  at: ${at[section]}`,
    );
  return text;
}
