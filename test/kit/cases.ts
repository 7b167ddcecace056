/**
 * How many cases a property draws: all with `ALL_CASES=1 npm test`, a fifth of them in `npm test`, which has to end while
 * somebody waits; a tenth, or what `part` says, where a case is one of very many that are alike. Only for properties that
 * take longer than some seconds; the others always draw all.
 */
export const cases = (all: number, part = 5): number => (ALL_CASES ? all : Math.ceil(all / part));

export const ALL_CASES = process.env['ALL_CASES'] === '1';
