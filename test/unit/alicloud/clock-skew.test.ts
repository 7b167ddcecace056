import { describe, expect, it } from 'vitest';
import { clockSkew } from '../../../shared/alicloud/clock-skew.ts';
import { TestClock } from '../../kit/clock.ts';
import { closedPort, standIn } from './stand-in.ts';

const NOON = 'Mon, 23 Nov 2026 12:00:00 GMT';
const at = (seconds: number) => new TestClock(Date.parse(NOON) + seconds * 1_000);

describe('the clock of this machine', () => {
  it.each([0, 90, -3_600])('is %i s ahead of a server that says so in its date', async (seconds) => {
    const { url, seen } = await standIn({ status: 403, headers: { date: NOON } });
    expect(await clockSkew(url, at(seconds))).toBe(seconds * 1_000);
    expect(seen.map(({ method }) => method)).toEqual(['HEAD']);
  });

  it('cannot be compared with a server that says no date', async () => {
    const { url } = await standIn({ status: 200, headers: { date: 'soon' } });
    expect(await clockSkew(url, at(0))).toBeNull();
  });

  it('cannot be compared with a server that does not answer', async () => {
    expect(await clockSkew(await closedPort(), at(0))).toBeNull();
  });
});
