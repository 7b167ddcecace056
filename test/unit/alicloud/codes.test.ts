import { describe, expect, it } from 'vitest';
import { readBody } from '../../../shared/alicloud/answer-body.ts';
import {
  namesIdentity,
  namesPassing,
  namesRights,
  speaksOfRights,
  wordsOf,
} from '../../../shared/alicloud/code-words.ts';
import { dms } from '../../../shared/alicloud/dms.ts';
import { isAbsent, isConflict, toHandshakeError } from '../../../shared/alicloud/errors.ts';
import { harmless } from '../../../shared/alicloud/harmless.ts';
import { meaningOf } from '../../../shared/alicloud/recognise.ts';
import { isThrottled } from '../../../shared/alicloud/throttled.ts';
import { REGION } from './cloud.ts';
import { scriptedApi } from './scripted-api.ts';
import { cloudError, failure, thrownBy } from './setup.ts';

describe('the words of a code', () => {
  it.each([
    ['Forbidden.NotSupportRAM', 'forbidden not support ram'],
    ['RAMAuthError', 'ram auth error'],
    ['QPS Limit Exceeded', 'qps limit exceeded'],
    ['_access__denied.', 'access denied'],
    ['Error404Found', 'error404 found'],
    ['ABc', 'a bc'],
    ['', ''],
  ])('of %j are %j', (code, words) => {
    expect(wordsOf(code)).toBe(words);
  });
});

const named = (names: (code: string) => boolean, codes: readonly string[]) => codes.filter(names);

describe('a code that speaks of rights', () => {
  it.each([
    ...['Forbidden', 'Forbbiden', 'Forbedden', 'Forbiden', 'Forbiddin', 'Forbidddden'],
    ...['NoPermission', 'PremissionDenied', 'Permmision', 'Permissssion'],
    ...[
      'Unauthorized',
      'NotAuthorised',
      'Unathorized',
      'Unautorized',
      'AuthoriseFailed',
      'Authrized',
      'Atorized',
    ],
    ...['NoAuth', 'UnAuth', 'NotAuth', 'NoAuth.Call', 'noauth', 'Auth', 'Auth.Failed'],
    ...['RAM.Denied', 'RamAuthError', 'ramauthfailed', 'NotSupportRAM', 'NOTSUPPORTRAM'],
    ...['AccessDenied', 'ACCESSDENIED', 'AccessDeny', 'access_denied'],
    ...['SubUser', 'subuser', 'SubAccount.No', 'NotSupport.subaccount'],
    ...['NoPrivilege', 'NOPRIVILEGE'],
  ])('%s', (code) => {
    expect(namesRights(code)).toBe(true);
  });

  it('is none of these', () => {
    const others = ['InvalidParameter', 'Program', 'Authentication', 'SubUsers2', 'Submission', 'Privileged'];
    expect(named(namesRights, others)).toEqual([]);
  });
});

describe('a message that speaks of rights', () => {
  it.each([
    'You are not authorized to do this action. You should be authorized by RAM.',
    'The user is not authorised.',
    'not authrized',
    'it has not been authorized',
    'has NOT BEEN permitted',
    'not permitted',
    'no permission to do this',
    'Permission denied',
    'access denied',
    'This API does not support RAM.',
    'not supported by RAM users',
    'the resource does not support accessed by RAM',
    'supported accessed RAM',
    'must be authorized by RAM',
    'must be authorised by RAM',
  ])('%s', (text) => {
    expect(speaksOfRights(text)).toBe(true);
  });

  it('is none of these', () => {
    const others = ['', 'The region is not supported.', 'authorized', 'permitted', 'a permission'];
    expect(named(speaksOfRights, others)).toEqual([]);
  });
});

describe('a code that says that too many called', () => {
  it.each([
    ...['Throttling.User', 'Throtling.Api', 'Thottling', 'throttlling'],
    ...['TooManyRequests', 'TOOMANYREQUESTS', 'Too Many Request', 'toomanyrequest'],
    ...['Qps.Over', 'QPSLIMIT', 'QpsLimitExceeded'],
    ...['FlowControl', 'FLOWCONTROL', 'flow limit', 'FLOWLIMIT'],
    ...[
      'RateLimit',
      'RATELIMIT',
      'RateOverLimit',
      'RATEOVERLIMIT',
      'FrequencyLimit',
      'RequestLimit',
      'RequestsLimit',
    ],
    ...['CallLimit', 'CallsLimit', 'CallsOverLimit', 'calls overlimit'],
    ...['RateExceeded', 'RATEEXCEEDED', 'OverFrequency', 'OVERFREQUENT'],
  ])('%s', (code) => {
    expect(isThrottled({ status: 400, code })).toBe(true);
  });

  it('is none of these, unless the status says so', () => {
    const others = ['LimitExceeded.Role', 'Overflow', 'Qpsx', 'TooMany', 'Generate', 'ManyRequests'];
    const throttled = (status: number) => others.filter((code) => isThrottled({ status, code }));
    expect(throttled(400)).toEqual([]);
    expect(throttled(428)).toEqual([]);
    expect(throttled(429)).toEqual(others);
  });
});

