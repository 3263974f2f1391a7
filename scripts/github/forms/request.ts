import { type Finding, finding } from '../../../core/finding.ts';
import type { Policies } from '../../../core/policies.ts';
import { examine } from '../../../core/validate/examine.ts';
import { requestText } from '../../sheet/request-text.ts';
import { personOf } from '../approval/people.ts';
import { type Answers, answersOf, labelsOfFields } from './answers.ts';
import type { Field } from './field.ts';
import { fieldsOf } from './fields.ts';
import { currentCatalogue, envelopeFields, SERVICE_LABEL, serviceOption } from './form.ts';
import { answeredValue } from './value.ts';

/** An answered issue form as a request file, with what our reader says of it; without a file it could not be read. */
export interface FromIssue {
  readonly file?: {
    /** `<unit>/<name>`; safe as a path, for both are slugs. */
    readonly id: string;
    readonly text: string;
  };
  readonly findings: readonly Finding[];
}

const SLUG = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
const ISSUE = { file: 'issue', line: 1, column: 1 };

/**
 * Makes a request file of an issue: only text goes in and out, and the file is judged by the reader that judges all.
 * @param author login of whoever opened the issue; their person is the requester where none is named
 */
export function requestFromIssue(body: string, author: string, policies: Policies): FromIssue {
  const refuse = (code: string, values: Readonly<Record<string, string>> = {}): FromIssue => ({
    findings: [finding(policies.messages, code, ISSUE, values)],
  });
  const form = formOf(body, policies);
  if (form === undefined) return refuse('form/no-form');
  const answers = answersOf(body, [SERVICE_LABEL, ...labelsOfFields(form.fields)]);
  if ('fault' in answers) return refuse(answers.fault, { label: answers.label });
  const answered = answeredBy(answers, form.fields);
  const unit = String(answered.unit ?? '');
  const name = String(answered.name ?? '');
  if (!policies.organisation.units.has(unit)) return refuse('form/unit', { unit });
  if (!SLUG.test(name) || name.length > 63) return refuse('form/name', { name });
  const requester = answered.requester ?? personOf(author, policies.organisation)?.id;
  if (requester === undefined) return refuse('form/author', { author });
  const { catalogue, service } = form;
  const { title, documents, spec = {} } = answered;
  const text = requestText({ catalogue, service, title, requester, ...(documents ? { documents } : {}), spec });
  const id = `${unit}/${name}`;
  const { findings } = examine({ path: `requests/${id}.yaml`, bytes: new TextEncoder().encode(text) }, policies);
  return { file: { id, text }, findings };
}

/** The form that an issue answers: it names its service in the first question. */
function formOf(body: string, { catalogues, services, organisation }: Policies) {
  const [, option] = /^### Layanan \(service\)\r?\n\r?\n([a-z0-9./-]+)\r?$/m.exec(body) ?? [];
  const catalogue = currentCatalogue(catalogues);
  const offer = [...(catalogue?.offers.values() ?? [])].find((one) => serviceOption(one) === option);
  const service = services.get(offer?.service ?? '');
  if (!offer || !service) return undefined;
  const fields = [...envelopeFields(organisation.units.keys()), ...fieldsOf(offer, service)];
  return { catalogue: offer.catalogue, service: offer.service, fields };
}

interface Answered {
  readonly [member: string]: unknown;
}

/** Answers at their paths; open ones are left out. */
function answeredBy(answers: Answers, fields: readonly Field[]): Answered {
  const root: Record<string, unknown> = Object.create(null);
  for (const field of fields) {
    const text = answers.get(field.label);
    if (text === null || text === undefined) continue;
    const [last = '', ...above] = field.path.toReversed();
    let at = root;
    for (const member of above.toReversed()) {
      at[member] ??= {};
      at = at[member] as Record<string, unknown>;
    }
    at[last] = answeredValue(field, text);
  }
  return root;
}
