import { readFileSync } from 'node:fs';
import { UserError } from '../../core/errors.ts';
import { type Finding, finding } from '../../core/finding.ts';
import { readYaml } from '../../core/load/yaml.ts';
import { type Secret, secret } from '../../core/secret.ts';
import { environmentFile } from '../../policies/load.ts';
import { type Credential, credentialsOf } from '../../provisioners/credentials.ts';
import type { Workspace } from '../workspace/workspace.ts';

/** Values of variables; the process's own in production. */
type Variables = Readonly<Record<string, string | undefined>>;

/**
 * The secrets of an environment's servers, from the environment of the process.
 * @throws UserError that names every variable that is missing, or a debug switch that would print what is in them
 */
export function credentialsFrom(variables: Variables, workspace: Workspace): ReadonlyMap<Credential, Secret> {
  const needed = credentialsOf(workspace.policies.environment);
  const found = new Map<Credential, Secret>();
  const findings: Finding[] = [];
  const report = reporter(workspace);
  for (const [section, name] of needed) {
    const value = variables[name] ?? '';
    if (value === '') findings.push(report('environment/credential-missing', section, { variable: name, section }));
    else found.set(name, secret(value));
  }
  // Libraries print what they send, passwords and tokens among it.
  if (needed.length > 0 && (variables.NODE_DEBUG ?? '') !== '') findings.push(report('environment/debug', 'name', {}));
  if (findings.length === 0) return found;
  throw new UserError('Cannot reach the targets of this environment: nothing was read or written', findings);
}

/** Findings at a section of the environment's file, which is read again for its places. */
function reporter({ options, policies }: Workspace) {
  const path = environmentFile(options.policies, options.environment);
  return (code: string, section: string, values: Readonly<Record<string, string>>): Finding => {
    const { places } = readYaml({ path, bytes: readFileSync(path) }, policies.messages);
    return finding(policies.messages, code, places.of([section]), values);
  };
}
