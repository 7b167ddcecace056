import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { authenticate } from '../../../../local/cloud/signature/index.ts';
import { refusal, signers } from './setup.ts';
import { altered, fc, gmt } from './sign.ts';

it('a signed request is the user who signed it', () => {
  const { world, keys, caller, now } = signers();
  expect(authenticate(world, fc(keys, gmt(now)))).toEqual(caller);
});

it('the token is signed with the other x-fc headers', () => {
  const { world, session, now } = signers();
  const signed = fc(session, gmt(now));
  expect(authenticate(world, signed).principal.type).toBe('role');
  const without = altered(signed, { 'x-fc-security-token': undefined });
  expect(refusal(() => authenticate(world, without), session)).toBe('403 SignatureNotMatch');
});

it('the path is signed decoded', () => {
  const { world, keys, now } = signers();
  expect(
    refusal(() => authenticate(world, fc(keys, gmt(now), { target: '/2023-03-30/functions/a%20b' }))),
  ).toBe('accepted');
});

it.each<[string, Parameters<typeof altered>[1], string]>([
  ['another Authorization', { authorization: 'FC nonsense' }, '403 SignatureNotMatch'],
  ['no date', { date: undefined }, '400 MissingRequiredHeader'],
  ['a header more', { 'x-fc-invocation-type': 'Async' }, '403 SignatureNotMatch'],
  ['a wrong digest', { 'content-md5': 'x' }, '403 SignatureNotMatch'],
])('%s: %s', (_what, changes, expected) => {
  const { world, keys, now } = signers();
  expect(refusal(() => authenticate(world, altered(fc(keys, gmt(now)), changes)), keys)).toBe(expected);
});

it('another body than its digest', () => {
  const { world, keys, now } = signers();
  const headers = { 'content-md5': createHash('md5').update('a').digest('base64') };
  expect(refusal(() => authenticate(world, fc(keys, gmt(now), { headers, body: 'a' })))).toBe('accepted');
  expect(refusal(() => authenticate(world, fc(keys, gmt(now), { headers, body: 'b' })))).toBe(
    '400 InvalidArgument',
  );
});

it('another path, key, time', () => {
  const { world, keys, now } = signers();
  const send = (signed: ReturnType<typeof fc>) => refusal(() => authenticate(world, signed), keys);
  expect(send({ ...fc(keys, gmt(now)), path: '/2023-03-30/functions/g/invocations' })).toBe(
    '403 SignatureNotMatch',
  );
  expect(send(fc({ ...keys, accessKeyId: 'LTAI' }, gmt(now)))).toBe('403 InvalidAccessKeyID');
  expect(send(fc(keys, gmt(now - 901_000)))).toBe('403 AccessDenied');
});
