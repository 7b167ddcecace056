/** Milliseconds since the Unix epoch: the one unit of time in this project. */
export type Millis = number & { readonly __unit: 'ms-since-epoch' };

/** Brands a number of milliseconds since the epoch. */
export const millis = (value: number): Millis => value as Millis;
