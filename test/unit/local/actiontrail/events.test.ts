import { describe, expect, it } from 'vitest';
import { eventOf } from '../../../../local/cloud/actiontrail/event.ts';
import { TrailState } from '../../../../local/cloud/actiontrail/state.ts';
import { witnessed } from '../../../../local/cloud/actiontrail/witness.ts';
import type { Caller } from '../../../../local/cloud/caller.ts';
import { ApiError } from '../../../../local/cloud/error.ts';
import { OWNER } from '../../../kit/accounts.ts';
import { TestClock } from '../../../kit/clock.ts';
import { twoAccounts } from '../../../kit/two-accounts.ts';
import { by, subject } from './subject.ts';

const NOW = Date.parse('2026-11-30T10:00:00Z');
const user = by({ type: 'user', userName: 'ann', userId: '2001' });

describe('an event', () => {
  it('has all fields of the vendor’s samples, an answer or an error where there is one', () => {
    const event = {
      eventId: 'E-1',
      eventVersion: 1,
      eventType: 'ApiCall',
      eventTime: '2026-11-30T10:00:00Z',
      eventName: 'CreateRole',
      eventRW: 'Write',
      eventSource: 'ram.aliyuncs.com',
      serviceName: 'Ram',
      apiVersion: '2015-05-01',
      acsRegion: 'cn-x',
      requestId: 'E-1',
      isGlobal: true,
      recipientAccountId: OWNER,
      userIdentity: {
        type: 'ram-user',
        accountId: '1',
        accessKeyId: 'key',
        principalId: '2001',
        userName: 'ann',
      },
      requestParameters: { AcsHost: 'ram.aliyuncs.com', AcsProduct: 'Ram', RoleName: 'r' },
    };
    const parameters = { RoleName: 'r', Description: undefined };
    const of = (more: object, requestId?: string) =>
      eventOf(
        'E-1',
        NOW + 999,
        'cn-x',
        { ...subject(user), ...(requestId === undefined ? {} : { requestId }) },
        {
          parameters,
          ...more,
        },
      );
    expect(of({})).toStrictEqual(event);
    expect(of({ answer: { a: 1 } }, 'R-1')).toStrictEqual({
      ...event,
      requestId: 'R-1',
      responseElements: { a: 1 },
    });
    expect(of({ error: { code: 'C', message: 'm' } })).toStrictEqual({
      ...event,
      errorCode: 'C',
      errorMessage: 'm',
    });
  });

  it.each<[principal: Caller['principal'], identity: object]>([
    [
      { type: 'role', roleName: 'r', roleId: '3001', sessionName: 's', sessionPolicy: null },
      { type: 'assumed-role', accountId: '1', accessKeyId: 'key', principalId: '3001:s', userName: 'r:s' },
    ],
    [
      { type: 'root' },
      { type: 'root-account', accountId: '1', accessKeyId: 'key', principalId: '1', userName: 'root' },
    ],
    [
      { type: 'service', service: 'dms.aliyuncs.com' },
      {
        type: 'system',
        accountId: '1',
        principalId: 'dms.aliyuncs.com',
        userName: 'dms.aliyuncs.com',
      },
    ],
  ])('of %j names %j', (principal, identity) => {
    const event = eventOf('E', NOW, 'cn-x', subject(by(principal)), { parameters: {} });
    expect(event.userIdentity).toStrictEqual(identity);
  });
});

describe('what was witnessed', () => {
  const cloud = () => {
    const { world, owner } = twoAccounts(new TestClock(NOW));
    return {
      world,
      owner,
      calls: (run: () => object, shown?: (answer: object) => object) =>
        witnessed(world, subject(user), { a: 1 }, run, shown),
    };
  };

  it('is written down with an id of its own, of the answer what is shown', () => {
    const { calls, owner } = cloud();
    const answer = { secret: 1, open: 2 };
    expect(calls(() => answer)).toBe(answer);
    expect(
      calls(
        () => answer,
        () => ({ open: 2 }),
      ),
    ).toBe(answer);
    const [first, second] = owner.trail.events;
    expect(first?.eventId).toMatch(/^[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}$/);
    expect([first?.acsRegion, first?.eventTime]).toEqual(['cn-hangzhou', '2026-11-30T10:00:00Z']);
    expect([first?.responseElements, second?.responseElements]).toEqual([undefined, { open: 2 }]);
  });

  it('is a refusal, too, and no crash', () => {
    const { calls, owner } = cloud();
    const thrown = (error: Error) => () => {
      throw error;
    };
    expect(() => calls(thrown(new ApiError(403, 'C', 'm')))).toThrow('m');
    expect(() => calls(thrown(new Error('a crash')))).toThrow('a crash');
    expect(owner.trail.events).toMatchObject([{ errorCode: 'C', errorMessage: 'm' }]);
  });

  it('is forgotten after as many as are kept', () => {
    const state = new TrailState(2);
    for (let n = 0; n < 20; n += 1) state.add(`E-${n}`, NOW, 'cn-x', subject(user), { parameters: {} });
    expect(state.events.length).toBeLessThan(10);
    expect(state.events.at(-1)?.eventId).toBe('E-19');
  });

  it('of an account that is not there is written nowhere', () => {
    const { world, owner } = cloud();
    witnessed(world, { ...subject(user), recipient: '9' }, {}, () => ({}));
    expect(owner.trail.events).toEqual([]);
  });
});
