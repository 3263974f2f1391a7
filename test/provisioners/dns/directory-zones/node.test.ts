import { failure } from '../../../../provisioners/directory/directory-error.ts';
import { crashCases } from './crash-cases.ts';
import { interrupted } from './interrupted.ts';
import { memoryDirectory } from './memory-directory.ts';
import { nodeCases } from './node-cases.ts';

nodeCases('createDirectoryZones(), in memory', memoryDirectory);

crashCases('createDirectoryZones(), in memory, interrupted', memoryDirectory, {
  losing: (directory, at) =>
    interrupted(directory, {
      at,
      position: 'after',
      act: () => Promise.reject(failure('modify', 'no-reply', 'lost', 'The connection closed before the reply')),
    }),
});
