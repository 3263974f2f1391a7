import { UserError } from '../../core/errors.ts';
import { finding, type Text } from '../../core/finding.ts';
import { type Act, judgeAct } from '../../core/work-order/act.ts';
import type { WorkEventBody } from '../../core/work-order/event.ts';
import type { Ticket, TicketClient } from '../../provisioners/work-orders/protocol.ts';
import { EXIT, type Exit } from '../cli/exit.ts';
import type { Io } from '../cli/io.ts';
import { print } from '../cli/print.ts';
import { openScope } from '../run/scope.ts';
import { targetsOf } from '../run/targets.ts';
import { actContext, actorOf, type Job, jobOf } from '../work/job.ts';
import { jobListing, stepListing } from '../work/listing.ts';
import { headNotes, nextText } from '../work/texts.ts';
import type { Options } from '../workspace/options.ts';
import { openWorkspace, type Workspace } from '../workspace/workspace.ts';

export interface WorkListOptions extends Options {
  readonly team?: string;
  /** Closed ones too. */
  readonly all?: boolean;
}

export interface WorkOptions extends Options {
  /** Who does it: an id in people.yaml. */
  readonly as: string;
}

/** What a command needs of the ticket system: the orders with their requests. */
interface Desk {
  readonly workspace: Workspace;
  readonly tickets: TicketClient;
  /** Undefined where no valid request asks for the order. */
  jobOf(ticket: Ticket): Job | undefined;
}

async function atDesk(options: Options, work: (desk: Desk) => Promise<Exit>): Promise<Exit> {
  const workspace = openWorkspace(options);
  const { all } = openScope(workspace, { names: [], ordering: false });
  const targets = await targetsOf(workspace, all);
  try {
    return await work({ workspace, tickets: targets.tickets, jobOf: (ticket) => jobOf(ticket, all, workspace) });
  } finally {
    await targets.close();
  }
}

/** @throws UserError for an order that nobody opened */
async function theJob(key: string, { tickets, jobOf }: Desk): Promise<Job> {
  const [ticket] = (await tickets.list({ keys: [key] })).tickets;
  if (ticket === undefined)
    throw new UserError({
      id: `Perintah kerja '${key}' tidak ditemukan: 'layanan work list --all' menampilkan yang ada`,
      en: `Cannot find work order '${key}': 'layanan work list --all' has those that there are`,
    });
  const job = jobOf(ticket);
  if (job === undefined)
    throw new UserError({
      id: `'${key}' tidak dapat dikerjakan: tidak ada permintaan sah yang memintanya; lihat 'layanan validate'`,
      en: `Cannot work on '${key}': no valid request asks for it; see 'layanan validate'`,
    });
  return job;
}

/** `layanan work list`: the orders that are open, for one team or all. */
export const workList = (options: WorkListOptions, io: Io): Promise<Exit> =>
  atDesk(options, async ({ workspace, tickets, jobOf }) => {
    const { team, all } = options;
    const { tickets: found } = await tickets.list({});
    const jobs = found
      .flatMap((ticket) => jobOf(ticket) ?? [])
      .filter(({ form, state }) => (team === undefined || form.team === team) && (all || !state.closed?.passed));
    const lost = found.filter((ticket) => jobOf(ticket) === undefined).map((ticket) => ticket.key);
    const notes = lost.length === 0 ? [] : [lostNote(lost)];
    await print({ kind: 'list', command: 'work', listing: jobListing(jobs, workspace), notes }, workspace, io);
    return EXIT.ok;
  });

const lostNote = (keys: readonly string[]): Text => ({
  id: `Tanpa permintaan yang sah, jadi tidak dapat dikerjakan: ${keys.join(', ')}. Periksa dengan: layanan validate`,
  en: `Without a valid request, so nothing can be done on: ${keys.join(', ')}. Check with: layanan validate`,
});

/** `layanan work show <order>`: what is asked, its clocks, and each step with who did it and when. */
export const workShow = (key: string, options: Options, io: Io): Promise<Exit> =>
  atDesk(options, async (desk) => {
    await show(await theJob(key, desk), desk.workspace, io);
    return EXIT.ok;
  });

async function show(job: Job, workspace: Workspace, io: Io): Promise<void> {
  const next = nextText(job, workspace);
  const notes = [...headNotes(job, workspace), { id: `Langkah berikut: ${next.id}`, en: `Next step: ${next.en}` }];
  await print({ kind: 'list', command: 'work', listing: stepListing(job, workspace), notes }, workspace, io);
}

/** `layanan work check|judge|pause|resume|close|reopen <order> --as <person>`: enters what a person did. */
export const workAct = (key: string, act: Act, options: WorkOptions, io: Io): Promise<Exit> =>
  atDesk(options, async (desk) => {
    const { workspace, tickets } = desk;
    const job = await theJob(key, desk);
    const verdict = judgeAct(job.ticket, act, actorOf(options.as, job, workspace), actContext(job, workspace));
    if ('code' in verdict) {
      const { code, values } = verdict;
      const place = job.placed.places.of(['service']);
      const findings = [finding(workspace.policies.messages, code, place, { order: key, ...values })];
      await print({ kind: 'check', command: 'work', findings, checked: 1, requests: [] }, workspace, io);
      return EXIT.findings;
    }
    const event: WorkEventBody & { by: string } = { ...verdict, by: options.as };
    await tickets.enter(job.ticket, event);
    await show(await theJob(key, desk), workspace, io);
    return EXIT.ok;
  });
