/** Milliseconds since the Unix epoch: the one unit of time in this project. */
export type Millis = number & {
    readonly __unit: 'ms-since-epoch';
};
/** Brands a number of milliseconds since the epoch. */
export declare const millis: (value: number) => Millis;
