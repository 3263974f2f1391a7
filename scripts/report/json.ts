import type { Finding } from '../../core/finding.ts';
import type { Outcome, Plan } from '../../core/resource.ts';
import { json as stringify } from './escape.ts';
import type { RequestReport } from './report.ts';
import { summarise } from './summary.ts';
import { verdictOf } from './verdict.ts';
import type { View } from './view.ts';

/**
 * For programs; stable. Parts that the command does not have are absent. A listing's rows are `items`, each in the form
 * of its command; texts for people are always in both languages.
 */
export const json: View = (report) => {
  const { command, checked, requests, plan, outcomes, listing, notes } = report;
  return `${stringify({
    command,
    verdict: verdictOf(report),
    summary: summarise(report),
    checked,
    findings: report.findings.map(findingForm),
    requests: requests?.map(requestForm),
    plan: plan === undefined ? undefined : planForm(plan),
    outcomes: outcomes?.map(outcomeForm),
    items: listing?.rows.map((row) => row.data),
    notes,
  })}\n`;
};

const findingForm = ({ file, line, column, code, severity, message, suggestion }: Finding) => ({
  file,
  line,
  column,
  code,
  severity,
  message: { id: message.id, en: message.en },
  suggestion,
});

const planForm = ({ digest, changes, held }: Plan) => ({ digest, changes, held });

const outcomeForm = ({ change, result, values, phase, error, handover }: Outcome) => ({
  change,
  result,
  values,
  phase,
  error,
  handover,
});

const requestForm = (request: RequestReport) => ({
  id: request.id,
  file: request.file,
  title: request.title,
  service: request.service,
  state: request.state,
  items: request.classification?.ordered.map(({ item, paths }) => ({
    catalogue: item.catalogue,
    code: item.code,
    name: item.name,
    approver: item.approver,
    norm: item.norm,
    documents: item.documents,
    paths,
  })),
  due: request.due,
  approval: request.approval,
  changes: request.changes,
  held: request.held,
  outcomes: request.outcomes.map(outcomeForm),
  next: request.next,
});
