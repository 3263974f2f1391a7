import type { CustomResourceOptions } from '@pulumi/pulumi';
import { type Child, childId, type Registration } from './component.ts';

/** The option that takes over a child which stands at the target and is in no state. */
export function takenOver({ existing }: Registration, child: Child): CustomResourceOptions {
  const id = existing?.get(childId(child));
  return id === undefined ? {} : { import: id };
}
