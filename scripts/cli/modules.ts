import { registerHooks } from 'node:module';

const ROOT = new URL('../../', import.meta.url).href;
const PACKAGES = `${ROOT}node_modules/`;
/** How zod's own modules name the texts of all its languages. */
const LANGUAGES = '../locales/index.js';
const NOTHING = { url: 'data:text/javascript,', format: 'module', shortCircuit: true } as const;

/**
 * Lets modules be found the quick way. Node asks the file system about every file that an import names: is it there, what
 * is its real path, which package holds it. Our own imports name files in full, and so do those of packages that are
 * modules, so where the file is needs no asking; that halves what finding costs. What is not there fails as it is read.
 * And zod comes without the texts of sixty languages, each a module, that nobody here asks for: a fifth of all modules
 * that a command loads. What it says otherwise is unchanged, its English is not among them.
 */
export function findModulesQuickly(): void {
  const found = new Map<string, ReturnType<Parameters<typeof registerHooks>[0]['resolve'] & {}>>();
  registerHooks({
    resolve(specifier, context, next) {
      const { parentURL = '', conditions } = context;
      if (!parentURL.startsWith(ROOT) || !conditions.includes('import')) return next(specifier, context);
      if (specifier === LANGUAGES) return NOTHING;
      const isOwn = !parentURL.startsWith(PACKAGES);
      if (!specifier.startsWith('.')) {
        if (!isOwn) return next(specifier, context);
        const known = found.get(specifier) ?? next(specifier, context);
        found.set(specifier, known);
        return { ...known, shortCircuit: true };
      }
      const { href: url } = new URL(specifier, parentURL);
      return isOwn
        ? { url, format: 'module-typescript', shortCircuit: true }
        : { url, format: undefined, shortCircuit: true };
    },
  });
}
