/**
 * How many cases a property draws: all with `ALL_CASES=1 npm test`, a fifth of them in `npm test`, which has to end while
 * somebody waits. Only for properties that take longer than some seconds; the others always draw all.
 */
export const cases = (all: number): number => (ALL_CASES ? all : Math.ceil(all / 5));

export const ALL_CASES = process.env['ALL_CASES'] === '1';
