import type { StackName } from '../component.ts';
import type { Properties } from '../provider.ts';

/** A registration request of the SDK as plain data. */
export interface ResourceGoal {
  readonly urn: string;
  readonly type: string;
  readonly custom: boolean;
  readonly parent: string;
  /** May hold secrets and unknowns. */
  readonly inputs: Properties;
  readonly dependencies: readonly string[];
  readonly protect: boolean;
  readonly ignoreChanges: readonly string[];
  readonly secretOutputs: readonly string[];
  /** Id of an object that is taken over instead of made; empty for none. */
  readonly importId: string;
}

/** What is read of `RegisterResourceRequest` (proto/pulumi/resource.proto). */
export interface RegisterRequest {
  getType(): string;
  getName(): string;
  getParent(): string;
  getCustom(): boolean;
  getObject(): { toJavaScript(): Properties } | undefined;
  getDependenciesList(): string[];
  getProtect(): boolean | undefined;
  getIgnorechangesList(): string[];
  getAdditionalsecretoutputsList(): string[];
  getImportid(): string;
}

/** `urn:pulumi:<stack>::<project>::<types of the parents>$<type>::<name>`; the stack itself is no part of it. */
function urnOf({ project, stack }: StackName, parent: string, type: string, name: string): string {
  const [, , above = ''] = parent.split('::');
  const types = above === '' || above === 'pulumi:pulumi:Stack' ? type : `${above}$${type}`;
  return `urn:pulumi:${stack}::${project}::${types}::${name}`;
}

export const goalOf = (name: StackName, request: RegisterRequest): ResourceGoal => ({
  urn: urnOf(name, request.getParent(), request.getType(), request.getName()),
  type: request.getType(),
  custom: request.getCustom(),
  parent: request.getParent(),
  inputs: request.getObject()?.toJavaScript() ?? {},
  dependencies: request.getDependenciesList(),
  protect: request.getProtect() === true,
  ignoreChanges: request.getIgnorechangesList(),
  secretOutputs: request.getAdditionalsecretoutputsList(),
  importId: request.getImportid(),
});
