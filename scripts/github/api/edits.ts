import { z } from 'zod';
import { checked, type Repository } from './repository.ts';

const Edits = z.object({
  data: z.object({
    repository: z.object({
      pullRequest: z.object({
        reviews: z.object({
          nodes: z.array(z.object({ databaseId: z.number(), lastEditedAt: z.string().nullable() })),
        }),
        comments: z.object({
          nodes: z.array(
            z.object({
              databaseId: z.number(),
              lastEditedAt: z.string().nullable(),
              editor: z.object({ login: z.string() }).nullable(),
            }),
          ),
        }),
      }),
    }),
  }),
});

const QUERY = `query($owner: String!, $name: String!, $number: Int!) {
  repository(owner: $owner, name: $name) { pullRequest(number: $number) {
    reviews(last: 100) { nodes { databaseId lastEditedAt } }
    comments(first: 100) { nodes { databaseId lastEditedAt editor { login } } }
  } }
}`;

/** What REST does not tell: which reviews were edited, and who edited a comment last. */
export interface EditsOfPull {
  readonly editedReviews: ReadonlyMap<string, boolean>;
  /**
   * Of the first hundred comments: null for one that nobody edited, else the last editor's login without the `[bot]` of
   * an app, empty where that account is gone.
   */
  readonly editors: ReadonlyMap<number, string | null>;
}

export async function editsOf(repository: Repository, number: number): Promise<EditsOfPull> {
  const [owner, name] = repository.name.split('/');
  const request = {
    method: 'POST',
    path: '/graphql',
    body: { query: QUERY, variables: { owner, name, number } },
    repeatable: true,
  } as const;
  const { body } = await repository.client.send(request);
  const { reviews, comments } = checked(Edits, body, request).data.repository.pullRequest;
  return {
    editedReviews: new Map(reviews.nodes.map((one) => [String(one.databaseId), one.lastEditedAt !== null])),
    editors: new Map(
      comments.nodes.map((one) => [one.databaseId, one.lastEditedAt === null ? null : (one.editor?.login ?? '')]),
    ),
  };
}
