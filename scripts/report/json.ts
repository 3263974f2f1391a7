import type { Finding } from '../../core/finding.ts';
import type { Outcome, Plan } from '../../core/resource.ts';
import { json as stringify } from './escape.ts';
import { findingsOf } from './parts.ts';
import type { ListReport, Report, RequestReport, TextReport } from './report.ts';
import { summarise } from './summary.ts';
import { verdictOf } from './verdict.ts';
import type { View } from './view.ts';

/**
 * For programs; stable. Parts that the command does not have are absent. A listing's rows are `items`, each in the form
 * of its command; texts for people are always in both languages.
 */
export const json: View = (report) =>
  `${stringify({
    command: report.command,
    verdict: verdictOf(report),
    summary: summarise(report),
    findings: findingsOf(report).map(findingForm),
    ...partsOf(report),
  })}\n`;

function partsOf(report: Report) {
  switch (report.kind) {
    case 'list':
      return { items: report.listing.rows.map((row) => row.data), notes: report.notes };
    case 'text':
      return { notes: report.notes };
    case 'plan':
      return { ...requestParts(report), plan: planForm(report.plan) };
    case 'apply':
      return { ...requestParts(report), plan: planForm(report.plan), outcomes: report.outcomes.map(outcomeForm) };
    case 'show':
      return { ...requestParts(report), record: report.record };
    default:
      return requestParts(report);
  }
}

const requestParts = ({ checked, requests }: Exclude<Report, ListReport | TextReport>) => ({
  checked,
  requests: requests.map(requestForm),
});

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
  items: request.classification.ordered.map(({ item, paths }) => ({
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
  times: request.times,
});
