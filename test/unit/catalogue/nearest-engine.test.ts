import { expect, it } from 'vitest';
import { resolveEngine } from '../../../shared/catalogue/catalogue.ts';

it.each([
  ['polardbx', 'polardbx1'],
  ['polardbx3', 'polardbx1'],
])('of two engines that %s is as near to, the first is meant: %s', (word, nearest) => {
  expect(resolveEngine(word)).toEqual({ near: [nearest] });
});
