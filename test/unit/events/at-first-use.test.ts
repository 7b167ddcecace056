import { expect, it } from 'vitest';
import { atFirstUse } from '../../../events/at-first-use.ts';

it('makes nothing before it is asked, and the same from then on', () => {
  let made = 0;
  const value = atFirstUse(() => {
    made += 1;
    return { made };
  });
  expect(made).toBe(0);
  expect(value()).toEqual({ made: 1 });
  expect(value()).toBe(value());
  expect(made).toBe(1);
});

it('keeps null and undefined as well', () => {
  let made = 0;
  const nothing = atFirstUse(() => {
    made += 1;
    return undefined;
  });
  expect([nothing(), nothing()]).toEqual([undefined, undefined]);
  expect(made).toBe(1);
});

it('makes it anew after an error', () => {
  let tries = 0;
  const second = atFirstUse(() => {
    tries += 1;
    if (tries === 1) throw new Error('not yet');
    return tries;
  });
  expect(second).toThrow('not yet');
  expect(second()).toBe(2);
});
