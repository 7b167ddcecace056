import { describe, expect, it } from 'vitest';
import { authenticateGateway } from '../../../../local/cloud/signature/index.ts';
import { refusal, signers } from './setup.ts';
import { altered, iso, request, rpcV1 } from './sign.ts';

it.each(['GET', 'POST'])('%s: parameters of query or form', (method) => {
  const { world, keys, caller, now } = signers();
  const signed = rpcV1(keys, now, { RoleName: "a b*'()~!中", 'Tag.1.Key': 'k' }, method);
  expect(authenticateGateway(world, signed)).toEqual(caller);
});

it('a session signs with its token', () => {
  const { world, session, now } = signers();
  expect(authenticateGateway(world, rpcV1(session, now)).principal.type).toBe('role');
});

describe('a change after signing is seen', () => {
  it.each<[string, (r: ReturnType<typeof rpcV1>) => ReturnType<typeof rpcV1>]>([
    ['the method', (r) => ({ ...r, method: 'POST' })],
    ['a value', (r) => ({ ...r, query: with_(r.query, 'Action', 'DeleteRole') })],
    ['a parameter more', (r) => ({ ...r, query: with_(r.query, 'More', '1') })],
    [
      'a parameter more, in a form',
      (r) => ({
        ...altered(r, { 'content-type': 'application/x-www-form-urlencoded' }),
        body: Buffer.from('More=1'),
      }),
    ],
  ])('%s', (_what, change) => {
    const { world, keys, now } = signers();
    const signed = change(rpcV1(keys, now));
    expect(refusal(() => authenticateGateway(world, signed), keys)).toBe('400 SignatureDoesNotMatch');
  });
});

describe('refusals', () => {
  it.each(['AccessKeyId', 'Signature', 'SignatureNonce', 'SignatureMethod', 'Timestamp'])(
    '%s is mandatory',
    (name) => {
      const { world, keys, now } = signers();
      const signed = rpcV1(keys, now);
      const query = new URLSearchParams(signed.query);
      query.delete(name);
      expect(refusal(() => authenticateGateway(world, { ...signed, query }))).toBe(`400 Missing${name}`);
    },
  );

  it('a parameter in both places', () => {
    const { world, keys, now } = signers();
    const signed = { ...rpcV1(keys, now), body: Buffer.from('Action=DeleteRole') };
    expect(refusal(() => authenticateGateway(world, signed))).toBe('400 InvalidParameter.Action');
  });

  it('a body that is no form', () => {
    const { world, keys, now } = signers();
    const signed = {
      ...altered(rpcV1(keys, now), { 'content-type': 'application/json' }),
      body: Buffer.from('{}'),
    };
    expect(refusal(() => authenticateGateway(world, signed))).toBe('400 InvalidContentType');
  });

  it.each([{ SignatureMethod: 'HMAC-SHA256' }, { SignatureVersion: '2.0' }])(
    'another method: %o',
    (parameters) => {
      const { world, keys, now } = signers();
      const signed = rpcV1(keys, now, parameters);
      expect(refusal(() => authenticateGateway(world, signed))).toBe('400 InvalidParameter.SignatureMethod');
    },
  );

  it('a time that no client writes', () => {
    const { world, keys, now } = signers();
    const at = (Timestamp: string) =>
      refusal(() => authenticateGateway(world, rpcV1(keys, now, { Timestamp })));
    expect(at(new Date(now).toUTCString())).toBe('400 InvalidTimeStamp.Expired');
    // As ali-oss, aliyun-sdk and @alicloud/sts-sdk write it.
    expect(at(new Date(now).toISOString())).toBe('accepted');
  });

  it('an unsigned request', () => {
    const { world } = signers();
    expect(refusal(() => authenticateGateway(world, request({ target: '/?Action=GetRole' })))).toBe(
      '400 MissingAccessKeyId',
    );
  });

  it('at another path, which the signature does not cover', () => {
    const { world, keys, now } = signers();
    const signed = { ...rpcV1(keys, now), path: '/2023-03-30/functions/f' };
    expect(refusal(() => authenticateGateway(world, signed))).toBe('400 IncompleteSignature');
  });

  it('an old one, an unknown key, a wrong secret, one used twice', () => {
    const { world, keys, now } = signers();
    const send = (signed: ReturnType<typeof rpcV1>) =>
      refusal(() => authenticateGateway(world, signed), keys);
    expect(send(rpcV1(keys, now, { Timestamp: iso(now - 901_000) }))).toBe('400 InvalidTimeStamp.Expired');
    expect(send(rpcV1({ ...keys, accessKeyId: 'LTAI' }, now))).toBe('404 InvalidAccessKeyId.NotFound');
    expect(send(rpcV1({ ...keys, accessKeySecret: 'x' }, now))).toBe('400 SignatureDoesNotMatch');
    const once = rpcV1(keys, now);
    expect(send(once)).toBe('accepted');
    expect(send(once)).toBe('400 SignatureNonceUsed');
  });
});

function with_(query: URLSearchParams, name: string, value: string): URLSearchParams {
  const copy = new URLSearchParams(query);
  copy.set(name, value);
  return copy;
}
