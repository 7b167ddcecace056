import { expect, it } from 'vitest';
import { addHits, type FileHits } from '../../coverage/add-hits.ts';

const place = (line: number, column: number) => ({ start: { line, column } });

/** A file with one statement, one function and one branch of two ways, which begin at `column`. */
const file = (path: string, column: number, counts: readonly [number, number], type = 'if'): FileHits => ({
  path,
  statementMap: { 0: place(1, column) },
  fnMap: { 0: { loc: place(1, column) } },
  branchMap: { 0: { type, locations: [place(2, column), place(2, column + 5)] } },
  s: { 0: counts[0] },
  f: { 0: counts[0] },
  b: { 0: [...counts] },
});

function added(hits: readonly FileHits[]) {
  const data = file('a.ts', 4, [1, 0]);
  addHits({ files: () => ['a.ts'], fileCoverageFor: () => ({ data }) }, hits);
  return [data.s[0], data.f[0], data.b[0]];
}

it('hits of the same place and kind are added, way by way', () => {
  expect(added([file('a.ts', 4, [2, 3]), file('a.ts', 4, [0, 1])])).toEqual([3, 3, [3, 4]]);
});

it('numbers that differ are no matter, as places tell', () => {
  const { b, branchMap, ...rest } = file('a.ts', 4, [2, 3]);
  const elsewhere = { type: 'if', locations: [place(9, 9), place(9, 12)] };
  const [same = elsewhere] = Object.values(branchMap);
  const renumbered = {
    ...rest,
    branchMap: { 0: elsewhere, 7: same },
    b: { 0: [9, 9], 7: [...(b[0] ?? [])] },
  };
  expect(added([renumbered])).toEqual([3, 3, [3, 3]]);
});

it('nothing is added where place, kind or number of ways differ, nor to another file', () => {
  const three = file('a.ts', 4, [5, 5]);
  const ways = { 0: { type: 'if', locations: [place(2, 4), place(2, 9), place(2, 12)] } };
  const nothing = [
    file('a.ts', 3, [5, 5]),
    file('b.ts', 4, [5, 5]),
    { ...file('a.ts', 4, [0, 5], 'cond-expr') },
    { ...three, s: { 0: 0 }, f: { 0: 0 }, branchMap: ways, b: { 0: [5, 5, 5] } },
  ];
  expect(added(nothing)).toEqual([1, 1, [1, 0]]);
});
