import type { Listing, RequestReport } from './report.ts';
import { say } from './texts.ts';

/** Requests on one line each, as `status` shows them. */
export const requestListing = (requests: readonly RequestReport[]): Listing => ({
  columns: [
    say('column.request'),
    say('column.service'),
    say('column.state'),
    say('column.since'),
    say('column.until'),
    say('column.next'),
  ],
  rows: requests.map((request) => ({
    cells: [
      request.id,
      request.service,
      say(`state.${request.state}`),
      request.times?.since?.text ?? '',
      request.times?.until?.text ?? '',
      request.times?.waitsFor ?? request.next,
    ],
    data: request.id,
  })),
});
