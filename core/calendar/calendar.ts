/** Service hours of one place, with the days on which it is closed. */
export interface Calendar {
  readonly id: string;
  /** IANA zone and the name people use: `Asia/Jakarta`, `WIB`. */
  readonly zone: string;
  readonly zoneName: string;
  /** Opening hours by ISO weekday (1 = Monday); a day without them is closed. Local times `HH:MM`, the last `24:00`. */
  readonly hours: Readonly<Record<number, readonly { readonly from: string; readonly to: string }[]>>;
  /** Closed days (ISO date to name) by year; a missing year is an error, not a guess. Null where no day is closed. */
  readonly closed: ReadonlyMap<number, ReadonlyMap<string, string>> | null;
}
