/** The middle one of some values; of an even number the upper of the two. */
export const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/** Digits that a reader can use: three, and none after the point from 100 on. */
export const rounded = (value: number): number => Number(value.toPrecision(value >= 100 ? 4 : 3));
