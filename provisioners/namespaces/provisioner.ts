import type { Provisioner } from '../../core/provisioner.ts';
import { applyStacks } from '../stack/apply.ts';
import type { OpenEngine } from '../stack/target.ts';
import type { AccessOptions } from './access.ts';
import { list } from './call.ts';
import { NAMESPACES } from './paths.ts';
import { readNamespaces } from './read.ts';
import { namespaceTarget } from './target.ts';

export interface NamespaceOptions extends AccessOptions {
  readonly openEngine: OpenEngine;
}

/** Namespaces in Kubernetes. */
export function createNamespaces({ openEngine, ...options }: NamespaceOptions): Provisioner {
  const target = namespaceTarget(options);
  return {
    kinds: ['namespace'],
    read: (wanted) => readNamespaces(options.client, wanted),
    apply: (changes, port) => applyStacks({ target, openEngine, port }, changes),
    names: async () => (await list(options.client, NAMESPACES)).map((one) => one.metadata.name),
  };
}
