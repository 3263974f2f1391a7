/** Service hours of one place, with the days on which it is closed. */
export interface Calendar {
  readonly id: string;
  /** IANA zone and the name people use: `Asia/Jakarta`, `WIB`. */
  readonly zone: string;
  readonly zoneName: string;
  /** Opening hours by ISO weekday (1 = Monday); a day without them is closed. Local times `HH:MM`. */
  readonly hours: Readonly<Record<number, readonly { readonly from: string; readonly to: string }[]>>;
  /** Closed days by year; a year that is missing is an error, not a guess. */
  readonly closed: ReadonlyMap<number, ReadonlyMap<string, string>>;
}
