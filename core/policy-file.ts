import type { z } from 'zod';
import { type Finding, finding, type Messages, type Values } from './finding.ts';
import { type File, readYaml } from './load/yaml.ts';
import type { Path } from './request.ts';

/** A value, or all that is wrong with its file. */
export type Loaded<T> = { readonly value: T } | { readonly findings: readonly Finding[] };

/** Reports a fault at a path of the file. */
export type Report = (code: string, path: Path, values?: Values) => void;

/** What a policy file holds; without data where it is wrong. `report` adds to the findings. */
export interface PolicyFile<T> {
  readonly data: T | undefined;
  readonly findings: readonly Finding[];
  readonly report: Report;
}

/** Parses one of our own YAML files, as strictly as a request, so that its faults have places too. */
export function parsePolicyFile<S extends z.ZodType>(
  file: File,
  schema: S,
  messages: Messages,
): PolicyFile<z.output<S>> {
  const { value, places, findings: unread } = readYaml(file, messages);
  const findings: Finding[] = [...unread];
  const report: Report = (code, path, values) => void findings.push(finding(messages, code, places.of(path), values));
  const result = schema.safeParse(value);
  if (result.success) return { data: unread.length === 0 ? result.data : undefined, findings, report };
  for (const { path, message } of result.error.issues) {
    const steps = path.map((step) => (typeof step === 'number' ? step : String(step)));
    report('policy/bad-file', steps, { path: steps.join('.'), reason: message });
  }
  return { data: undefined, findings, report };
}
