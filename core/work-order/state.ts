import type { WorkEvent } from './event.ts';

type Of<T extends WorkEvent['type']> = Extract<WorkEvent, { readonly type: T }>;

/** How the work stands: what happened since it was opened, changed or reopened last. */
export interface WorkState {
  /** When this round began. */
  readonly openedAt: string;
  /** The first is 1. */
  readonly round: number;
  readonly checked: ReadonlyMap<string, Of<'checked'>>;
  /** The last word on each component. */
  readonly judged: ReadonlyMap<string, Of<'judged'>>;
  readonly paused: Of<'paused'> | null;
  /** Pauses of this round that are over. */
  readonly pauses: readonly { readonly from: string; readonly to: string }[];
  readonly closed: Of<'closed'> | null;
}

const begun = (openedAt: string, round: number): WorkState => ({
  openedAt,
  round,
  checked: new Map(),
  judged: new Map(),
  paused: null,
  pauses: [],
  closed: null,
});

function next(state: WorkState, event: WorkEvent): WorkState {
  switch (event.type) {
    case 'opened':
    case 'changed':
    case 'reopened':
      return begun(event.at, state.round + 1);
    case 'checked':
      return { ...state, checked: new Map(state.checked).set(event.step, event) };
    case 'judged':
      return { ...state, judged: new Map(state.judged).set(event.component, event) };
    case 'paused':
      return { ...state, paused: event };
    case 'resumed': {
      const ended = state.paused === null ? [] : [{ from: state.paused.at, to: event.at }];
      return { ...state, paused: null, pauses: [...state.pauses, ...ended] };
    }
    case 'closed':
      return { ...state, closed: event };
  }
}

/** Folds what happened; an order without events was never opened. */
export const stateOf = (events: readonly WorkEvent[]): WorkState => events.reduce(next, begun('', 0));
