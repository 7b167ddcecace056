import { describe, expect, it } from 'vitest';
import { figuresOf, functionCalls, stepsOf } from '../../../cli/timeline.ts';
import type { CallRecord } from '../../../local/cloud/journal.ts';
import { OWNER, REQUESTER } from '../../kit/accounts.ts';

const AT = Date.parse('2026-11-23T10:00:00.000Z');
/** A session of a role in the owner's account. */
const under = (roleName: string, accountId = OWNER): CallRecord['caller'] => ({
  accountId,
  accessKeyId: 'STS.test',
  principal: { type: 'role', roleName, roleId: '3', sessionName: 'test', sessionPolicy: null },
});
const PROVISION = under('dms-handshake-provision');
const VERIFY = under('dms-handshake-verify');

const call = (begin: number, end: number, over: Partial<CallRecord> = {}): CallRecord => ({
  service: 'ram',
  operation: 'GetRole',
  kind: 'read',
  accountId: OWNER,
  caller: PROVISION,
  startedAt: AT + begin,
  endedAt: AT + end,
  begin,
  end,
  status: 200,
  code: null,
  ...over,
});

describe('the steps of a run', () => {
  const ROWS: readonly (readonly [CallRecord['caller'], string])[] = [
    [under('Dms-Handshake-Intake'), 'intake'],
    [PROVISION, 'provision'],
    [VERIFY, 'verify'],
    [under(`dms-cross-account-${REQUESTER}`), 'verify, as the role'],
    [under('a-dms-cross-account-'), 'somebody'],
    [{ accountId: OWNER, accessKeyId: 'k', principal: { type: 'root' } }, 'somebody'],
    [null, 'somebody'],
  ];
  it.each(ROWS)('%#: say when, who and what', (caller, who) => {
    expect(stepsOf([call(1, 2, { caller })])).toEqual([
      { at: '2026-11-23T10:00:00.001Z', who, what: 'ram GetRole' },
    ]);
  });

  it('say the code of a refusal', () => {
    expect(stepsOf([call(1, 2, { code: 'NoPermission' })]).map(({ what }) => what)).toEqual([
      'ram GetRole -> NoPermission',
    ]);
  });
});

it('the calls of the functions are those of the owner that are made under one of their roles', () => {
  const calls = [
    call(1, 2),
    call(3, 4, { caller: under('dms-handshake-provision', REQUESTER) }),
    call(5, 6, { caller: under('other') }),
    call(7, 8, { caller: null }),
    call(9, 10, { caller: VERIFY }),
  ];
  expect(functionCalls(calls, OWNER).map(({ begin }) => begin)).toEqual([1, 9]);
});

describe('what a run took', () => {
  it('are its calls, its writes to RAM, and those that had to wait for another', () => {
    const calls = [
      call(1, 4),
      call(2, 3, { operation: 'CreateRole', kind: 'write' }),
      call(5, 6, { service: 'mns', operation: 'PublishMessage', kind: 'write' }),
    ];
    expect(figuresOf(calls)).toEqual({ calls: 3, writes: 1, roundTrips: 2 });
  });

  it('leaves out of the way what has verify start, which is the first call of provision', () => {
    const wake = call(1, 9, { service: 'fc', operation: 'InvokeFunction', kind: 'write' });
    expect(figuresOf([wake, call(2, 3), call(4, 5)])).toEqual({ calls: 3, writes: 0, roundTrips: 2 });
    const others = [call(10, 11, { service: 'fc' }), call(2, 3), call(4, 5, { caller: VERIFY })];
    expect(figuresOf(others)).toEqual({ calls: 3, writes: 0, roundTrips: 3 });
    // Before it came another function's.
    const later = [call(1, 2, { caller: VERIFY }), call(3, 4, { service: 'fc' }), call(5, 6)];
    expect(figuresOf(later)).toEqual({ calls: 3, writes: 0, roundTrips: 2 });
  });
});
