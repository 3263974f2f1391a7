export type NormUnit = 'working_hour' | 'working_day' | 'calendar_day';
/** The time in which the catalogue promises fulfilment. */
export interface Norm {
  readonly kind: 'fixed';
  readonly value: number;
  readonly unit: NormUnit;
}
