import { describe, expect, it } from 'vitest';
import { usedRole } from '../../../shared/sweep/role-use.ts';
import type { TrailEvent } from '../../../shared/trail-port.ts';
import { OWNER, REQUESTER, STRANGER } from '../../kit/accounts.ts';
import { START } from '../../kit/time.ts';

/** What counts as a use of a role by DMS. */
const ROLE = `dms-cross-account-${REQUESTER}`;
const VERIFY = 'dms-handshake-verify';

describe('a use of a role', () => {
  const event = (over: Partial<TrailEvent> = {}): TrailEvent => ({
    id: '1',
    at: START,
    name: 'AssumeRole',
    requestId: 'r',
    isRefused: false,
    caller: { type: 'service', accountId: REQUESTER, name: '' },
    roleArn: `acs:ram::${OWNER}:role/${ROLE}`,
    sessionName: 'dms',
    role: null,
    policy: null,
    tagged: null,
    ...over,
  });
  const by = (accountId: string, name: string) => event({ caller: { type: 'role', accountId, name } });

  it.each<[string, TrailEvent]>([
    ['by DMS', event()],
    ['of a name in capitals', event({ roleArn: `acs:ram::${OWNER}:ROLE/${ROLE.toUpperCase()}` })],
    ['by a role of verify’s name in another account', by(STRANGER, `${VERIFY}:x`)],
    ['by another role of the owner', by(OWNER, 'admin:x')],
    ['by nobody who is known', by(OWNER, '')],
  ])('%s counts', (_what, one) => {
    expect(usedRole(one, OWNER, VERIFY)).toBe(ROLE);
  });

  it.each<[string, TrailEvent]>([
    ['that was refused', event({ isRefused: true })],
    ['of no role', event({ roleArn: null })],
    ['by a test of verify', event({ sessionName: 'dms-handshake-verify' })],
    ['by verify', by(OWNER, `${VERIFY}:x`)],
    ['by verify in capitals', by(OWNER, `${VERIFY.toUpperCase()}:x`)],
    ['of a role of another account', event({ roleArn: `acs:ram::${STRANGER}:role/${ROLE}` })],
    ['of a role that is not ours', event({ roleArn: `acs:ram::${OWNER}:role/admin` })],
    ['of a console role', event({ roleArn: `acs:ram::${OWNER}:role/dms-console-access-${REQUESTER}` })],
    ['of what is no ARN', event({ roleArn: `x acs:ram::${OWNER}:role/${ROLE}` })],
    ['of an ARN without a name', event({ roleArn: `acs:ram::${OWNER}:role/` })],
  ])('%s does not', (_what, one) => {
    expect(usedRole(one, OWNER, VERIFY)).toBeNull();
  });

  it('by a verify of another name in capitals does not', () => {
    expect(usedRole(by(OWNER, 'my-verify:x'), OWNER, 'My-Verify')).toBeNull();
  });
});
