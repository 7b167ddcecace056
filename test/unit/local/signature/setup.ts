import { expect } from 'vitest';
import { ApiError } from '../../../../local/cloud/error.ts';
import { assumeAsService } from '../../../../local/cloud/sts/session.ts';
import { OWNER } from '../../../kit/accounts.ts';
import { TestClock } from '../../../kit/clock.ts';
import { addRole, addUser, type Keys, twoAccounts } from '../../../kit/two-accounts.ts';

export const trustsFc = {
  Version: '1',
  Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: ['fc.aliyuncs.com'] } }],
};

/** A world with a user's key and a session's. */
export function signers() {
  const cloud = twoAccounts(new TestClock());
  const { keys, caller } = addUser(cloud.owner, 'someone');
  addRole(cloud.owner, 'runner', trustsFc);
  const newSession = (): Keys =>
    assumeAsService(cloud.world, {
      service: 'fc.aliyuncs.com',
      roleArn: `acs:ram::${OWNER}:role/runner`,
      sessionName: 'run',
      durationSeconds: 900,
    });
  return { ...cloud, keys, caller, session: newSession(), newSession, now: cloud.clock.now() };
}

/** `<status> <code>: <message>` of what is thrown. */
export function words(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    if (error instanceof ApiError) return `${error.status} ${error.code}: ${error.message}`;
    throw error;
  }
  return 'accepted';
}

/** `<status> <code>` of what is thrown; its words must not hold the secrets. */
export function refusal(action: () => unknown, ...secrets: (Keys | undefined)[]): string {
  try {
    action();
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const told = `${error.message} ${JSON.stringify(error.detail ?? {})}`;
    for (const keys of secrets) {
      if (keys === undefined) continue;
      expect(told).not.toContain(keys.accessKeySecret);
      if (keys.securityToken !== undefined) expect(told).not.toContain(keys.securityToken);
    }
    return `${error.status} ${error.code}`;
  }
  return 'accepted';
}
