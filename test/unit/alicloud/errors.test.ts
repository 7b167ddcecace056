import { describe, expect, it } from 'vitest';
import {
  isAbsent,
  isConflict,
  isDenied,
  isTransient,
  toHandshakeError,
} from '../../../shared/alicloud/errors.ts';
import type { Failure } from '../../../shared/alicloud/failure.ts';
import { RetryableError, TerminalError } from '../../../shared/runtime/errors.ts';
import { cloudError, failure } from './setup.ts';

describe('what a failure is', () => {
  const rows: readonly [code: string, status: number, ...is: string[]][] = [
    ['Throttling', 400, 'transient'],
    ['Throttling.User', 400, 'transient'],
    ['Throttling.Api', 429, 'transient'],
    ['TooManyRequests', 429, 'transient'],
    ['QpsLimitExceeded', 429, 'transient'],
    ['Http429', 429, 'transient'],
    ['ServiceUnavailable', 503, 'transient'],
    ['ServiceUnavailable', 400, 'transient'],
    ['InternalError', 500, 'transient'],
    ['Http502', 502, 'transient'],
    ['SignatureNonceUsed', 400, 'transient'],
    ['ECONNREFUSED', 0, 'transient'],
    ['EntityAlreadyExists.Role', 409, 'conflict'],
    ['EntityAlreadyExists.Policy', 409, 'conflict'],
    ['EntityAlreadyExists.Role.Policy', 409, 'conflict'],
    ['EntityNotExist.Role', 404, 'conflict', 'absent'],
    ['EntityNotExist.Policy', 404, 'conflict', 'absent'],
    ['EntityNotExist.Role.Policy', 404, 'conflict', 'absent'],
    ['EntityNotExist.Policy.Version', 404, 'conflict', 'absent'],
    ['DeleteConflict.Role.Policy', 409, 'conflict'],
    ['DeleteConflict.Policy.Version', 409, 'conflict'],
    ['EntityNotExistent', 404],
    ['NoPermission', 403, 'denied'],
    ['Forbidden.RAM', 403, 'denied'],
    ['Forbidden', 403, 'denied'],
    ['AccessDenied', 403, 'denied'],
    ['UnauthorizedOperation', 403, 'denied'],
    ['User.NotAuthorized.Permission', 403, 'denied'],
    ['LimitExceeded.Role', 409],
    ['InvalidParameter.RoleName', 400],
    ['MalformedPolicyDocument', 409],
    ['InvalidSecurityToken.Expired', 403],
    ['SignatureDoesNotMatch', 403],
    ['Http403', 403, 'denied'],
    ['AnyName', 403, 'denied'],
    ['Http404', 404],
  ];

  it.each(rows)('%s (HTTP %i)', (code, status, ...is) => {
    const one = failure({ code, status });
    const judged = Object.entries({
      transient: isTransient(one),
      conflict: isConflict(one),
      absent: isAbsent(one),
      denied: isDenied(one),
    });
    expect(judged.filter(([, yes]) => yes).map(([name]) => name)).toEqual(is);
  });
});

describe('what a failure means to the workflow', () => {
  const rows: readonly [
    code: string,
    status: number,
    kind: typeof RetryableError | typeof TerminalError,
    problem: string,
  ][] = [
    ['Throttling.User', 400, RetryableError, 'throttled'],
    ['TooManyRequests', 429, RetryableError, 'throttled'],
    ['QpsLimitExceeded', 429, RetryableError, 'throttled'],
    ['QPSLimitExceeded', 400, RetryableError, 'throttled'],
    ['Http429', 429, RetryableError, 'throttled'],
    ['NobodyKnowsThis', 429, RetryableError, 'throttled'],
    ['ServiceUnavailable', 503, RetryableError, 'internal'],
    ['Http502', 502, RetryableError, 'internal'],
    ['ECONNRESET', 0, RetryableError, 'internal'],
    ['InvalidSecurityToken.Expired', 403, RetryableError, 'internal'],
    ['InvalidAccessKeyId.NotFound', 404, RetryableError, 'internal'],
    ['InvalidAccessKeyId', 403, RetryableError, 'internal'],
    ['InvalidTimeStamp.Expired', 400, RetryableError, 'internal'],
    ['TimeExpired', 408, RetryableError, 'internal'],
    ['NoPermission', 403, TerminalError, 'permission-missing'],
    ['AccessDenied', 403, TerminalError, 'permission-missing'],
    ['Http403', 403, TerminalError, 'permission-missing'],
    ['LimitExceeded.Role', 409, TerminalError, 'quota-exceeded'],
    ['LimitExceeded.Role.Policy', 409, TerminalError, 'quota-exceeded'],
    ['InvalidParameter.RoleName', 400, TerminalError, 'internal'],
    ['MalformedPolicyDocument', 400, TerminalError, 'internal'],
    ['SignatureDoesNotMatch', 403, TerminalError, 'internal'],
    ['TopicNotExist', 404, TerminalError, 'internal'],
  ];

  it.each(rows)('%s (HTTP %i)', (code, status, kind, problem) => {
    const cause = cloudError({ code, status });
    const error = toHandshakeError(cause, 1);
    expect(error).toBeInstanceOf(kind);
    expect(error).toMatchObject({ code: problem, cause });
  });

  it('a way out is named where there is one', () => {
    const message = (rest: Partial<Failure>) => toHandshakeError(cloudError(rest), 1).message;
    expect(message({ code: 'NoPermission', status: 403 })).toContain(
      'grant it to the function’s role'.replace('’', "'"),
    );
    expect(message({ code: 'LimitExceeded.Policy', status: 409 })).toContain('raise the quota');
  });

  it('attempts are counted when there was more than one', () => {
    const error = cloudError({ code: 'InternalError', status: 500 });
    expect(toHandshakeError(error, 1).message).toBe('RAM GetRole: InternalError (HTTP 500)');
    expect(toHandshakeError(error, 7).message).toBe(
      'RAM GetRole: InternalError (HTTP 500), after 7 attempts',
    );
  });
});

describe('the message of a failure', () => {
  it('says what was called, the answer, what is not allowed and by what, and the request id', () => {
    const error = cloudError({
      code: 'NoPermission',
      status: 403,
      requestId: 'R-1',
      denied: { action: 'ram:GetRole', by: 'AccountLevelIdentityBasedPolicy, ImplicitDeny' },
    });
    expect(error.message).toBe(
      'RAM GetRole: NoPermission (HTTP 403): ram:GetRole is not allowed (AccountLevelIdentityBasedPolicy, ImplicitDeny), request id R-1',
    );
  });

  it('says that there was no answer', () => {
    expect(cloudError({ code: 'ECONNREFUSED', status: 0 }).message).toBe(
      'RAM GetRole: no answer (ECONNREFUSED)',
    );
  });
});
