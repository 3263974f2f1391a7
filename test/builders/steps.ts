import { type ApplyOptions, apply } from '../../scripts/commands/apply.ts';
import { type ApproveOptions, approve } from '../../scripts/commands/approve.ts';
import { plan } from '../../scripts/commands/plan.ts';
import { status } from '../../scripts/commands/status.ts';
import type { Options } from '../../scripts/workspace/options.ts';
import type { CommandLine } from './command-line.ts';
import { OFFICIAL } from './fulfilled.ts';

/** The commands from plan to status, each in one call. */
export const steps = (line: CommandLine) => ({
  plan: (names: readonly string[] = [], over: Partial<Options> = {}) =>
    line.run((options, io) => plan(names, options, io), over),
  approve: (id: string, over: Partial<ApproveOptions> = {}) =>
    line.run<ApproveOptions>((options, io) => approve(id, options, io), { as: OFFICIAL, ...over }),
  apply: (names: readonly string[] = [], over: Partial<ApplyOptions> = { yes: true }) =>
    line.run<ApplyOptions>((options, io) => apply(names, options, io), over),
  status: (names: readonly string[] = [], over: Partial<Options> = {}) =>
    line.run((options, io) => status('status', names, options, io), over),
  show: (id: string, over: Partial<Options> = {}) => line.run((options, io) => status('show', [id], options, io), over),
  drift: (names: readonly string[] = [], over: Partial<Options> = {}) =>
    line.run((options, io) => status('drift', names, options, io), over),
});
