import type { NoticeDays } from '../core/term/notices.ts';

/** When people are told of the end of a term, and of the deletion after it; a setting of the site, of no catalogue. */
export const notices: NoticeDays = { beforeEnd: [30, 14, 7, 0], beforeDeletion: [3, 1] };
