import { EXIT, type Exit } from '../../cli/exit.ts';
import type { Io } from '../../cli/io.ts';
import { readOccasion } from '../../github/event.ts';
import { type Refreshed, refreshPull } from '../../github/pull/pull-request.ts';
import { findingsOf } from '../../report/parts.ts';
import type { Options } from '../../workspace/options.ts';
import { openLoop, type Surroundings } from './open-loop.ts';
import { annotate, summarise, withStoppedCommands } from './say.ts';

const READ_ONLY = {
  id: 'Izin token tidak cukup untuk menulis di pull request ini ({what}); hasil lengkap ada di ringkasan ini, dan komentar menyusul dari alur kerja `approval`.',
  en: 'The token may not write on this pull request ({what}); the full result is in this summary, and the comment follows from the workflow `approval`.',
};

/**
 * `layanan github pull-request`: checks and plans the pull request of the event from what was published, and says so on
 * it. Exits by what was found, whether or not it could be said.
 */
export async function pullRequest(options: Options, io: Io, surroundings?: Surroundings): Promise<Exit> {
  const { loop, actions } = await openLoop(options, surroundings);
  const occasion = readOccasion(actions.eventName, actions.eventFile);
  if (occasion.type !== 'pull') return EXIT.ok;
  const refreshed = await withStoppedCommands(io, async () => {
    await loop.journal.pull();
    return refreshPull(loop, occasion.number);
  });
  if (refreshed.said === undefined) return EXIT.ok;
  annotate(refreshed.said.report, loop.workspace, io);
  summarise(summaryOf(refreshed, refreshed.said.rendered.summary, options), actions, io);
  const isWrong = findingsOf(refreshed.said.report).some((one) => one.severity === 'error');
  return isWrong ? EXIT.findings : EXIT.ok;
}

function summaryOf({ skipped }: Refreshed, summary: string, { lang }: Options): string {
  if (skipped.length === 0) return summary;
  return `${READ_ONLY[lang].replace('{what}', skipped.join(', '))}\n\n${summary}`;
}
