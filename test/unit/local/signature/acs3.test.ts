import { describe, expect, it } from 'vitest';
import { authenticate, authenticateGateway } from '../../../../local/cloud/signature/index.ts';
import { MINUTE, SECOND } from '../../../kit/time.ts';
import { refusal, signers } from './setup.ts';
import { acs3, altered, iso } from './sign.ts';

it('a signed request is the user who signed it', () => {
  const { world, keys, caller, now } = signers();
  expect(authenticateGateway(world, acs3(keys, now))).toEqual(caller);
});

it('a session is the role that it is of', () => {
  const { world, session, now } = signers();
  expect(authenticate(world, acs3(session, now)).principal).toMatchObject({
    type: 'role',
    roleName: 'runner',
    sessionName: 'run',
  });
});

it.each(['/?B=2&A=1', "/?k=%20%2A~!'()%E4%B8%AD", '/api/v1/instances', '/a%20b/c?x', '/?A=2&A=1'])(
  '%s is signed as sent',
  (target) => {
    const { world, keys, now } = signers();
    expect(refusal(() => authenticateGateway(world, acs3(keys, now, { target })))).toBe('accepted');
  },
);

describe('a change after signing is seen', () => {
  it.each<[string, (r: ReturnType<typeof acs3>) => ReturnType<typeof acs3>]>([
    ['the method', (r) => ({ ...r, method: 'GET' })],
    ['the path', (r) => ({ ...r, path: '/b', target: '/b?RoleName=x' })],
    ['the query', (r) => ({ ...r, target: '/?RoleName=y', query: new URLSearchParams('RoleName=y') })],
    ['a parameter more', (r) => ({ ...r, query: new URLSearchParams('RoleName=x&More=1') })],
    ['the body', (r) => ({ ...r, body: Buffer.from('b') })],
    [
      'the hash of the body',
      (r) => altered({ ...r, body: Buffer.from('') }, { 'x-acs-content-sha256': 'e3b0' }),
    ],
    ['the action', (r) => altered(r, { 'x-acs-action': 'DeleteRole' })],
    ['the host', (r) => altered(r, { host: 'sts.aliyuncs.com' })],
    ['the nonce', (r) => altered(r, { 'x-acs-signature-nonce': 'other' })],
  ])('%s', (_what, change) => {
    const { world, keys, now } = signers();
    const signed = acs3(keys, now, { target: '/?RoleName=x', body: 'a' });
    expect(refusal(() => authenticateGateway(world, change(signed)), keys)).toBe('400 SignatureDoesNotMatch');
    expect(world.nonces.size).toBe(0);
  });
});

describe('what must be signed', () => {
  it.each(['x-acs-more', 'x-acs-security-token'])('a header %s that is not', (name) => {
    const { world, keys, now } = signers();
    expect(refusal(() => authenticateGateway(world, altered(acs3(keys, now), { [name]: '1' })))).toBe(
      '400 IncompleteSignature',
    );
  });

  it.each([
    ['x-acs-date', '400 MissingTimestamp'],
    ['x-acs-signature-nonce', '400 MissingSignatureNonce'],
    ['x-acs-content-sha256', '400 MissingContentSha256'],
  ])('%s is mandatory', (name, expected) => {
    const { world, keys, now } = signers();
    const empty = acs3(keys, now, { headers: { [name]: '' } });
    expect(refusal(() => authenticateGateway(world, empty))).toBe(expected);
    expect(refusal(() => authenticateGateway(world, altered(acs3(keys, now), { [name]: undefined })))).toBe(
      expected,
    );
  });

  it.each([
    'ACS3-HMAC-SHA256 nonsense',
    'ACS3-HMAC-SM3 Credential=a,SignedHeaders=b,Signature=c',
    'Bearer x',
    'FC a:b',
    '',
  ])('an Authorization of another form: %s', (authorization) => {
    const { world, keys, now } = signers();
    const broken = altered(acs3(keys, now), { authorization });
    expect(refusal(() => authenticateGateway(world, broken))).toBe('400 IncompleteSignature');
  });
});

describe('keys', () => {
  it('an unknown key', () => {
    const { world, keys, now } = signers();
    const unknown = acs3({ ...keys, accessKeyId: 'LTAInobody' }, now);
    expect(refusal(() => authenticateGateway(world, unknown), keys)).toBe('404 InvalidAccessKeyId.NotFound');
  });

  it('a wrong secret', () => {
    const { world, keys, now } = signers();
    const wrong = acs3({ ...keys, accessKeySecret: 'guess' }, now);
    expect(refusal(() => authenticateGateway(world, wrong), keys)).toBe('400 SignatureDoesNotMatch');
  });

  it('a disabled key', () => {
    const { world, owner, keys, now } = signers();
    const key = owner.ram.accessKeys.get(keys.accessKeyId);
    if (key !== undefined) key.active = false;
    expect(refusal(() => authenticateGateway(world, acs3(keys, now)))).toBe(
      '403 InvalidAccessKeyId.Inactive',
    );
  });

  it('the header x-acs-accesskey-id names another', () => {
    const { world, session, now } = signers();
    const other = acs3(session, now, { headers: { 'x-acs-accesskey-id': 'STS.other' } });
    expect(refusal(() => authenticateGateway(world, other))).toBe('400 SignatureDoesNotMatch');
  });
});

