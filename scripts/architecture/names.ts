import type { Rule } from './fault.ts';

const VAGUE = /^(utils?|helpers?|common|shared|misc|managers?)$/;

/** Files and folders are named for what they hold. */
export const names: Rule = (sources) =>
  sources.flatMap(({ file }) => {
    const vague = file
      .replace(/\.ts$/, '')
      .split(/[/.-]/)
      .find((word) => VAGUE.test(word));
    if (vague === undefined) return [];
    return [{ file, line: 1, what: `the name says '${vague}'`, right: 'name it for the one thing that it holds' }];
  });
