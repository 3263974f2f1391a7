import { type Act, judgeAct } from '../../core/work-order/act.ts';
import type { Step } from '../../core/work-order/order.ts';
import { nextStep } from '../../core/work-order/phase.ts';
import type { TicketClient } from '../../provisioners/work-orders/protocol.ts';
import { openScope } from '../run/scope.ts';
import { targetsOf } from '../run/targets.ts';
import { actContext, actorOf, type Job, jobOf, onDuty } from '../work/job.ts';
import type { Workspace } from '../workspace/workspace.ts';

/** What the sample people did with one order. */
export interface Worked {
  readonly job: Job;
  /** How many acts were entered. */
  readonly acts: number;
}

/** Stands for the checksum of a file that the sample people would have made. */
const PROOF = '5e'.repeat(32);

interface Desk {
  readonly workspace: Workspace;
  readonly tickets: TicketClient;
  read(key: string): Promise<Job | undefined>;
}

/**
 * On the sandbox the sample people do what waits for them, each step by somebody who may, as far as it can be done now.
 * @param failing components that do not pass this time: `djp/spt#7.1 session`
 */
export async function workOff(workspace: Workspace, failing: ReadonlySet<string> = new Set()): Promise<Worked[]> {
  const { all } = openScope(workspace, { names: [], ordering: false });
  const targets = await targetsOf(workspace, all);
  const { tickets } = targets;
  const read = async (key: string) => {
    const [ticket] = (await tickets.list({ keys: [key] })).tickets;
    return ticket && jobOf(ticket, all, workspace);
  };
  try {
    const worked: Worked[] = [];
    for (const { key } of (await tickets.list({})).tickets) {
      const one = await workOn(key, { workspace, tickets, read }, failing);
      if (one !== undefined && one.acts > 0) worked.push(one);
    }
    return worked;
  } finally {
    await targets.close();
  }
}

/** Enters act after act until the order is closed, or the next one may not be done now. */
async function workOn(key: string, desk: Desk, failing: ReadonlySet<string>): Promise<Worked | undefined> {
  for (let acts = 0; ; acts++) {
    const job = await desk.read(key);
    if (job === undefined) return undefined;
    const next = nextAct(job, failing, desk.workspace);
    if (next === undefined || !(await enter(job, next, desk))) return { job, acts };
    // What failed is mended first, which takes its time.
    if (next.act.type === 'close') return { job: (await desk.read(key)) ?? job, acts: acts + 1 };
  }
}

async function enter(job: Job, { act, by }: { act: Act; by: string }, { workspace, tickets }: Desk): Promise<boolean> {
  const verdict = judgeAct(job.ticket, act, actorOf(by, job, workspace), actContext(job, workspace));
  if ('code' in verdict) return false;
  await tickets.enter(job.ticket, { ...verdict, by });
  return true;
}

function nextAct(job: Job, failing: ReadonlySet<string>, workspace: Workspace): { act: Act; by: string } | undefined {
  const { form, state, assignment } = job;
  const [member = ''] = workspace.policies.organisation.teams.get(form.team)?.members ?? [];
  // What failed is mended by those who asked, who then have it done anew.
  if (state.closed !== null) {
    const { requester } = job.placed.request;
    return state.closed.passed ? undefined : { act: { type: 'reopened', reason: 'sudah diperbaiki' }, by: requester };
  }
  const step = nextStep(form, state);
  if (step !== undefined) {
    const needsProof = assignment.task.steps.find((one) => one.id === step.id)?.evidence;
    const act: Act = { type: 'checked', step: step.id, ...(needsProof ? { sha256: PROOF } : {}) };
    return { act, by: personFor(step, job, member, workspace) };
  }
  const component = form.components.find((one) => !state.judged.has(one));
  if (component === undefined) return { act: { type: 'close' }, by: member };
  return { act: { type: 'judged', component, passed: !failing.has(`${job.ticket.key} ${component}`) }, by: member };
}

function personFor({ by }: Step, job: Job, member: string, workspace: Workspace): string {
  if (by === 'requester') return job.placed.request.requester;
  return by === 'duty' ? (onDuty(job, workspace)[0] ?? member) : member;
}
