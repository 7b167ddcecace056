import type { GrantId } from '../../../shared/record/record.ts';
import { type Millis, millis } from '../../../shared/runtime/millis.ts';
import { DAY, HOUR } from '../../kit/time.ts';
import type { Sent } from '../../property/record/ends-model.ts';
import type { Dice } from '../dice.ts';

/** The engines that these roles are about. */
export const ENGINES = ['redis', 'gdb', 'lindorm'] as const;

/** What `requesters.json` says of an account, at random. `alike`: most are to be reviewed at the same time. */
export const termsOf = (dice: Dice, alike: boolean) => ({
  maxDays: dice.pick([null, null, 5, 30]),
  defaultDays: dice.pick([null, 2, 10]),
  noticeDays: dice.pick<readonly number[]>([[7, 1], [3, 1], [1], []]),
  reviewDays: alike ? dice.pick([1, 1, 1, null]) : dice.pick([null, 1, 2, 3, 30, 90]),
});

/** A word about one role: of its requester, or (null) the owner's that it is still needed. */
export function wordOf(dice: Dice, live: readonly GrantId[], now: Millis): Sent | null {
  const at = millis(Math.floor(now));
  const drawn = dice.int(1, 100);
  if (drawn <= 20) return null;
  if (drawn <= 45 && live.length > 0)
    return { action: 'extend', at, ids: dice.some(live, 1), until: endOf(dice, at) };
  if (drawn <= 55) return { action: 'revoke', at, ids: dice.chance(0.3) ? 'all' : dice.some(ENGINES, 1) };
  return grantOf(dice, at);
}

export const grantOf = (dice: Dice, at: Millis): Sent => ({
  action: 'grant',
  at,
  ids: dice.some(ENGINES, 1),
  until: dice.chance(0.4) ? null : endOf(dice, at),
});

const endOf = (dice: Dice, at: Millis): Millis | 'never' =>
  dice.chance(0.1)
    ? 'never'
    : millis(at + (dice.chance(0.7) ? dice.int(2, 240) * HOUR : dice.int(10, 60) * DAY));

/** A word as it is sent. */
export const bodyOf = (word: Sent | null, requesterUid: string): object =>
  word === null
    ? { owner: { keep: { requesterUid, access: 'register' } } }
    : {
        requesterUid,
        action: word.action,
        ...(word.ids === 'all' ? {} : { engines: word.ids }),
        ...(word.action === 'revoke' || word.until === null
          ? {}
          : { expiresAt: word.until === 'never' ? 'never' : new Date(word.until).toISOString() }),
      };