describe('other codes that are known', () => {
  it('say that nobody knows who asks, at their beginning', () => {
    const known = [
      'InvalidAccessKeyId',
      'invalidsecuritytoken.X',
      'IncompleteSignature',
      'InvalidTimeStamp.Expired',
    ];
    expect(named(namesIdentity, [...known, 'X.InvalidAccessKeyId', 'NoInvalidTimeStamp'])).toEqual(known);
  });

  it('say that the fault passes', () => {
    const known = ['ServiceUnavailable', 'X.InternalError', 'SignatureNonceUsed', 'AddInstanceFailure.X'];
    expect(named(namesPassing, [...known, 'NoAddInstanceFailure', 'Internal'])).toEqual(known);
  });

  it('say that something is there already, or gone, at their beginning and as a whole word', () => {
    const at = (code: string) => [isConflict(failure({ code })), isAbsent(failure({ code }))];
    expect(
      ['EntityNotExist', 'EntityNotExist.Role', 'EntityAlreadyExists.X', 'DeleteConflict'].map(at),
    ).toEqual([
      [true, true],
      [true, true],
      [true, false],
      [true, false],
    ]);
    for (const code of ['NoEntityNotExist', 'EntityNotExistX', 'X.DeleteConflict', 'MyEntityAlreadyExists'])
      expect(at(code)).toEqual([false, false]);
  });

  it.each([
    ['X.LimitExceeded', 409, 'TerminalError', 'internal'],
    ['LimitExceeded.X', 409, 'TerminalError', 'quota-exceeded'],
    ['NotTimeExpired', 408, 'TerminalError', 'internal'],
    ['TimeExpired', 408, 'RetryableError', 'internal'],
    ['X.SecurityTokenExpired', 400, 'RetryableError', 'internal'],
    ['X.InvalidTimeStamp', 400, 'RetryableError', 'internal'],
  ])('%s (HTTP %i) is a %s: %s', (code, status, name, problem) => {
    expect(toHandshakeError(cloudError({ code, status }), 1)).toMatchObject({ name, code: problem });
  });

  it('of a proxy that refuses, that nothing is known; of one that failed, that it may pass', () => {
    expect(meaningOf(failure({ code: 'ProxyRefused407', status: 0 }))).toBe('unknown');
    expect(meaningOf(failure({ code: 'ProxyFailed502', status: 0 }))).toBe('passing');
    expect(meaningOf(failure({ code: 'Forbidden', status: 0 }))).toBe('passing');
  });
});

describe('a harmless code', () => {
  const REGIONAL = 'the product is not sold in this region';
  const INACTIVE = 'the product is not activated in this account';
  const PARAMETER = 'the call needs a parameter more';
  it.each([
    ['InvalidRegion', REGIONAL],
    ['InvalidRegionId', REGIONAL],
    ['InvalidRegionId.NotFound', REGIONAL],
    ['InvalidRegion.NotSupport', REGIONAL],
    ['InvalidRegion.NotSupported', REGIONAL],
    ['InvalidRegionId.Malformed', REGIONAL],
    ['UnsupportedRegion', REGIONAL],
    ['RegionNotSupport', REGIONAL],
    ['RegionNotSupported', REGIONAL],
    ['RegionId.NotSupport', REGIONAL],
    ['RegionId.NotSupported', REGIONAL],
    ['NotActivated', INACTIVE],
    ['ServiceNotOpened', INACTIVE],
    ['Service.NotOpen', INACTIVE],
    ['Product.NotEnabled', INACTIVE],
    ['UserNotPurchase', INACTIVE],
    ['InstanceNotPurchased', INACTIVE],
    ['MissingParameter', PARAMETER],
    ['MissingParameter.InstanceId', PARAMETER],
    ['MissingRegionId', PARAMETER],
    ['MissingDBClusterName', PARAMETER],
    ['XInvalidRegion', null],
    ['InvalidRegionIdX', null],
    ['InvalidRegion.Other', null],
    ['XUnsupportedRegion', null],
    ['UnsupportedRegionX', null],
    ['XServiceNotOpen', null],
    ['ServiceNotOpenX', null],
    ['XMissingParameter', null],
    ['MissingParameterX', null],
    ['MissingParameter.', null],
    ['MissingParameter.a-b', null],
    ['XMissingRegionId', null],
    ['MissingRegionIdX', null],
    ['MissingregionId', null],
    ['MissingSecurityTokenId', null],
    ['MissingAccessKeyId', null],
    ['MissingSignatureName', null],
  ])('%s says %s', (code, says) => {
    expect(harmless(code)).toBe(says);
  });
});

