/** The plan that a comment showed: by what it was made, so that it can be made again and held against its digest. */
export interface ShownPlan {
  /** 64 hexadecimal digits. */
  readonly digest: string;
  /** Commit of the journal branch: its journal and reading. */
  readonly journal: string;
  /** ISO 8601, UTC. */
  readonly at: string;
}

const LINE = /^<!-- layanan-plan ([0-9a-f]{64}) ([0-9a-f]{40}) (\d{4}-\d\d-\d\dT[\d:.]+Z) -->$/m;

/** A hidden line of the comment. It claims nothing that the apply does not compute itself. */
export const planLine = ({ digest, journal, at }: ShownPlan): string =>
  `<!-- layanan-plan ${digest} ${journal} ${at} -->`;

/** The plan that a comment claims to have shown; undefined where it showed none. */
export function shownPlan(body: string): ShownPlan | undefined {
  const [, digest, journal, at] = LINE.exec(body) ?? [];
  return digest && journal && at ? { digest, journal, at } : undefined;
}
