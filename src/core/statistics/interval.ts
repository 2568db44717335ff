/** A confidence interval, in the unit of what it is of: for a pass rate, proportions from 0 to 1. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}
