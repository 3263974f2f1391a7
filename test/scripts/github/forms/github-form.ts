import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { ROOT } from '../../../builders/command-line.ts';

/** One element of an issue form, as far as GitHub's syntax has it. */
export interface Element {
  readonly type: string;
  readonly id: string;
  readonly attributes: {
    readonly label: string;
    readonly description: string;
    readonly placeholder?: string;
    readonly options?: readonly unknown[];
  };
  readonly validations: { readonly required: boolean };
}

export interface Form {
  readonly name: string;
  readonly description: string;
  readonly title: string;
  readonly labels: readonly string[];
  readonly body: readonly Element[];
}

/** A committed form. */
export const formOf = (service: string): Form =>
  load(readFileSync(join(ROOT, `.github/ISSUE_TEMPLATE/${service}.yml`), 'utf8')) as Form;

/** The text of an issue as GitHub writes it from a form's answers, by the elements' ids. */
export const issueOf = ({ body }: Form, answers: Readonly<Record<string, string>>): string =>
  body
    .map(({ id, attributes }) => {
      const given = id === 'service' ? String(attributes.options?.[0]) : answers[id];
      return `### ${attributes.label}\n\n${given === undefined || given === '' ? '_No response_' : given}`;
    })
    .join('\n\n');
