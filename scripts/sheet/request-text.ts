import { dump } from 'js-yaml';

/** A request file's content, in the order in which it is read. */
export interface RequestFile {
  readonly catalogue: string;
  readonly service: string;
  readonly [member: string]: unknown;
}

/** The text of a request file: the modeline for editors, then tidy YAML without comments. */
export function requestText(request: RequestFile): string {
  const schema = `../../policies/schema/${request.catalogue}/${request.service}.json`;
  return `# yaml-language-server: $schema=${schema}\n${dump(request, { lineWidth: -1, noRefs: true })}`;
}
