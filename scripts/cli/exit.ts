/** Exit codes of every command; documented in scripts/README.md and never changed. */
export const EXIT = {
  ok: 0,
  /** Something is wrong in a request, or a chain does not hold. */
  findings: 1,
  /** The command line is not understood, or something it names is not there. */
  usage: 2,
  /** A target failed, or could not be read. */
  target: 3,
  /** Approval is missing. */
  approval: 4,
  /** The plan is not the one that was confirmed, or it is too old. */
  stale: 5,
} as const;

export type Exit = (typeof EXIT)[keyof typeof EXIT];
