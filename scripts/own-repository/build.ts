import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { load } from 'js-yaml';
import { ownWorkflow, type Product } from './workflow.ts';

const ROOT = join(import.meta.dirname, '../..');
const here = (...parts: readonly string[]): string => join(ROOT, ...parts);

const IGNORED = 'gitignore';

/** Workflows of the pull request loop; `ci.yml` is the product's own gate. */
const isLoop = (name: string): boolean => name.endsWith('.yml') && name !== 'ci.yml';

/** A file that nobody has written yet. */
function writeNew(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  if (!existsSync(path)) writeFileSync(path, text);
}

/** Teams that the catalogues give work to, each with one example member, for a catalogue without its teams is refused. */
function teamsText(): string {
  const teams = load(readFileSync(here('policies/organisation/teams.yaml'), 'utf8')) as Record<
    string,
    { name: unknown }
  >;
  const entries = Object.entries(teams).map(
    ([id, { name }]) => `${id}:\n  name: ${JSON.stringify(name)}\n  members: [meja-layanan]\n`,
  );
  return `# Teams that do what the catalogue gives to people. Put the members in.\n${entries.join('\n')}`;
}

/**
 * Writes a ministry's own repository into a folder, or brings one up to this product: what people edit is written once,
 * what is made from the product is written anew. Schemas and forms are written by `layanan schema` afterwards.
 */
export function buildRepository(folder: string, product: Product): void {
  // Git would take a file of its real name for a rule of this repository.
  const isCopied = (path: string) => !path.endsWith(IGNORED);
  cpSync(here('template/repository'), folder, { recursive: true, force: false, filter: isCopied });
  writeNew(join(folder, '.gitignore'), readFileSync(here('template/repository', IGNORED), 'utf8'));
  for (const name of readdirSync(here('policies/environments')))
    writeNew(join(folder, 'policies/environments', name), readFileSync(here('policies/environments', name), 'utf8'));
  writeNew(join(folder, 'policies/organisation/teams.yaml'), teamsText());
  const workflows = join(folder, '.github/workflows');
  mkdirSync(workflows, { recursive: true });
  mkdirSync(join(folder, '.github/ISSUE_TEMPLATE'), { recursive: true });
  for (const name of readdirSync(here('.github/workflows')).filter(isLoop)) {
    const text = readFileSync(here('.github/workflows', name), 'utf8');
    writeFileSync(join(workflows, name), ownWorkflow(text, product));
  }
}
