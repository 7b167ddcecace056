import { beforeEach, describe, expect, it } from 'vitest';
import type { Outcome } from '../../../events/outcome.ts';
import type { Observed } from '../../../shared/reconcile/observe.ts';
import { millis } from '../../../shared/runtime/millis.ts';
import type { Looked } from '../../../shared/verification/last-look.ts';
import { type VerifyPorts, verify } from '../../../shared/verification/verify.ts';
import { REQUESTER } from '../../kit/accounts.ts';
import { type Direct, direct } from '../../kit/direct.ts';
import { send } from '../../kit/send.ts';
import { SENDER } from '../../kit/sweeper.ts';
import { MINUTE, SECOND } from '../../kit/time.ts';

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

  it('after what is left of that minute', async () => {
    at.clock.advance(50 * SECOND);
    expect(await looking([[]])).toEqual({ status: 'failed', waits: [1, 2, 4, 3] });
  });

  it('at once when that minute is over', async () => {
    at.clock.advance(MINUTE);
    expect(await looking([[]])).toEqual({ status: 'failed', waits: [] });
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

  it('that is newer is believed', async () => {
    const left = { 'dms-engine-redis': 'granted 2026-11-23T09:00:00.000Z' };
    expect(await looking([GOOD], withRecord(left))).toEqual({ status: 'verified', waits: [] });
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