describe('time', () => {
  it.each([
    [-15 * MINUTE, 'accepted'],
    [15 * MINUTE, 'accepted'],
    [-15 * MINUTE - 1000, '400 InvalidTimeStamp.Expired'],
    [15 * MINUTE + 1000, '400 InvalidTimeStamp.Expired'],
  ])('%i ms off: %s', (off, expected) => {
    const { world, keys, now } = signers();
    expect(refusal(() => authenticateGateway(world, acs3(keys, now + off)))).toBe(expected);
  });

  it('a date that cannot be read', () => {
    const { world, keys, now } = signers();
    const odd = acs3(keys, now, { headers: { 'x-acs-date': iso(now).replace('Z', '+08:00') } });
    expect(refusal(() => authenticateGateway(world, odd))).toBe('400 InvalidTimeStamp.Expired');
  });
});

describe('nonces', () => {
  it('a request counts once', () => {
    const { world, keys, now } = signers();
    const signed = acs3(keys, now);
    expect(refusal(() => authenticateGateway(world, signed))).toBe('accepted');
    expect(refusal(() => authenticateGateway(world, signed))).toBe('400 SignatureNonceUsed');
  });

  it('two keys may use the same', () => {
    const { world, keys, session, now } = signers();
    const headers = { 'x-acs-signature-nonce': 'same' };
    authenticateGateway(world, acs3(keys, now, { headers }));
    expect(refusal(() => authenticateGateway(world, acs3(session, now, { headers })))).toBe('accepted');
  });

  it('a request from the future cannot be repeated while its time is accepted', () => {
    const { world, clock, keys, now } = signers();
    const ahead = acs3(keys, now + 15 * MINUTE);
    authenticateGateway(world, ahead);
    clock.advance(30 * MINUTE);
    expect(refusal(() => authenticateGateway(world, ahead))).toBe('400 SignatureNonceUsed');
    clock.advance(SECOND);
    expect(refusal(() => authenticateGateway(world, ahead))).toBe('400 InvalidTimeStamp.Expired');
  });

  it('are forgotten after the window', () => {
    const { world, clock, keys } = signers();
    for (let i = 0; i < 10; i += 1) authenticateGateway(world, acs3(keys, clock.now()));
    expect(world.nonces.size).toBe(10);
    clock.advance(31 * MINUTE);
    authenticateGateway(world, acs3(keys, clock.now()));
    expect(world.nonces.size).toBe(1);
  });
});

describe('tokens', () => {
  it('a session key without its token', () => {
    const { world, session, now } = signers();
    const { accessKeyId, accessKeySecret } = session;
    const bare = acs3({ accessKeyId, accessKeySecret }, now);
    expect(refusal(() => authenticateGateway(world, bare), session)).toBe('400 MissingSecurityToken');
  });

  it("another session's token", () => {
    const { world, session, newSession, now } = signers();
    const { securityToken = '' } = newSession();
    const mixed = acs3({ ...session, securityToken }, now);
    expect(refusal(() => authenticateGateway(world, mixed), session)).toBe(
      '400 InvalidSecurityToken.MismatchWithAccessKey',
    );
  });

  it("a user's key with a token", () => {
    const { world, keys, session, now } = signers();
    const mixed = acs3({ ...session, ...keys }, now);
    expect(refusal(() => authenticateGateway(world, mixed), session)).toBe(
      '400 InvalidSecurityToken.MismatchWithAccessKey',
    );
  });

  it('a token that was never given', () => {
    const { world, session, now } = signers();
    const made = acs3({ ...session, securityToken: 'made-up' }, now);
    expect(refusal(() => authenticateGateway(world, made), session)).toBe(
      '400 InvalidSecurityToken.Malformed',
    );
  });

  it('a session ends when its time is over', () => {
    const { world, clock, session } = signers();
    clock.advance(899 * SECOND);
    expect(refusal(() => authenticateGateway(world, acs3(session, clock.now())))).toBe('accepted');
    clock.advance(SECOND);
    expect(refusal(() => authenticateGateway(world, acs3(session, clock.now())), session)).toBe(
      '400 InvalidSecurityToken.Expired',
    );
  });
});
