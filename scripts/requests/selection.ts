import { readdirSync, readFileSync } from 'node:fs';
import { digest } from '../../core/canonical.ts';
import { UserError } from '../../core/errors.ts';
import { requestIdOf } from '../../core/load/path.ts';
import type { File } from '../../core/load/yaml.ts';
import { lookupOf } from '../../core/validate/census.ts';
import { examine } from '../../core/validate/examine.ts';
import type { Facts, Lookup } from '../../core/validate/facts.ts';
import type { Removed } from '../../core/validate/removed.ts';
import { type ChangedFile, type Git, gitIn, isInRepository } from '../git/git.ts';
import { openIndex, type RequestIndex } from '../index/request-index.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { type Entry, type Odd, standingOf } from './entry.ts';
import { namedEntry, readRequest, requestFile, requestFiles, requestPaths } from './folder.ts';

/** The files that a command looks at closely, among all requests that there are. */
export interface Selection {
  readonly files: Iterable<Entry>;
  readonly removed: readonly Removed[];
  /** Whether the files are all there are; then their own facts are the whole tree. */
  readonly all: boolean;
  /** Looks up the tree with the files' facts on top; only where the files are not all. */
  lookup(changed: readonly Facts[]): Lookup;
}

const noLookup = (): never => {
  throw new Error('Cannot look up: the selection holds all requests');
};

/** Every request file on disk. */
export function everyRequest(folder: string): Selection {
  return { files: requestFiles(folder), removed: [], all: true, lookup: noLookup };
}

/** The named files as they are on disk, among the requests of the last commit. */
export function namedRequests(paths: readonly string[], workspace: Workspace): Selection {
  const files = paths.map((path) => namedEntry(path, workspace.options.requests));
  const git = gitIn(workspace.options.requests);
  const tree = git.treeOf('HEAD', './');
  if (tree === undefined) return amongFolder(files, workspace);
  const index = indexAt(tree, git, workspace);
  return { files, removed: [], all: false, lookup: (changed) => index.with(changed, []) };
}

/** Files that are not written yet, among those on disk. */
export const proposedRequests = (files: readonly File[], workspace: Workspace): Selection =>
  amongFolder(files, workspace);

/**
 * What the last commit, or another commit or tree, changes since a revision; costs what changed, not what is there.
 * @param head a revision, or the id of a tree
 */
export function changedRequests(base: string, workspace: Workspace, head = 'HEAD'): Selection {
  const git = gitIn(workspace.options.requests);
  const to = git.treeOf(head, './');
  if (to === undefined && !isInRepository(workspace.options.requests))
    throw new UserError({
      id: `Tidak dapat membandingkan dengan '${base}': '${workspace.options.requests}' tidak berada di repositori git`,
      en: `Cannot compare with '${base}': '${workspace.options.requests}' is in no git repository`,
    });
  const from = git.treeOf(base, './');
  if (to === undefined)
    throw new UserError({
      id: `Tidak dapat membandingkan dengan '${base}': HEAD git tidak memuat '${workspace.options.requests}'`,
      en: `Cannot compare with '${base}': git's HEAD has no '${workspace.options.requests}'`,
    });
  const index = indexAt(from ?? EMPTY_TREE, git, workspace);
  const changes = git.changes(from ?? EMPTY_TREE, to);
  const removed = changes
    .filter((file) => file.blob === null && hasRequestName(file))
    .map((file) => removedFrom(index, file, workspace));
  return {
    files: entriesOf(changes, git, workspace),
    removed,
    all: false,
    lookup: (changed) =>
      index.with(
        changed,
        removed.map((one) => one.id),
      ),
  };
}

/** Git's id of the tree without files. */
const EMPTY_TREE = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';

/** What a change leaves, by git's mode: what is neither a link nor a submodule is a file. */
function standing({ path, mode }: ChangedFile): ReturnType<typeof standingOf> {
  if (/(?:^|\/)\./.test(path)) return undefined;
  return standingOf(path, mode === '120000' ? 'link' : mode === '160000' ? 'submodule' : 'file');
}

/** Whether a request stands, stood, or has something in its place there. */
const hasRequestName = (file: ChangedFile): boolean => standing({ ...file, mode: '100644' }) === 'request';

function removedFrom(index: RequestIndex, { path }: ChangedFile, { options }: Workspace): Removed {
  const id = requestIdOf(path);
  return { id, file: requestFile(options.requests, path), claims: index.get(id)?.claims ?? [] };
}

/** Whether a change leaves a request file where requests are. */
const isFile = (file: ChangedFile): file is ChangedFile & { blob: string } =>
  file.blob !== null && standing(file) === 'request';

/** What is there after a change: blobs of files, what only looks like one, and what may be meant as one. */
function entriesOf(changes: readonly ChangedFile[], git: Git, workspace: Workspace): readonly Entry[] {
  const { requests } = workspace.options;
  const odd = changes.flatMap((file): Odd[] => {
    const found = file.blob === null ? undefined : standing(file);
    return found === undefined || found === 'request' ? [] : [{ path: requestFile(requests, file.path), odd: found }];
  });
  return [...filesOf(changes.filter(isFile), git, workspace), ...odd].sort((a, b) => (a.path < b.path ? -1 : 1));
}

function filesOf(files: readonly (ChangedFile & { blob: string })[], git: Git, { options }: Workspace): File[] {
  const contents = git.blobs(files.map((file) => file.blob));
  return files.map((file, at) => ({
    path: requestFile(options.requests, file.path),
    bytes: contents[at] ?? new Uint8Array(),
  }));
}

/** The kept index, brought to a tree by what differs from the tree it stands at. */
function indexAt(tree: string, git: Git, workspace: Workspace): RequestIndex {
  const index = openIndex(workspace.store.path('index.sqlite'));
  const form = factsForm(workspace);
  const [knownForm, known] = index.state?.split(' ') ?? [];
  if (known === tree && knownForm === form) return index;
  const since = known !== undefined && knownForm === form && git.knows(known) ? known : undefined;
  if (since === undefined) index.clear();
  const changes = (since === undefined ? git.files(tree) : git.changes(since, tree)).filter(hasRequestName);
  const gone = changes.filter((file) => !isFile(file)).map((file) => requestIdOf(file.path));
  const facts = filesOf(changes.filter(isFile), git, workspace).flatMap(
    (file) => examine(file, workspace.policies).facts ?? [],
  );
  index.move(`${form} ${tree}`, facts, gone);
  return index;
}

/** Facts are made by the services' code from the environment: an index made by other ones is made anew. */
function factsForm({ policies }: Workspace): string {
  const services = new URL('../../policies/services/', import.meta.url);
  const codes = readdirSync(services)
    .sort()
    .map((name) => readFileSync(new URL(name, services), 'utf8'));
  return digest([policies.environment, ...codes]).slice(0, 16);
}

/** Outside git: the facts of the whole folder are computed each time. */
function amongFolder(files: readonly Entry[], { options, policies }: Workspace): Selection {
  return {
    files,
    removed: [],
    all: false,
    lookup(changed) {
      const changedIds = new Set(changed.map((one) => one.id));
      const others = requestPaths(options.requests)
        .flatMap((path) => examine(readRequest(path), policies).facts ?? [])
        .filter((one) => !changedIds.has(one.id));
      return lookupOf([...others, ...changed]);
    },
  };
}
