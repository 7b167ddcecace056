import { describe, expect, it } from 'vitest';
import { millis } from '../../../shared/runtime/millis.ts';
import { readUses, rememberUses } from '../../../shared/sweep/last-use.ts';
import { formatUseMark, readUseMark, type UseMark } from '../../../shared/sweep/use-mark.ts';
import { OWNER, REQUESTER } from '../../kit/accounts.ts';
import { TestClock } from '../../kit/clock.ts';
import { listedRole, sending, tagsOfOthers } from '../../kit/sweep-parts.ts';
import { DAY, HOUR, MINUTE, SECOND, START } from '../../kit/time.ts';

/** How far the sweep has read who used the roles, and what it has noted of that. */
const ROLE = `dms-cross-account-${REQUESTER}`;
const VERIFY = 'dms-handshake-verify';

describe('how far was read', () => {
  const until = millis(START + HOUR);
  const mark = (fault: string | null): UseMark => ({ from: START, until, fault });
  const word = `from:${START.toString(36)} until:${until.toString(36)}`;

  it.each([
    [null, word, null],
    ['denied', `${word} fault:denied`, 'denied'],
    ['Throttling.User 1!', `${word} fault:Throttling.User1`, 'Throttling.User1'],
    ['!', `${word} fault:unknown`, 'unknown'],
    ['x'.repeat(200), `${word} fault:${'x'.repeat(100)}`, 'x'.repeat(100)],
  ])('with the fault %s comes back as it can be kept', (fault, text, read) => {
    expect(formatUseMark(mark(fault))).toBe(text);
    expect(readUseMark(new Map([['dms-last-use', text]]))).toEqual(mark(read));
  });

  it.each([
    '',
    'x',
    `${word} `,
    ` ${word}`,
    'until:1 from:1',
    'from:2 until:1',
    'from:A until:1',
    'from:0 until:A',
    `${word} fault:a b`,
  ])('is nothing where nobody here wrote it: "%s"', (text) => {
    expect(readUseMark(new Map([['dms-last-use', text]]))).toBeNull();
  });

  it('is nothing where nothing is remembered', () => {
    expect(readUseMark(new Map())).toBeNull();
  });

  const reading = async (
    known: UseMark | null,
    reached: number,
    lookUntil = START + DAY,
    fault: string | null = null,
  ) => {
    const searches: unknown[] = [];
    const read = await readUses(
      {
        read: async (search, take) => {
          searches.push(search);
          for (const hours of [1, 3, 2])
            take({
              id: `${hours}`,
              at: millis(START - hours * HOUR),
              name: 'AssumeRole',
              requestId: 'r',
              isRefused: hours === 1,
              caller: { type: 'service', accountId: REQUESTER, name: '' },
              roleArn: `acs:ram::${OWNER}:role/${ROLE}`,
              sessionName: 'dms',
              role: null,
              policy: null,
              tagged: null,
            });
          return {
            reached: millis(reached),
            fault: fault === null ? null : { code: fault, isDenied: fault === 'NoPermission', text: 'x' },
          };
        },
      },
      known,
      { ownerUid: OWNER, verifyRole: VERIFY },
      new TestClock(),
      lookUntil,
    );
    return { searches, read };
  };
  const DAY_BACK = START - DAY;

  it.each<[string, UseMark | null, number]>([
    ['a day back at first', null, DAY_BACK],
    [
      'where the last sweep stopped',
      { from: millis(START - 2 * DAY), until: millis(START - HOUR), fault: null },
      START - HOUR,
    ],
    [
      'where it stopped 89 days ago',
      { from: millis(START - 90 * DAY), until: millis(START - 89 * DAY), fault: null },
      START - 89 * DAY,
    ],
    [
      'a day back after a longer gap',
      { from: START, until: millis(START - 89 * DAY - 1), fault: null },
      DAY_BACK,
    ],
    ['now, where it stopped now', { from: START, until: START, fault: null }, START],
    [
      'a day back where it stopped ahead of the clock',
      { from: START, until: millis(START + 1), fault: null },
      DAY_BACK,
    ],
  ])('goes on %s', async (_what, known, from) => {
    const { searches } = await reading(known, START);
    expect(searches).toEqual([{ name: 'AssumeRole', from, to: START, until: START + 30 * SECOND }]);
  });

  it('ends with the time of the sweep, or after half a minute', async () => {
    const { searches } = await reading(null, START, START + 5 * SECOND);
    expect(searches).toMatchObject([{ until: START + 5 * SECOND }]);
  });

  it.each([
    ['to the end, but for the late half hour', START, START - 30 * MINUTE],
    ['a part', START - 2 * HOUR, START - 2 * HOUR],
    ['nothing', START - 2 * DAY, DAY_BACK],
  ])('comes %s', async (_what, reached, end) => {
    const { read } = await reading(null, reached);
    expect(read.mark).toEqual({ from: DAY_BACK, until: end, fault: null });
    expect([...read.days]).toEqual([[ROLE, Date.UTC(2026, 10, 23)]]);
  });

  it.each([
    ['NoPermission', 'denied'],
    ['throttled', 'throttled'],
  ])('says why it could not: %s', async (code, fault) => {
    expect((await reading(null, START, START + DAY, code)).read.mark.fault).toBe(fault);
  });

  const remembering = async (over: Partial<UseMark>, known: UseMark | null, count = 1, more: object = {}) => {
    const ours = Array.from({ length: count }, (_, n) =>
      listedRole(
        { 'dms-engine-redis': 'granted 2026-11-23T10:00:00.000Z', ...more },
        'register',
        String(1_000 + n),
      ),
    );
    const days = new Map(ours.map(({ name }) => [name, millis(Date.UTC(2026, 10, 23))]));
    const to = sending();
    const uses = { days, fault: null, mark: { ...mark(null), ...over } };
    const tags = await rememberUses(uses, { ours, useMark: known }, to.upkeep, START);
    const groups = to.asked.map((one) => ('remember' in one ? one.remember.roles.length : 0));
    return { tags, groups, asked: to.asked };
  };

  it.each<[string, Partial<UseMark>, UseMark | null, boolean]>([
    ['the first', {}, null, true],
    ['less than a quarter of an hour more', { until: millis(until + 15 * MINUTE - 1) }, mark(null), false],
    ['a quarter of an hour more', { until: millis(until + 15 * MINUTE) }, mark(null), true],
    ['another beginning', { from: millis(START + 1) }, mark(null), true],
    ['another fault', { fault: 'denied' }, mark(null), true],
  ])('is kept where it is new: %s', async (_what, over, known, isKept) => {
    const { tags } = await remembering(over, known);
    expect(tags).toEqual(isKept ? { 'dms-last-use': formatUseMark({ ...mark(null), ...over }) } : {});
  });

  it.each([
    [50, [50]],
    [51, [50, 1]],
  ])('has the last uses of %i roles noted in messages of %j', async (count, sizes) => {
    const { groups, asked } = await remembering({}, null, count);
    expect(groups).toEqual(sizes);
    expect(asked[0]).toMatchObject({
      remember: { tags: { 'dms-notes': `used:${Date.UTC(2026, 10, 23).toString(36)}` } },
    });
  });

  it('is not kept where the upkeep topic takes no uses', async () => {
    const uses = { days: new Map([[ROLE, START]]), fault: null, mark: mark(null) };
    const upkeep = { ask: () => Promise.reject(new Error('refused')) };
    const listing = { ours: [listedRole({})], useMark: null };
    await expect(rememberUses(uses, listing, upkeep, START)).rejects.toThrow('refused');
  });

  it.each([
    ['that is noted already', { 'dms-notes': `used:${Date.UTC(2026, 10, 23).toString(36)}` }],
    ['for which there is no room', tagsOfOthers(18)],
  ])('notes no use %s', async (_what, more) => {
    expect((await remembering({}, null, 1, more)).groups).toEqual([]);
  });
});
