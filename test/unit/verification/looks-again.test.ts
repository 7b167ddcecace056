import { beforeEach, describe, expect, it } from 'vitest';
import type { Outcome } from '../../../events/outcome.ts';
import type { Observed } from '../../../shared/reconcile/observe.ts';
import { millis } from '../../../shared/runtime/millis.ts';
import type { Looked } from '../../../shared/verification/last-look.ts';
import { type VerifyPorts, verify } from '../../../shared/verification/verify.ts';
import { REQUESTER } from '../../kit/accounts.ts';
import { type Direct, direct } from '../../kit/direct.ts';
import { ROLE, roleOf } from '../../kit/roles.ts';
import { send } from '../../kit/send.ts';
import { SENDER } from '../../kit/sweeper.ts';
import { DAY, MINUTE, SECOND } from '../../kit/time.ts';

/** RAM shows what was written up to a minute late: how long verify doubts what it sees, and when it believes it. */
let at: Direct;
let granted: Outcome;
beforeEach(async () => {
  at = await direct();
  granted = await send(at, { requesterUid: REQUESTER, engines: ['redis'] });
  at.clock.waits.length = 0;
});

const GOOD = [{ name: 'DmsCrossAccountPolicy-redis', type: 'Custom' }] as const;
const OTHER = [{ name: 'Other', type: 'Custom' }] as const;

/** The reply where RAM shows these as attached, look by look, the last from then on; and what was slept for it. */
async function looking(
  shown: readonly Observed['attached'][],
  outcome: Outcome = granted,
  over: Partial<VerifyPorts> = {},
) {
  const ports = at.verifyPorts();
  const left = [...shown];
  const attachedPolicies = async () => {
    const [next = []] = left;
    if (left.length > 1) left.shift();
    return next;
  };
  const ram = { ...ports.ram, attachedPolicies };
  const reply = await verify(outcome, at.settings, SENDER, { ...ports, ram, ...over });
  return { status: reply?.data.status, waits: at.clock.waits.map((ms) => ms / SECOND) };
}

describe('what is seen is believed', () => {
  it('at once where nothing is wrong', async () => {
    expect(await looking([GOOD])).toEqual({ status: 'verified', waits: [] });
  });

  it('at once, also a fault, where nothing was written', async () => {
    const outcome = { ...granted, changedAt: null };
    expect(await looking([[]], outcome)).toEqual({ status: 'failed', waits: [] });
  });

  it('when a fault has outlasted a minute since the last write', async () => {
    expect(await looking([[]])).toEqual({ status: 'failed', waits: [1, 2, 4, 8, 10, 10, 10, 10, 5] });
  });

  it('when the wait is over, and not before', async () => {
    const sleep = at.clock.sleep.bind(at.clock);
    at.clock.sleep = async (ms) => {
      await new Promise((resolve) => setImmediate(resolve));
      await sleep(ms);
    };
    expect(await looking([[]])).toEqual({ status: 'failed', waits: [1, 2, 4, 8, 10, 10, 10, 10, 5] });
  });

  it('after what is left of that minute', async () => {
    at.clock.advance(50 * SECOND);
    expect(await looking([[]])).toEqual({ status: 'failed', waits: [1, 2, 4, 3] });
  });

  it('at once when that minute is over', async () => {
    at.clock.advance(MINUTE);
    expect(await looking([[]])).toEqual({ status: 'failed', waits: [] });
  });

  it('when a role that is gone has been so for a minute', async () => {
    const { ram } = at.verifyPorts();
    const gone = { ram: { ...ram, role: async () => null } };
    expect(await looking([], granted, gone)).toEqual({
      status: 'failed',
      waits: [1, 2, 4, 8, 10, 10, 10, 10, 5],
    });
  });

  it('as soon as the fault is gone', async () => {
    expect(await looking([[], [], GOOD])).toEqual({ status: 'verified', waits: [1, 2] });
  });

  it('a minute after what is seen was another the last time', async () => {
    const { status, waits } = await looking([[], [], [], OTHER]);
    expect([status, waits.slice(0, 3)]).toEqual(['failed', [1, 2, 4]]);
    expect(waits.slice(3)).toEqual([8, 10, 10, 10, 10, 10, 2]);
  });

  it('not later for a last write that is said to be still to come', async () => {
    const outcome = { ...granted, changedAt: at.clock.now() + 60 * MINUTE };
    expect((await looking([[]], outcome)).waits.reduce((sum, ms) => sum + ms)).toBe(60);
  });
});

