import { findModulesQuickly } from './cli/modules.ts';

findModulesQuickly();
const { run } = await import('./program.ts');
await run();
