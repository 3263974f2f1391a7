import { TargetError } from '../errors.ts';
import type { JournalEvent } from '../journal/entry.ts';
import type { WritePort } from '../provisioner.ts';
import type { RequestId } from '../resource.ts';

/** Where a run stands at one write: the intent is on disk, the write took effect, its answer is on disk. */
export type Position = 'before' | 'after' | 'recorded';

export interface PortOptions {
  readonly run: string;
  /** Enters into the chain of the request's unit; returns once it is on disk. */
  append(request: RequestId, event: JournalEvent): void;
  /** Told of every point as it is passed; the kill harness ends the process here. */
  reached?(point: number, position: Position): void;
}

/**
 * The port of a run: numbers its writes from 1, and brackets each with an intent and a result in the journal. A write
 * whose intent cannot be entered is not sent.
 */
export function journalPort({ run, append, reached = () => {} }: PortOptions): WritePort {
  let last = 0;
  return {
    async write(write, send) {
      const point = ++last;
      append(write.request, { type: 'intent', run, point, write });
      reached(point, 'before');
      const enter = (result: 'done' | 'refused' | 'unsent' | 'lost', code?: string) =>
        append(write.request, {
          type: 'result',
          run,
          point,
          request: write.request,
          result,
          ...(code === undefined ? {} : { code }),
        });
      const value = await send().catch((error: unknown) => {
        if (error instanceof TargetError) enter(error.effect, error.code);
        else enter('lost');
        throw error;
      });
      reached(point, 'after');
      enter('done');
      reached(point, 'recorded');
      return value;
    },
  };
}
