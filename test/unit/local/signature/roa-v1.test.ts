import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { authenticate, authenticateGateway } from '../../../../local/cloud/signature/index.ts';
import { refusal, signers } from './setup.ts';
import { altered, gmt, roaV1 } from './sign.ts';

const md5 = (body: string): string => createHash('md5').update(body).digest('base64');

it.each([
  ['a body', { body: '{"a":1}', headers: { 'content-type': 'application/json; charset=utf-8' } }],
  ['a query', { method: 'GET', target: '/2023-03-30/tags-v2?TagKey=%5B%22a%20b%22%5D&All=&Limit=1' }],
  ['the hash of a body', { body: '{}', headers: { 'content-md5': md5('{}') } }],
])('a request with %s is known by its key, at the gateway and at Function Compute', (_what, draft) => {
  const { world, keys, caller, now } = signers();
  expect(authenticateGateway(world, roaV1(keys, now, draft))).toEqual(caller);
  expect(authenticate(world, roaV1(keys, now, draft))).toEqual(caller);
});

it('a request without a nonce is known, as Go’s SDK signs and the command line', () => {
  const { world, keys, caller, now } = signers();
  const draft = {
    body: '{}',
    headers: {
      'content-md5': md5('{}'),
      'content-type': 'application/json',
      'x-acs-credentials-provider': '',
      'x-acs-signature-nonce': '',
    },
  };
  expect(authenticate(world, roaV1(keys, now, draft))).toEqual(caller);
  expect(authenticate(world, roaV1(keys, now, draft))).toEqual(caller);
});

it('a session signs with its token', () => {
  const { world, session, now } = signers();
  expect(authenticateGateway(world, roaV1(session, now)).principal.type).toBe('role');
});

describe('a change after signing is seen', () => {
  it.each<[string, (r: ReturnType<typeof roaV1>) => ReturnType<typeof roaV1>]>([
    ['the method', (r) => ({ ...r, method: 'PUT' })],
    ['the path', (r) => ({ ...r, path: '/2023-03-30/x', target: '/2023-03-30/x' })],
    ['a parameter more', (r) => ({ ...r, query: new URLSearchParams('a=1') })],
    ['the type', (r) => altered(r, { 'content-type': 'text/plain' })],
    ['a header of the gateway', (r) => altered(r, { 'x-acs-action': 'DeleteRole' })],
    ['the key', (r) => altered(r, { authorization: `${r.headers['authorization']}x` })],
  ])('%s', (_what, change) => {
    const { world, keys, now } = signers();
    const signed = change(roaV1(keys, now));
    expect(refusal(() => authenticateGateway(world, signed), keys)).toBe('400 SignatureDoesNotMatch');
  });

  it('the body, where its hash is sent', () => {
    const { world, keys, now } = signers();
    const signed = roaV1(keys, now, { body: '{}', headers: { 'content-md5': md5('{}') } });
    const changed = { ...signed, body: Buffer.from('{"a":1}') };
    expect(refusal(() => authenticateGateway(world, changed), keys)).toBe('400 InvalidContentMD5');
  });
});

describe('refusals', () => {
  it('no date', () => {
    const { world, keys, now } = signers();
    const signed = altered(roaV1(keys, now), { date: undefined });
    expect(refusal(() => authenticateGateway(world, signed), keys)).toBe('400 MissingDate');
  });

  it.each([
    [
      'of another method',
      { 'x-acs-signature-method': 'HMAC-SHA256' },
      '400 InvalidParameter.SignatureMethod',
    ],
    ['of another version', { 'x-acs-signature-version': '2.0' }, '400 InvalidParameter.SignatureMethod'],
    ['of an old date', { date: gmt(0) }, '400 InvalidTimeStamp.Expired'],
    ['with a date that is none', { date: 'yesterday' }, '400 InvalidTimeStamp.Expired'],
  ])('a signature %s', (_what, headers, refused) => {
    const { world, keys, now } = signers();
    const signed = roaV1(keys, now, { headers });
    expect(refusal(() => authenticateGateway(world, signed), keys)).toBe(refused);
  });

  it('a header that is no signature, and one at the path of RPC', () => {
    const { world, keys, now } = signers();
    const half = altered(roaV1(keys, now), { authorization: 'acs key' });
    expect(refusal(() => authenticateGateway(world, half))).toBe('400 IncompleteSignature');
    const rpc = roaV1(keys, now, { target: '/' });
    expect(refusal(() => authenticateGateway(world, rpc), keys)).toBe('400 IncompleteSignature');
  });

  it('a key that nobody has, and a request sent again', () => {
    const { world, keys, now } = signers();
    const unknown = roaV1({ ...keys, accessKeyId: 'nobody' }, now);
    expect(refusal(() => authenticateGateway(world, unknown), keys)).toBe('404 InvalidAccessKeyId.NotFound');
    const signed = roaV1(keys, now);
    authenticateGateway(world, signed);
    expect(refusal(() => authenticateGateway(world, signed), keys)).toBe('400 SignatureNonceUsed');
  });
});
