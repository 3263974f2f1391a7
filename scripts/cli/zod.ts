import { registerHooks } from 'node:module';

/** How zod's own modules name the texts of all its languages. */
const LANGUAGES = '../locales/index.js';
const NOTHING = 'data:text/javascript,';

/**
 * Loads zod without the texts of sixty languages, each a module, that it brings and nobody here asks for: a fifth of all
 * modules that a command loads. What it says otherwise is unchanged, its English is not among them. To be called before
 * anything else imports zod; afterwards modules are found as ever.
 */
export async function loadZod(): Promise<void> {
  const hooks = registerHooks({
    resolve: (specifier, context, next) =>
      specifier === LANGUAGES ? { url: NOTHING, format: 'module', shortCircuit: true } : next(specifier, context),
  });
  try {
    await import('zod');
  } finally {
    hooks.deregister();
  }
}
