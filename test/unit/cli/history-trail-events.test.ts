import { describe, expect, it } from 'vitest';
import { TRAIL_NOTE, trailEvents, WRITES } from '../../../cli/history/from-trail.ts';
import { millis } from '../../../shared/runtime/millis.ts';
import type { Trail, TrailEvent } from '../../../shared/trail-port.ts';
import { at, DAY, START } from '../../kit/time.ts';

const ROLE = 'dms-cross-account-1';
const POLICY = 'DmsCrossAccountPolicy-redis';

const call = (over: Partial<TrailEvent>): TrailEvent => ({
  id: 'id',
  at: at(0),
  name: 'UpdateRole',
  requestId: 'q-1',
  isRefused: false,
  caller: { type: 'ram-user', accountId: '2', name: 'ada' },
  ...{ roleArn: null, sessionName: null, role: null, policy: null, tagged: null },
  ...over,
});

/** A history of these calls, each found by its name. */
const historyOf = (calls: readonly TrailEvent[], asked: { requester?: string } = {}) => {
  const trail: Trail = {
    async read({ name, to }, take) {
      for (const one of calls) if (one.name === name) take(one);
      return { reached: to, fault: null };
    },
  };
  return trailEvents(trail, { since: 0, ...asked }, at(60), millis(START + DAY));
};
const writesIn = async (calls: readonly TrailEvent[]) =>
  (await historyOf(calls)).map(({ requesterUid, access, write }) => [requesterUid, access, write]);

const event = (write: object, over: object = {}) => ({
  ...{ at: '2026-11-23T10:00:00.000Z', requestId: 'q-1', requesterUid: '1', access: 'register' },
  ...{ status: 'written', before: null, after: null, changes: [], reference: null },
  ...{ approvedBy: null, problem: null, write },
  ...over,
});

describe('a call in ActionTrail', () => {
  it('about a role of ours is who wrote it, and when', async () => {
    const detach = call({ name: 'DetachPolicyFromRole', role: ROLE, policy: POLICY });
    expect(await historyOf([call({ role: ROLE }), detach])).toEqual([
      event({ call: 'UpdateRole', target: ROLE, by: 'ada' }),
      event({ call: `DetachPolicyFromRole ${POLICY}`, target: ROLE, by: 'ada' }),
    ]);
  });

  it('about a policy of ours is about no requester', async () => {
    expect(await historyOf([call({ name: 'CreatePolicy', policy: POLICY })])).toEqual([
      event({ call: 'CreatePolicy', target: POLICY, by: 'ada' }, { requesterUid: null }),
    ]);
  });

  it('about tags is about each of the roles or policies', async () => {
    const names = [ROLE, 'dms-console-access-2', POLICY, 'payroll'];
    const tagged = (type: string) => writesIn([call({ name: 'TagResources', tagged: { type, names } })]);
    const by = 'ada';
    expect(await tagged('role')).toEqual([
      ['1', 'register', { call: 'TagResources', target: ROLE, by }],
      ['2', 'console', { call: 'TagResources', target: 'dms-console-access-2', by }],
    ]);
    expect(await tagged('policy')).toEqual([
      [null, 'register', { call: 'TagResources', target: POLICY, by }],
    ]);
    expect(await tagged('user')).toEqual([]);
  });

  it.each([
    ['of nothing', {}],
    ['of a role of others', { role: 'payroll' }],
    ['of a role of others that got a policy of ours', { role: 'payroll', policy: POLICY }],
    ['of a policy of others', { policy: 'Payroll' }],
    ['that was refused', { role: ROLE, isRefused: true }],
    ['that reads', { role: ROLE, name: 'GetRole' }],
  ])('%s is left out', async (_what, over) => {
    expect(await historyOf([call(over)])).toEqual([]);
  });

  it.each([
    ['', 'root-account', 'root-account'],
    ['', '', 'unknown'],
  ])('of somebody called %j of type %j is by %s', async (name, type, by) => {
    const [found] = await historyOf([call({ role: ROLE, caller: { type, accountId: '2', name } })]);
    expect(found?.write?.by).toBe(by);
  });

  it('of one requester is asked for, oldest first, whatever the order of the names', async () => {
    const calls = [
      call({ name: 'UntagResources', tagged: { type: 'role', names: [ROLE] }, at: at(1) }),
      call({ role: ROLE, at: at(3) }),
      call({ name: 'DeletePolicy', policy: POLICY, at: at(0) }),
      call({ name: 'CreateRole', role: 'dms-cross-account-2', at: at(2) }),
    ];
    const found = async (asked: { requester?: string }) =>
      (await historyOf(calls, asked)).map(({ write }) => write?.call);
    expect(await found({})).toEqual(['DeletePolicy', 'UntagResources', 'CreateRole', 'UpdateRole']);
    expect(await found({ requester: '1' })).toEqual(['UntagResources', 'UpdateRole']);
  });
});

it('what RAM calls a write of a role or a policy is asked for', () => {
  expect(WRITES).toEqual([
    ...['CreateRole', 'UpdateRole', 'DeleteRole', 'AttachPolicyToRole', 'DetachPolicyFromRole'],
    ...['TagResources', 'UntagResources', 'CreatePolicy', 'CreatePolicyVersion'],
    ...['SetDefaultPolicyVersion', 'DeletePolicy'],
  ]);
});

it('a history from ActionTrail says what it is worth', () => {
  expect(
    TRAIL_NOTE,
  ).toBe(`the functions write no logs, so this is from ActionTrail: who wrote which role or policy of ours, and when, of the last 90 days and about ten minutes late.
It does not know which request a write belongs to, why it came, who approved it, or what was granted before and after, and it has no request that was refused. For that deploy with LOG_PROJECT (docs/operate/audit.md)`);
});
