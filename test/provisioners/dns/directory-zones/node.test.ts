import { memoryDirectory } from './memory-directory.ts';
import { nodeCases } from './node-cases.ts';

nodeCases('createDirectoryZones(), in memory', memoryDirectory);
