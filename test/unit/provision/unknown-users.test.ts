import { describe, expect, it } from 'vitest';
import { provision } from '../../../functions/provision/provision.ts';
import { ApiError } from '../../../local/cloud/error.ts';
import { ramWriter } from '../../../shared/alicloud/ram-writer.ts';
import { RetryableError } from '../../../shared/runtime/errors.ts';
import { REQUESTER } from '../../kit/accounts.ts';
import { direct, topicOf } from '../../kit/direct.ts';
import { callsOf, cloudWith } from '../alicloud/cloud.ts';

const users = ['alice', 'bob.dba'];

/** Asks for console access while RAM answers the making of a role with an error. */
async function ask(body: object, error: ApiError) {
  const at = await direct();
  const { world, api } = await cloudWith();
  world.weather.faults.push({
    matches: callsOf('CreateRole'),
    at: 'before',
    error,
    times: Number.POSITIVE_INFINITY,
  });
  const delivery = {
    body: JSON.stringify({ requesterUid: REQUESTER, access: 'console', ...body }),
    messageId: 'm-1',
    publishedAt: at.clock.now(),
    topic: topicOf(REQUESTER),
  };
  const ports = at.provisionPorts();
  return provision(delivery, at.settings, { ...ports, ram: { ...ports.ram, ...ramWriter(api) } });
}

describe('RAM users that may not exist: whatever RAM answers, the outcome says what to look at', () => {
  it.each([
    ['MalformedPolicyDocument', 400, 'invalid-request'],
    ['InvalidParameter.AssumeRolePolicyDocument', 400, 'invalid-request'],
    ['InvalidParameter.Principal', 409, 'invalid-request'],
    ['EntityNotExist.User', 404, 'invalid-request'],
    ['EntityNotExist.Principal', 404, 'invalid-request'],
    ['NoPermission', 403, 'permission-missing'],
  ])('%s (%i)', async (code, status, problem) => {
    const found = await ask({ users }, new ApiError(status, code, 'No.'));
    expect(found).toMatchObject({
      result: 'failed',
      writes: 0,
      problem: { code: problem, retryable: false },
    });
    expect(found.problem?.detail).toContain(code);
    expect(found.problem?.detail).toContain(
      `look in account ${REQUESTER} whether its RAM users have exactly these names: "alice", "bob.dba"`,
    );
  });

  it('a fault that passes: the event is given back, and its last error says it', async () => {
    const thrown = await ask({ users }, new ApiError(503, 'ServiceUnavailable', 'Later.')).catch(
      (error: unknown) => error,
    );
    expect(thrown).toBeInstanceOf(RetryableError);
    expect(String(thrown)).toContain('exactly these names: "alice", "bob.dba"');
  });

  it.each([
    ['a full quota', { users }, new ApiError(409, 'LimitExceeded.Role', 'No.')],
    ['the whole account', {}, new ApiError(400, 'MalformedPolicyDocument', 'No.')],
  ])('%s is not about users', async (_what, body, error) => {
    const { problem } = await ask(body, error);
    expect(problem?.detail).not.toContain('exactly these names');
  });
});
