import { expect, it } from 'vitest';
import { atMost, cutText } from '../../../shared/reconcile/at-most.ts';

it('a detail keeps 240 characters, and shows that it had more', () => {
  expect(cutText('x'.repeat(240))).toBe('x'.repeat(240));
  expect(cutText('x'.repeat(241))).toBe(`${'x'.repeat(240)}...`);
});

it('the details of a check stand in one text, as many as a reply can hold, with the number of the rest', () => {
  expect(atMost([])).toBe('');
  expect(atMost(['a', 'b'])).toBe('a; b');
  // Each counts with what parts it from the next.
  expect(atMost(['aaa', 'bbb', 'ccc'], 10)).toBe('aaa; bbb; and 1 more');
  expect(atMost(['aaa', 'bbb', 'ccc'], 9)).toBe('aaa; and 2 more');
  expect(atMost(['x'.repeat(300), 'b'], 245)).toBe(`${'x'.repeat(240)}...; and 1 more`);
});
