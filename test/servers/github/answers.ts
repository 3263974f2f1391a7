import type { Call, State } from './state.ts';

export interface Asked {
  readonly call: Call;
  readonly url: URL;
  readonly body: string;
  /** Address of the emulator. */
  readonly emulator: string;
  readonly state: State;
}

export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

type Json = Record<string, unknown>;
type Handler = (asked: Asked, parameters: readonly string[]) => Answer | Promise<Answer>;

const PREFIX = '/repos/contoh/layanan';
const ok = (body: unknown, status = 200): Answer => ({ status, body });

/** What the emulator answers. */
async function emulated({ call, url, body, emulator }: Asked): Promise<Answer> {
  const response = await fetch(`${emulator}${url.pathname}${url.search}`, {
    method: call.method,
    headers: { authorization: `Bearer token-${call.login}`, 'content-type': 'application/json' },
    ...(body === '' ? {} : { body }),
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? undefined : (JSON.parse(text) as unknown) };
}

const seconds = (at: Date): string => at.toISOString().replace(/\.\d+Z$/, 'Z');

/** A pull request with the commits that the bare repository has. */
function withCommits(raw: Json, { git, heads, merged }: State): Json {
  const number = Number(raw.number);
  const done = merged.get(number);
  const branch = heads.get(number) ?? '';
  const base = (raw.base as Json).ref as string;
  const head = { ref: branch, repo: { full_name: 'contoh/layanan' } };
  if (done !== undefined)
    return {
      ...raw,
      state: 'closed',
      merged_at: done.at,
      merge_commit_sha: done.commit,
      head: { ...head, sha: done.head },
      base: { ref: base, sha: done.base },
    };
  return {
    ...raw,
    merged_at: null,
    merge_commit_sha: null,
    head: { ...head, sha: git.tipOf(branch) },
    base: { ref: base, sha: git.tipOf(base) },
  };
}

const association = (raw: Json, { members }: State): string =>
  members.has((raw.user as Json).login as string) ? 'MEMBER' : 'NONE';

const comment = (raw: Json, state: State): Json => {
  const times = state.times.get(`comment ${raw.id}`);
  const stamps = times ? { created_at: times.created, updated_at: times.updated } : {};
  return { ...raw, ...stamps, author_association: association(raw, state) };
};

const review = (raw: Json, state: State): Json => {
  const times = state.times.get(`review ${raw.id}`);
  return {
    ...raw,
    html_url: `https://github.test/contoh/layanan/pull/1#review-${raw.id}`,
    author_association: association(raw, state),
    commit_id: state.reviewed.get(Number(raw.id)),
    ...(times ? { submitted_at: times.created } : {}),
  };
};

const pullOf = async (asked: Asked, number: string): Promise<Json> => {
  const url = new URL(`${PREFIX}/pulls/${number}`, asked.url);
  const { body } = await emulated({ ...asked, call: { ...asked.call, method: 'GET' }, url, body: '' });
  return withCommits(body as Json, asked.state);
};

const listed =
  (shape: (raw: Json, state: State) => Json): Handler =>
  async (asked) => {
    const answer = await emulated(asked);
    return Array.isArray(answer.body) ? ok(answer.body.map((raw: Json) => shape(raw, asked.state))) : answer;
  };

/** The emulator does not know of our merges. */
const pulls: Handler = async (asked, parameters) => {
  const answer = await listed(withCommits)(asked, parameters);
  const wanted = asked.url.searchParams.get('state') ?? 'open';
  const all = answer.body as Json[];
  return Array.isArray(all) && wanted !== 'all' ? ok(all.filter((raw) => raw.state === wanted)) : answer;
};

const createPull: Handler = async (asked) => {
  const answer = await emulated(asked);
  if (answer.status !== 201) return answer;
  const raw = answer.body as Json;
  asked.state.heads.set(Number(raw.number), (JSON.parse(asked.body) as { head: string }).head);
  return ok(withCommits(raw, asked.state), 201);
};

const createComment: Handler = async (asked) => {
  const answer = await emulated(asked);
  if (answer.status !== 201) return answer;
  const raw = answer.body as Json;
  const at = seconds(asked.state.now());
  asked.state.times.set(`comment ${raw.id}`, { created: at, updated: at });
  return ok(comment(raw, asked.state), 201);
};

const editComment: Handler = async (asked, [id = '']) => {
  const { state, call } = asked;
  const answer = await emulated({ ...asked, call: { ...call, login: call.login } });
  if (answer.status !== 200) return answer;
  const times = state.times.get(`comment ${id}`);
  // GitHub counts seconds: an edit within the first one looks like none.
  if (times) state.times.set(`comment ${id}`, { ...times, updated: seconds(state.now()) });
  state.editors.set(Number(id), call.login);
  return ok(comment(answer.body as Json, state));
};

const createReview: Handler = async (asked, [number = '']) => {
  const answer = await emulated(asked);
  if (answer.status >= 300) return answer;
  const raw = answer.body as Json;
  const { state } = asked;
  const at = seconds(state.now());
  state.times.set(`review ${raw.id}`, { created: at, updated: at });
  state.reviewed.set(Number(raw.id), ((await pullOf(asked, number)).head as Json).sha as string);
  return ok(review(raw, state), answer.status);
};

/** Protected as .github/README.md asks: merged only where the status is green, and with the head that was looked at. */
const merge: Handler = async (asked, [number = '']) => {
  const { state, body } = asked;
  const pull = await pullOf(asked, number);
  const head = (pull.head as Json).sha as string;
  const { ref, sha: base } = pull.base as { ref: string; sha: string };
  const { sha } = (body === '' ? {} : JSON.parse(body)) as { sha?: string };
  if (sha !== undefined && sha !== head) return { status: 409, body: { message: 'Head branch was modified' } };
  if (state.statuses.get(head)?.state !== 'success')
    return { status: 405, body: { message: 'Required status check "layanan" is expected' } };
  const commit = state.git.merge(ref, head, `Merge pull request #${number}`);
  if (commit === undefined) return { status: 405, body: { message: 'Pull Request is not mergeable' } };
  state.merged.set(Number(number), { commit, head, base, at: seconds(state.now()) });
  return ok({ merged: true, sha: commit });
};

const pullsOfCommit: Handler = async (asked, [commit = '']) => {
  const { merged } = asked.state;
  const numbers = [...merged].filter(([, one]) => one.commit === commit).map(([number]) => number);
  return ok(await Promise.all(numbers.map((number) => pullOf(asked, String(number)))));
};

const rangeOf = async (asked: Asked, number: string) => {
  const pull = await pullOf(asked, number);
  const head = (pull.head as Json).sha as string;
  return { head, from: asked.state.git.mergeBase((pull.base as Json).sha as string, head) };
};

const page = (asked: Asked, all: readonly unknown[]): Answer => {
  const at = Number(asked.url.searchParams.get('page') ?? '1');
  const size = Number(asked.url.searchParams.get('per_page') ?? '30');
  return ok(all.slice((at - 1) * size, at * size));
};

const edits: Handler = ({ state }) => {
  const reviews = [...state.reviewed.keys()].map((databaseId) => ({ databaseId, lastEditedAt: null }));
  const comments = [...state.times.keys()].flatMap((key) => {
    const [kind, id] = key.split(' ');
    const login = state.editors.get(Number(id))?.replace(/\[bot\]$/, '');
    const edited =
      login === undefined ? { lastEditedAt: null, editor: null } : { lastEditedAt: 'once', editor: { login } };
    return kind === 'comment' ? [{ databaseId: Number(id), ...edited }] : [];
  });
  const pullRequest = { reviews: { nodes: reviews }, comments: { nodes: comments } };
  return ok({ data: { repository: { pullRequest } } });
};

const ROUTES: readonly (readonly [string, RegExp, Handler])[] = [
  ['POST', /^\/graphql$/, edits],
  [
    'POST',
    /\/statuses\/([0-9a-f]{40})$/,
    ({ state, body }, [sha = '']) => {
      const { state: value, description } = JSON.parse(body) as { state: string; description: string };
      state.statuses.set(sha, { state: value, description });
      return ok({}, 201);
    },
  ],
  [
    'GET',
    /\/compare\/([0-9a-f]{40})\.\.\.([0-9a-f]{40})$/,
    ({ state }, [a = '', b = '']) => ok({ merge_base_commit: { sha: state.git.mergeBase(a, b) } }),
  ],
  ['GET', /\/commits\/([0-9a-f]{40})\/pulls$/, pullsOfCommit],
  ['POST', /\/pulls$/, createPull],
  ['GET', /\/pulls$/, pulls],
  ['GET', /\/pulls\/(\d+)$/, async (asked, [number = '']) => ok(await pullOf(asked, number))],
  [
    'GET',
    /\/pulls\/(\d+)\/files$/,
    async (asked, [number = '']) => {
      const { head, from } = await rangeOf(asked, number);
      return page(
        asked,
        asked.state.git.paths(from, head).map((filename) => ({ filename })),
      );
    },
  ],
  [
    'GET',
    /\/pulls\/(\d+)\/commits$/,
    async (asked, [number = '']) => {
      const { head, from } = await rangeOf(asked, number);
      return page(asked, asked.state.git.commits(from, head));
    },
  ],
  ['GET', /\/pulls\/(\d+)\/reviews$/, listed(review)],
  ['POST', /\/pulls\/(\d+)\/reviews$/, createReview],
  ['PUT', /\/pulls\/(\d+)\/merge$/, merge],
  ['GET', /\/issues\/(\d+)\/comments$/, listed(comment)],
  ['POST', /\/issues\/(\d+)\/comments$/, createComment],
  ['PATCH', /\/issues\/comments\/(\d+)$/, editComment],
];

/** The answer of the first route that takes the call, else the emulator's. */
export async function answerOf(asked: Asked): Promise<Answer> {
  const { method, path } = asked.call;
  for (const [verb, pattern, handler] of ROUTES) {
    const found = verb === method ? pattern.exec(path) : null;
    if (found) return handler(asked, found.slice(1));
  }
  return emulated(asked);
}