describe('an address that DMS does not know', () => {
  const ADDRESS = { host: 'h', port: 1, sid: '' };
  const instance = (code: string) => dms(scriptedApi(cloudError({ code, status: 404 })).api, REGION);

  it.each(['InstanceNoEnoughNumber', 'InstanceNotFound', 'InstanceNotFound.X', 'EntityNotExist.Instance.X'])(
    'is said by %s, and taking it off the list is done',
    async (code) => {
      expect(await instance(code).instance(ADDRESS)).toBeNull();
      expect(await instance(code).remove(ADDRESS)).toBeUndefined();
    },
  );

  it.each([
    'InstanceNoEnoughNumberX',
    'XInstanceNoEnoughNumber',
    'XInstanceNotFound',
    'X.EntityNotExist.Instance',
  ])('is not said by %s', async (code) => {
    expect(await thrownBy(instance(code).instance(ADDRESS))).toMatchObject({ failure: { code } });
    expect(await thrownBy(instance(code).remove(ADDRESS))).toMatchObject({ failure: { code } });
  });

  it('is taken off the list by its host, its port and its SID', async () => {
    const { api, calls } = scriptedApi({});
    await dms(api, REGION).remove({ host: 'h', port: 6379, sid: 'S' });
    expect(calls).toMatchObject([
      { action: 'DeleteInstance', parameters: { Host: 'h', Port: '6379', Sid: 'S' } },
    ]);
  });

  it('an error that is none of the cloud is thrown as it is', async () => {
    const error = new TypeError('a fault of ours');
    const { api } = scriptedApi(error);
    expect(await thrownBy(dms(api, REGION).remove(ADDRESS))).toBe(error);
    expect(await thrownBy(dms(api, REGION).instance(ADDRESS))).toBe(error);
  });

  it('a list of users of another shape is not guessed at', async () => {
    const { api, calls } = scriptedApi({ UserList: {} });
    expect(await thrownBy(dms(api, REGION).dba())).toMatchObject({
      message: 'DMS ListUsers: the answer does not have the documented shape (at "UserList.User")',
    });
    expect(calls.map(({ action }) => action)).toEqual(['ListUsers']);
  });
});

describe('what a body says of itself', () => {
  const FINE = { code: null, status: null, failed: false, requestId: null, denied: null };
  it.each<[body: object, facts: object]>([
    [{}, FINE],
    [{ Code: '0' }, FINE],
    [{ Code: 200 }, FINE],
    [{ code: 'OK' }, FINE],
    [{ Code: 'success' }, FINE],
    [{ Code: 'Successful' }, FINE],
    [{ Code: ' ' }, FINE],
    [{ success: 'TRUE' }, FINE],
    [{ Code: 'Oks' }, { ...FINE, code: 'Oks', failed: true }],
    [{ Code: 'NotOk' }, { ...FINE, code: 'NotOk', failed: true }],
    [{ Success: 'truest' }, { ...FINE, failed: true }],
    [{ Success: 'untrue' }, { ...FINE, failed: true }],
    [{ HttpStatusCode: 299 }, { ...FINE, status: 299 }],
    [{ HttpStatusCode: 300 }, { ...FINE, status: 300, failed: true }],
    [{ HttpStatusCode: ' 404 ' }, { ...FINE, status: 404, failed: true }],
    [{ HttpStatusCode: '' }, FINE],
    [{ HttpStatusCode: 'x' }, FINE],
    [{ Result: { Code: 'No' } }, { ...FINE, code: 'No', failed: true }],
    [{ response: { errorCode: 'No' } }, { ...FINE, code: 'No', failed: true }],
    [{ data: [{ code: 'No' }] }, FINE],
    [{ Other: { Code: 'No' } }, FINE],
    [{ Code: `A b<c>${'x'.repeat(200)}` }, { ...FINE, code: `Abc${'x'.repeat(97)}`, failed: true }],
    [{ RequestId: 'r'.repeat(80) }, { ...FINE, requestId: 'r'.repeat(64) }],
    [{ RequestId: 7 }, FINE],
    [{ Message: 'You are not authorized' }, { ...FINE, aboutRights: true }],
    [{ ErrorMessage: 'no permission' }, { ...FINE, aboutRights: true }],
    [
      { Message: 'x', ErrorMessage: 'no permission' },
      { ...FINE, aboutRights: true },
    ],
    [{ error: { message: 'access denied' } }, { ...FINE, aboutRights: true }],
    [
      { AccessDeniedDetail: { AuthAction: 'a:B', PolicyType: 'P', NoPermissionType: 'N' } },
      { ...FINE, denied: { action: 'a:B', by: 'P, N' } },
    ],
    [
      { AccessDeniedDetail: { AuthAction: 'a:B', NoPermissionType: 'N' } },
      { ...FINE, denied: { action: 'a:B', by: 'N' } },
    ],
    [{ AccessDeniedDetail: { AuthAction: 'a:B' } }, { ...FINE, denied: { action: 'a:B', by: '' } }],
    [{ AccessDeniedDetail: { PolicyType: 'P' } }, FINE],
    [{ AccessDeniedDetail: ['a:B'] }, FINE],
  ])('%j', (body, facts) => {
    expect(readBody(body)).toEqual(facts);
  });
});
