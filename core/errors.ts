import { both, type Finding, type Text } from './finding.ts';

/** The user's fault: what is wrong is in the findings. What requesters and officials may meet is said in both languages. */
export class UserError extends Error {
  override readonly name = 'UserError';
  readonly findings: readonly Finding[];
  /** The message for people; in English twice where it has no Indonesian. */
  readonly text: Text;
  constructor(message: string | Text, findings: readonly Finding[] = [], options?: ErrorOptions) {
    const text = typeof message === 'string' ? both(message) : message;
    super(text.en, options);
    this.findings = findings;
    this.text = text;
  }
}

/**
 * What a failed call did to the target:
 * - `refused`: the target answered no, nothing was done;
 * - `unsent`: it was not reached, nothing was done;
 * - `lost`: it was sent and no answer came, so it may have been done.
 */
export type Effect = 'refused' | 'unsent' | 'lost';

/** A remote system's fault, with system, operation and the protocol's own code. */
export class TargetError extends Error {
  override readonly name = 'TargetError';
  readonly system: string;
  readonly operation: string;
  readonly code: string;
  readonly effect: Effect;
  constructor(
    at: { system: string; operation: string; code: string; effect: Effect; message: string },
    options?: ErrorOptions,
  ) {
    super(`${at.system}: ${at.operation}: ${at.message} (${at.code})`, options);
    this.system = at.system;
    this.operation = at.operation;
    this.code = at.code;
    this.effect = at.effect;
  }
}
