import { DatabaseSync } from 'node:sqlite';
import { TargetError } from '../../core/errors.ts';
import type { StackName } from '../component.ts';

/** Takes a stack for one run. @throws TargetError `locked` */
export type Lock = (name: StackName) => Disposable;

const locked = ({ project, stack }: StackName, cause?: unknown): TargetError =>
  new TargetError(
    {
      system: 'stack',
      operation: 'lock',
      code: 'locked',
      effect: 'unsent',
      message: `Another run holds stack '${stack}' of '${project}'; try again when it has ended`,
    },
    { cause },
  );

/** Locks of states that one process has for itself. */
function inMemory(): Lock {
  const held = new Set<string>();
  return (name) => {
    const id = `${name.project}/${name.stack}`;
    if (held.has(id)) throw locked(name);
    held.add(id);
    return { [Symbol.dispose]: () => held.delete(id) };
  };
}

/**
 * Locks beside a file of states. Each is an open transaction on a file of its own, so that the operating system frees it
 * when the process dies, however it dies.
 * @param file path of the database, or `:memory:`
 */
export function createLock(file: string): Lock {
  if (file === ':memory:') return inMemory();
  return (name) => {
    const database = new DatabaseSync(`${file}-${name.project}-${name.stack}.lock`, { timeout: 0 });
    try {
      database.exec('BEGIN EXCLUSIVE');
    } catch (error) {
      database.close();
      throw locked(name, error);
    }
    return { [Symbol.dispose]: () => database.close() };
  };
}
