import { describe, expect, it } from 'vitest';
import { millis } from '../../../shared/runtime/millis.ts';
import { lapse, unconfirmedIn } from '../../../shared/sweep/unconfirmed.ts';
import { listedRole, sending } from '../../kit/sweep-parts.ts';
import { HOUR, MINUTE, START } from '../../kit/time.ts';

/** Which roles are narrowed because nobody has confirmed them. */
describe('roles that nobody has confirmed', () => {
  const all = Array.from({ length: 10 }, (_, n) => ({
    role: `dms-cross-account-${n}`,
    ids: ['redis'] as const,
  }));
  const lapsed = async (judged: number, now = START) => {
    const to = sending();
    const count = await lapse(all, judged, to.upkeep, now);
    const roles = to.asked.flatMap((one) => ('role' in one ? [one.role] : []));
    return { count, roles, asked: to.asked };
  };

  it('are narrowed a few at a time, in every hour others first', async () => {
    const first = await lapsed(10);
    expect(first.count).toBe(3);
    expect(first.asked[0]).toEqual({ role: first.roles[0], expired: ['redis'], unconfirmed: true });
    expect((await lapsed(10, millis(START + 59 * MINUTE))).roles).toEqual(first.roles);
    const hours = await Promise.all(
      Array.from({ length: 24 }, (_, hour) => lapsed(10, millis(START + hour * HOUR))),
    );
    expect(new Set(hours.flatMap(({ roles }) => roles)).size).toBe(10);
    expect((await lapsed(100)).roles).toHaveLength(10);
  });

  it('are none of an account that is listed no more', () => {
    const role = listedRole({ 'dms-engine-redis': 'granted 2026-11-23T10:00:00.000Z' });
    const record = { entries: new Map(), closedAt: null, unreadable: [] };
    expect(unconfirmedIn(role, record, { requesterOf: () => undefined }, START)).toBeNull();
  });
});
