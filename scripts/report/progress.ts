import type { Text } from '../../core/finding.ts';
import { inert, visible } from './escape.ts';
import { columnsOf } from './layout.ts';
import { say } from './texts.ts';
import type { Lang } from './view.ts';

/** What long work tells about itself: a stage begins, goes on by `done` of its `total`, ends. */
export type ProgressEvent =
  | { readonly type: 'stage'; readonly text: Text; readonly total?: number }
  | { readonly type: 'step'; readonly done: number; readonly detail?: string }
  | { readonly type: 'end' };

export interface ProgressOptions {
  readonly lang: Lang;
  /** One line that updates itself; otherwise plain lines. */
  readonly terminal: boolean;
  readonly width?: number;
  /** Milliseconds, monotonic. */
  readonly now: () => number;
  readonly write: (text: string) => void;
}

/** Milliseconds between two updates: a terminal may flicker, a log must stay short. */
const EVERY = { terminal: 100, log: 10_000 } as const;
const CLEAR = '\r\u001b[K';

interface Stage {
  readonly text: string;
  readonly total: number | undefined;
  readonly began: number;
  told: number;
}

/** Writes progress as events come; a new stage ends the one before. */
export function progress(options: ProgressOptions): (event: ProgressEvent) => void {
  const { lang, terminal, width = 80, now, write } = options;
  let stage: Stage | null = null;
  const line = (text: string) => write(terminal ? CLEAR + cutTo(text, width - 1) : inert(`${text}\n`));
  const end = () => {
    if (stage === null) return;
    const seconds = ((now() - stage.began) / 1000).toFixed(1);
    const values = { text: stage.text, seconds: lang === 'id' ? seconds.replace('.', ',') : seconds };
    line(say('progress.done', values)[lang]);
    if (terminal) write('\n');
    stage = null;
  };
  const step = (current: Stage, done: number, detail: string | undefined) => {
    if (now() - current.told < (terminal ? EVERY.terminal : EVERY.log)) return;
    current.told = now();
    const count = current.total === undefined ? `${done}` : `${done}/${current.total}`;
    line(`${current.text}: ${count}${detail === undefined ? '' : ` ${visible(detail, 80)}`}`);
  };
  return (event) => {
    if (event.type === 'step') {
      if (stage !== null) step(stage, event.done, event.detail);
      return;
    }
    end();
    if (event.type === 'end') return;
    stage = { text: visible(event.text[lang]), total: event.total, began: now(), told: now() };
    line(`${stage.text} …`);
  };
}

/** A line that wraps cannot be cleared, so it is cut. */
function cutTo(text: string, width: number): string {
  let cut = '';
  for (const character of text) {
    if (columnsOf(cut + character) > width) return cut;
    cut += character;
  }
  return cut;
}
