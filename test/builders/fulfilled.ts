import { type ApplyOptions, apply } from '../../scripts/commands/apply.ts';
import { type ApproveOptions, approve } from '../../scripts/commands/approve.ts';
import type { CommandLine } from './command-line.ts';

/** An official of unit djp of the lowest rank that may approve, who asks for nothing. */
export const OFFICIAL = 'djp-kasi-aplikasi';

/** Approves requests as they stand. */
export async function approved(line: CommandLine, ids: readonly string[], as = OFFICIAL): Promise<void> {
  for (const id of ids) {
    const { exit, err, out } = await line.run<ApproveOptions>((options, io) => approve(id, options, io), { as });
    if (exit !== 0) throw new Error(`Cannot approve '${id}': ${exit} ${err}${out}`);
  }
}

/** Approves requests and applies all there is; throws where that did not end well. */
export async function fulfilled(line: CommandLine, ids: readonly string[], over: Partial<ApplyOptions> = {}) {
  await approved(line, ids);
  const ran = await line.run<ApplyOptions>((options, io) => apply([], options, io), { yes: true, ...over });
  if (ran.exit !== 0) throw new Error(`Cannot fulfil ${ids.join(', ')}: ${ran.exit} ${ran.err}${ran.out}`);
  return ran;
}
