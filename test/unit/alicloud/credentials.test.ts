import { format, inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { Credentials } from '../../../shared/alicloud/credentials.ts';
import { millis } from '../../../shared/runtime/clock.ts';
import { apiOf, MARKERS, PLANTED, planted } from './setup.ts';

/** Every way in which somebody would print a value by accident. */
const printed = (value: unknown): string =>
  [
    JSON.stringify(value),
    JSON.stringify({ nested: [value] }),
    String(value),
    `${value}`,
    inspect(value),
    inspect({ nested: { deeper: value } }, { depth: Number.POSITIVE_INFINITY }),
    inspect(value, { showHidden: true, customInspect: false, getters: true }),
    format('%s %o %O %j', value, value, value, value),
    Object.getOwnPropertyNames(value).join(),
    JSON.stringify({ ...Object(value) }),
    JSON.stringify(structuredClone({ ...Object(value) })),
  ].join('\n');

describe('credentials', () => {
  it('are given to who asks for them by name', () => {
    expect(planted().reveal()).toEqual(PLANTED);
    expect(new Credentials(PLANTED, millis(5)).expiresAt).toBe(5);
  });

  it('cannot be printed by accident', () => {
    const text = printed(planted());
    for (const marker of MARKERS) expect(text).not.toContain(marker);
    expect(JSON.stringify({ session: planted() })).toBe('{"session":"[credentials]"}');
    expect(inspect(planted())).toBe('[credentials]');
  });

  it('cannot be printed by accident in an error either', () => {
    const error = new Error('it failed', { cause: planted() });
    const text = inspect(Object.assign(error, { credentials: planted() }), {
      depth: Number.POSITIVE_INFINITY,
    });
    for (const marker of MARKERS) expect(text).not.toContain(marker);
  });

  it('are not seen in a client that was made with them', () => {
    const text = inspect(apiOf('http://127.0.0.1:1'), { depth: Number.POSITIVE_INFINITY, showHidden: true });
    for (const marker of MARKERS) expect(text).not.toContain(marker);
  });
});
