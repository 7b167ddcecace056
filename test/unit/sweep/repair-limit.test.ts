import { expect, it } from 'vitest';
import { mayLapse } from '../../../shared/sweep/repair-limit.ts';

it.each([
  [0, 0, 0],
  [1, 1, 1],
  [3, 3, 1],
  [9, 9, 2],
  [10, 10, 3],
  [2, 10, 2],
  [500, 500, 150],
  [500, 0, 1],
])(
  'of %i roles that nobody has confirmed, among %i, one sweep narrows %i',
  (unconfirmed, judged, narrowed) => {
    expect(mayLapse(unconfirmed, judged)).toBe(narrowed);
  },
);
