import { expect, it } from 'vitest';
import type { PublishedReading } from '../../../core/reading/published.ts';
import { readPublished } from '../../../core/reading/read-published.ts';
import { record } from '../../builders/resources.ts';

const [A, B] = [record('A spt.djp.contoh.test'), record('A web.djp.contoh.test', { request: 'djp/web' })];
const object = ({ kind, key, request, fields }: typeof A) => ({
  kind,
  key,
  owner: request,
  fields: { ...fields, values: ['10.30.8.10'] },
  phase: 'ready' as const,
});
const published: PublishedReading = {
  units: [
    {
      version: 1,
      environment: 'uji',
      unit: 'djp',
      takenAt: '2026-11-02T01:00:00Z',
      owners: [A.request, B.request],
      objects: [A, B].map(object),
      absent: [],
      unread: [],
      pools: [],
    },
  ],
};

it('a published object that is asked for by its key and by its owner is read once', async () => {
  const { objects } = await readPublished(published)({ keys: [A, B], owners: new Set([A.request]), pools: [] });
  expect(objects.map(({ key }) => key)).toEqual([A.key, B.key]);
});