describe('the time of the invocation', () => {
  it.each([
    [5.999, []],
    [6, [1]],
    [7.999, [1]],
    [8, [1, 2]],
  ])('of %s seconds keeps five for the reply: waits %j', async (seconds, waits) => {
    const deadline = millis(at.clock.now() + seconds * SECOND);
    expect(await looking([[]], granted, { deadline })).toEqual({ status: 'failed', waits });
  });
});

describe('the record', () => {
  const withRecord = (record: Outcome['record']) => ({ ...granted, record });
  const now = () => new Date(at.clock.now() + SECOND).toISOString();

  it('that is older than what provision left is waited for', async () => {
    const { waits } = await looking([GOOD], withRecord({ 'dms-engine-redis': `granted ${now()}` }));
    expect(waits).toHaveLength(9);
  });

  it('that lacks a tag which provision left is waited for', async () => {
    const { waits } = await looking([GOOD], withRecord({ ...granted.record, 'dms-closed': now() }));
    expect(waits).toHaveLength(9);
  });

  it('that lacks what only its short form says, a later end, is waited for', async () => {
    const old = new Map(roleOf(at)?.tags);
    at.clock.advance(SECOND);
    const expiresAt = new Date(at.clock.now() + DAY).toISOString();
    const extended = await send(at, { requesterUid: REQUESTER, action: 'extend', expiresAt });
    const { ram } = at.verifyPorts();
    const readings = [old];
    const roleTags = async (name: string) => readings.shift() ?? ram.roleTags(name);
    const reply = await verify(extended, at.settings, SENDER, {
      ...at.verifyPorts(),
      ram: { ...ram, roleTags },
    });
    expect([reply?.data.expiresAt, at.clock.waits]).toEqual([expiresAt, [SECOND]]);
  });

  it.each(['2026-11-23T09:00:00.000Z', '2019-12-31T23:59:59.000Z'])(
    'that is newer than %s is believed',
    async (time) => {
      const left = { 'dms-engine-redis': `granted ${time}` };
      expect(await looking([GOOD], withRecord(left))).toEqual({ status: 'verified', waits: [] });
    },
  );

  type Tags = readonly (readonly [string, string])[];
  it.each<[string, (tags: Tags) => Tags, readonly number[]]>([
    ['in another order is the same', (tags) => tags.toReversed(), [10, 5]],
    ['with another tag is another', (tags) => tags.slice(0, -1), [10, 10, 2]],
  ])('%s', async (_what, change, last) => {
    const { ram } = at.verifyPorts();
    const tags: Tags = [
      ...(await ram.roleTags(ROLE)),
      ['dms-engine-gdb', 'revoked 2026-11-23T09:00:00.000Z'],
    ];
    const readings = [tags, tags, tags, change(tags)];
    const roleTags = async () => new Map((readings.length > 1 ? readings.shift() : readings[0]) ?? []);
    const attachedPolicies = async () => [];
    const { waits } = await looking([], granted, { ram: { ...ram, roleTags, attachedPolicies } });
    expect(waits).toEqual([1, 2, 4, 8, 10, 10, 10, ...last]);
  });
});

describe('what was taken away', () => {
  it('is tried where it is an engine, and passed over where nobody knows it', async () => {
    const outcome = { ...granted, revoked: ['gdb', 'nonsense'] };
    const reply = await verify(outcome, at.settings, SENDER, at.verifyPorts());
    const ids = reply?.data.checks.map(({ id }) => id).filter((id) => id.startsWith('engine:'));
    expect(ids).toEqual(['engine:redis', 'engine:gdb']);
  });
});

describe('who looks', () => {
  it.each(['grant', 'verify'] as const)('is heard, after a %s', async (action) => {
    const looks: Looked[] = [];
    await looking([GOOD], { ...granted, action }, { heard: (one) => void looks.push(one) });
    expect(looks).toMatchObject([
      {
        role: { access: 'register', requesterUid: REQUESTER },
        status: 'verified',
        asked: action === 'verify',
      },
    ]);
  });
});
