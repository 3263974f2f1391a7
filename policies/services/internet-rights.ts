import { grantedRights } from './granted-rights.ts';

/** Higher internet rights for a period. */
export const internetRights = grantedRights({
  service: 'internet-rights',
  short: 'internet',
  what: 'hak akses internet lebih tinggi',
  group: ({ raisedInternetGroup }) => raisedInternetGroup,
});
