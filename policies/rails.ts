import type { Rails } from '../core/plan/rails.ts';
import { PROTECTED_NAMES } from '../core/protected-names.ts';

/** Limits on every plan (design, "What makes an apply safe"): min(10, max(1, 5 %)) deletes of a kind in one run. */
export const rails: Rails = {
  deletes: { most: 10, least: 1, share: 0.05 },
  protected: new Set([...PROTECTED_NAMES].flatMap((name) => [`directory-account:${name}`, `directory-group:${name}`])),
};
