import { describe, expect, it } from 'vitest';
import { readBody } from '../../../shared/alicloud/answer-body.ts';
import { harmless } from '../../../shared/alicloud/harmless.ts';
import { type Meaning, meaningOf } from '../../../shared/alicloud/recognise.ts';
import { apiOf, failure, failureIn, thrownBy } from './setup.ts';
import { json, standIn } from './stand-in.ts';

describe('what a code means', () => {
  const rows: Readonly<Record<Meaning, readonly (readonly [code: string, status: number])[]>> = {
    denied: [
      ['NoPermission', 403],
      ['NoPermission', 500],
      ['Forbidden', 400],
      ['Forbidden.RAM', 404],
      ['Forbedden.NotSupportRAM', 403],
      ['Forbbiden', 400],
      ['Forbbiden.SubUser', 404],
      ['Forbiden', 400],
      ['RamAuthError', 400],
      ['RAM.Permission.Denied', 400],
      ['User.Permision.Denied', 400],
      ['PremissionDenied', 200],
      ['ActionUnauthorized', 200],
      ['UnAuthorized', 400],
      ['Unathorized', 400],
      ['OperationDenied.NoPermission', 400],
      ['NotAuthorised', 400],
      ['AccessDenied', 404],
      ['access_denied', 400],
      ['NotSupportSubAccount', 400],
      ['NOTSUPPORTRAM', 400],
    ],
    refused: [
      ['AnyNameWhatever', 403],
      ['InvalidAction', 403],
      ['MissingParameter', 403],
      ['Http403', 403],
    ],
    throttled: [
      ['Throttling', 400],
      ['Throttling.User', 403],
      ['Throtling.Api', 400],
      ['ResourceThrottled', 429],
      ['QPSLimitExceeded', 400],
      ['QpsLimitExceeded', 403],
      ['TooManyRequests', 200],
      ['FlowControl', 400],
      ['RequestLimitExceeded', 400],
      ['AnyNameWhatever', 429],
    ],
    passing: [
      ['ECONNRESET', 0],
      ['AnyNameWhatever', 502],
      ['ServiceUnavailable', 400],
      ['InternalError', 200],
      ['AddInstanceFailure', 400],
      ['SignatureNonceUsed', 400],
    ],
    unidentified: [
      ['InvalidAccessKeyId.NotFound', 404],
      ['InvalidSecurityToken.Expired', 403],
      ['SignatureDoesNotMatch', 403],
      ['AnyNameWhatever', 401],
    ],
    harmless: [
      ['InvalidRegionId.NotFound', 404],
      ['InvalidRegion.NotSupport', 400],
      ['UnsupportedRegion', 400],
      ['ServiceNotActivated', 400],
      ['ServiceNotOpen', 200],
      ['MissingParameter', 400],
      ['MissingRegionId', 400],
    ],
    unknown: [
      ['AnyNameWhatever', 400],
      ['AnyNameWhatever', 404],
      ['InvalidParameter', 400],
      ['InvalidProgramName', 400],
      ['OperationDenied.InstanceStatus', 400],
      ['InvalidProduct.NotFound', 404],
      ['AuthenticationFailed', 400],
      ['LimitExceeded.Role', 409],
      ['NotSuccessful', 200],
      ['Http302', 302],
    ],
  };
  const all = (Object.keys(rows) as Meaning[]).flatMap((meaning) =>
    rows[meaning].map(([code, status]) => [code, status, meaning] as const),
  );

  it.each(all)('%s (HTTP %i): %s', (code, status, meaning) => {
    expect(meaningOf(failure({ code, status }))).toBe(meaning);
  });

  it('a detail of the denial outweighs any code', () => {
    expect(meaningOf(failure({ code: 'X', denied: { action: 'ram:GetRole', by: 'x' } }))).toBe('denied');
  });

  it('a harmless code proves nothing where its message speaks of rights', () => {
    expect(meaningOf(failure({ code: 'MissingParameter', aboutRights: true }))).toBe('unknown');
  });

  it('a harmless code is put into words', () => {
    expect(harmless('InvalidRegionId.NotFound')).toBe('the product is not sold in this region');
    expect(harmless('NoPermission')).toBeNull();
  });
});

describe('what a body says of itself', () => {
  it.each([
    ['nothing of it', { RequestId: 'R', Instances: [] }],
    ['a success', { Success: true }],
    ['a success as a text', { Success: 'true', HttpStatusCode: '200', ErrorCode: null }],
    ['the code 200', { Code: '200', Message: 'Successful', Success: true }],
    ['an empty code', { ErrorCode: '', Success: true }],
  ])('%s: it does not deny that it is one', (_what, body) => {
    expect(readBody(body)).toMatchObject({ failed: false, code: null });
  });

  it.each([
    ['Success false', { Success: false, Code: 'NoPermission' }, 'NoPermission'],
    ['Success "false"', { Success: 'false', Code: 'NoPermission' }, 'NoPermission'],
    ['Success null', { Success: null }, null],
    ['Success 0', { Success: 0, ErrorCode: 'X' }, 'X'],
    ['a code alone', { Code: 'NoPermission' }, 'NoPermission'],
    ['letters in lower case', { success: false, errorCode: 'NoPermission' }, 'NoPermission'],
    ['a code beside a fine one', { Code: '200', ErrorCode: 'Forbidden' }, 'Forbidden'],
    ['a wrapped one', { Data: { Success: false, Code: 'NoPermission' } }, 'NoPermission'],
    ['an error in an object', { error: { code: 'NoPermission' } }, 'NoPermission'],
    ['a status of its own', { HttpStatusCode: 403 }, null],
    ['a list', [], null],
    ['a text', 'NoPermission', null],
    ['nothing', null, null],
  ])('%s: it is no success', (_what, body, code) => {
    expect(readBody(body)).toMatchObject({ failed: true, code });
  });
});

describe('a call that is answered with 2xx', () => {
  const call = { service: 'RAM', version: '2015-05-01', action: 'GetRole', host: 'ram' };
  const failedWith = async (status: number, body: unknown) => {
    const { url, seen } = await standIn(json(status, body));
    const error = await thrownBy(apiOf(url).call(call));
    return { failure: failureIn(error), attempts: seen.length };
  };

  it('and a body that says no is an error with its code, its status and its request id', async () => {
    const said = await failedWith(200, { RequestId: 'R', Success: false, Code: 'NoPermission' });
    expect(said.failure).toMatchObject({ code: 'NoPermission', status: 200, requestId: 'R' });
    expect(said.attempts).toBe(1);
  });

  it('and a body that names another status has that status', async () => {
    const { failure: found } = await failedWith(200, { HttpStatusCode: '403', Success: 'false' });
    expect(found).toMatchObject({ code: 'NotSuccessful', status: 403 });
  });

  it('and a body that asks for patience is repeated', async () => {
    const said = await failedWith(200, { Success: false, Code: 'QPS Limit Exceeded' });
    expect(said).toMatchObject({ failure: { code: 'QPSLimitExceeded' }, attempts: 7 });
  });

  it('with 3xx is no success, whatever the body says', async () => {
    expect((await failedWith(302, { Instances: [] })).failure).toMatchObject({ status: 302 });
  });

  it('with a code under another name than Code is known by it', async () => {
    expect((await failedWith(400, { ErrorCode: 'NoPermission' })).failure.code).toBe('NoPermission');
  });
});
