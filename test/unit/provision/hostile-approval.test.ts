import { describe, expect, it } from 'vitest';
import { grantedList } from '../../../shared/record/granted-list.ts';
import { readRecord } from '../../../shared/record/record.ts';
import { REQUESTER } from '../../kit/accounts.ts';
import { answerTo, approving } from '../../kit/approval.ts';
import { type Direct, direct } from '../../kit/direct.ts';
import { ROLE } from '../../kit/roles.ts';
import { send } from '../../kit/send.ts';
import { DAY, HOUR, MINUTE } from '../../kit/time.ts';

const ask = (requestId: string, more: object = {}) => ({
  requesterUid: REQUESTER,
  engines: ['redis'],
  requestId,
  ...more,
});
/** Grants of up to seven days need no approval, and those that name no end get five. */
const world = (unless: object = { maxDays: 7 }, over: object = { defaultDays: 5 }) =>
  direct(false, approving({ unless }, {}, over));
const granted = (at: Direct) => {
  const tags = at.owner.ram.findRole(ROLE)?.tags ?? new Map<string, string>();
  return grantedList(readRecord(tags, at.clock.now()), at.clock.now());
};
const endIn = (at: Direct, ms: number) => new Date(at.clock.now() + ms).toISOString();

describe('an approval gives its words whole or not at all', () => {
  it('its end is not given to a wider grant that needed no approval and was asked for after it', async () => {
    const at = await world();
    const reading = ask('a', { readOnly: true, expiresAt: 'never' });
    const pending = await send(at, reading);
    await at.clock.sleep(MINUTE);
    expect(await send(at, ask('b'))).toMatchObject({ result: 'applied' });
    const before = granted(at);
    expect(await send(at, answerTo('approve', reading, pending))).toMatchObject({
      result: 'rejected',
      problem: { code: 'superseded' },
      to: ['owner'],
    });
    expect(granted(at)).toEqual(before);
    expect(before).toMatchObject([{ id: 'redis', readOnly: false, expiresAt: expect.any(String) }]);
  });

  it('an end that needed no approval is not given to the wider grant that was approved', async () => {
    const at = await world({ readOnly: true, maxDays: 7 }, {});
    await send(at, ask('a', { readOnly: true, expiresAt: endIn(at, HOUR) }));
    await at.clock.sleep(MINUTE);
    const wide = ask('b', { expiresAt: endIn(at, HOUR) });
    const pending = await send(at, wide);
    await at.clock.sleep(MINUTE);
    await send(at, ask('c', { action: 'extend', expiresAt: endIn(at, 6 * DAY) }));
    const before = granted(at);
    expect(before).toMatchObject([{ readOnly: true }]);
    await send(at, answerTo('approve', wide, pending));
    expect(granted(at)).toEqual(before);
  });

  it.each([
    ['by name', {}],
    ['of everything', { engines: undefined }],
  ])('an extension %s does not count for a scope that was asked for after it', async (_what, over) => {
    const at = await world();
    await send(at, ask('a', { readOnly: true }));
    await at.clock.sleep(MINUTE);
    const extend = ask('b', { action: 'extend', expiresAt: 'never', ...over });
    const pending = await send(at, extend);
    await at.clock.sleep(MINUTE);
    await send(at, ask('c'));
    const before = granted(at);
    expect(before).toMatchObject([{ readOnly: false }]);
    await send(at, answerTo('approve', extend, pending));
    expect(granted(at)).toEqual(before);
  });

  it('counts beside a shorter grant of the same scope that bridged the wait', async () => {
    const at = await world();
    const lasting = ask('a', { expiresAt: 'never' });
    const pending = await send(at, lasting);
    await at.clock.sleep(MINUTE);
    await send(at, ask('b'));
    expect(await send(at, answerTo('approve', lasting, pending))).toMatchObject({ result: 'applied' });
    expect(granted(at)).toMatchObject([{ id: 'redis', expiresAt: null }]);
  });
});

it('a revoke that comes late does not bring back what has run out since', async () => {
  const at = await world({ maxDays: 7 }, {});
  await send(at, ask('a', { readOnly: true, expiresAt: endIn(at, HOUR) }));
  await at.clock.sleep(2 * MINUTE);
  await send(at, ask('b'));
  await at.clock.sleep(HOUR);
  await send(at, { upkeep: { role: ROLE, expired: ['redis'] } });
  const revoke = { requesterUid: REQUESTER, action: 'revoke', engines: ['redis'] };
  await send(at, revoke, { ago: HOUR + MINUTE });
  expect(granted(at)).toEqual([]);
});

it('a request for what has run out waits like any other, and is not told as late', async () => {
  const at = await world({ maxDays: 7 }, {});
  await send(at, ask('a', { expiresAt: endIn(at, HOUR) }));
  await at.clock.sleep(2 * HOUR);
  await send(at, { upkeep: { role: ROLE, expired: ['redis'] } });
  const again = ask('b');
  const pending = await send(at, again);
  expect(pending).toMatchObject({ result: 'pending', to: [REQUESTER, 'owner'], problem: null });
  expect(await send(at, answerTo('approve', again, pending))).toMatchObject({ result: 'applied' });
  expect(granted(at)).toMatchObject([{ id: 'redis', expiresAt: null }]);
});

it('a name behind so many blanks that nobody could be told what waits is no name', async () => {
  const at = await world();
  const done = await send(at, ask('a', { engines: [`redis${' '.repeat(60_000)}`] }));
  expect(done).toMatchObject({ result: 'rejected', problem: { code: 'unknown-engine' }, writes: 0 });
  expect(done.problem?.detail).toContain('the nearest is "redis"');
});
