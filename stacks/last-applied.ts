import { getOrganization, getProject, getStack, runtime, StackReference } from '@pulumi/pulumi';
import type { Component, Registration } from './component.ts';

/**
 * What the last run registered, from the stack's own outputs; for a preview by hand. Whatever the program would do to it
 * now comes of the program alone.
 * @throws Error for anything but a preview: changes need a request
 */
export async function lastApplied(): Promise<{
  readonly outputs: Readonly<Record<string, unknown>>;
  readonly registrations: readonly Registration[];
}> {
  if (!runtime.isDryRun())
    throw new Error('Cannot change a stack by hand: order it by a request, and run `pulumi preview` only');
  const self = new StackReference(`${getOrganization()}/${getProject()}/${getStack()}`);
  const { value } = await self.getOutputDetails('applied');
  const outputs = (value ?? {}) as Readonly<Record<string, unknown>>;
  const components = (outputs.components ?? []) as readonly Component[];
  return { outputs, registrations: components.map((one) => ({ ...one, touched: true })) };
}
