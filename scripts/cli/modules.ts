import { registerHooks } from 'node:module';

const ROOT = new URL('../../', import.meta.url).href;
const PACKAGES = `${ROOT}node_modules/`;
const ZOD = `${PACKAGES}zod/`;
/** How zod's own modules name the texts of all its languages. */
const LANGUAGES = '../locales/index.js';
const NOTHING = { url: 'data:text/javascript,', format: 'module', shortCircuit: true } as const;

type Resolve = NonNullable<Parameters<typeof registerHooks>[0]['resolve']>;

/**
 * Lets modules be found the quick way. Node asks the file system about every file that an import names: is it there, what
 * is its real path, which package holds it. Our imports name files in full, and so do those within packages that are
 * modules: where such a file is needs no asking, and one that is not there fails as it is read. And zod comes without the
 * texts of sixty languages, each a module, that nobody here asks for: what it says otherwise is unchanged, its English is
 * not among them. Together that is a third of what loading a command takes. To be called before all else is loaded.
 */
export function findModulesQuickly(): void {
  const packages = new Map<string, ReturnType<Resolve>>();
  registerHooks({
    resolve(specifier, context, next) {
      const { parentURL = '', conditions } = context;
      if (!parentURL.startsWith(ROOT) || !conditions.includes('import')) return next(specifier, context);
      if (specifier === LANGUAGES && parentURL.startsWith(ZOD)) return NOTHING;
      const isOurs = !parentURL.startsWith(PACKAGES);
      if (specifier.startsWith('.')) {
        const { href: url } = new URL(specifier, parentURL);
        return { url, format: isOurs ? 'module-typescript' : undefined, shortCircuit: true };
      }
      if (!isOurs) return next(specifier, context);
      // All our modules mean the same package by the same name.
      const known = packages.get(specifier) ?? { ...next(specifier, context), shortCircuit: true };
      packages.set(specifier, known);
      return known;
    },
  });
}
