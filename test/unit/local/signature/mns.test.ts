import { createHash, createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { authenticateMns } from '../../../../local/cloud/signature/index.ts';
import { mnsStringToSign } from '../../../../local/cloud/signature/mns.ts';
import { SECOND } from '../../../kit/time.ts';
import { refusal, signers } from './setup.ts';
import { altered, gmt, iso, mns, request } from './sign.ts';

describe("the vendor's examples", () => {
  it.each([
    {
      secret: 'ACCESS_KEY_SECRET',
      signed: request({
        method: 'PUT',
        headers: {
          'content-md5': '574683b3684e3cff610afa155cc2506d',
          'content-type': 'text/xml',
          date: 'Tue, 11 Apr 2017 10:09:19 GMT',
          'x-mns-version': '2015-06-06',
        },
      }),
      signature: 'A9zehggaYHHujmuRMxGIDrhWwx8=',
    },
    {
      secret: 'testSk',
      signed: request({ target: '/queues/TestQueue', headers: { date: 'Tue, 03 Jun 2025 11:23:48 GMT' } }),
      signature: 'uDJQXbk2xOhH95MDXmgbAGdtyE4=',
    },
  ])('$signature', ({ secret, signed, signature }) => {
    expect(createHmac('sha1', secret).update(mnsStringToSign(signed)).digest('base64')).toBe(signature);
  });
});

it('a signed request is the user who signed it', () => {
  const { world, keys, caller, now } = signers();
  expect(authenticateMns(world, mns(keys, gmt(now)))).toEqual(caller);
});

it('path and query are signed exactly as sent', () => {
  const { world, keys, now } = signers();
  const target = '/queues/q/messages?ReceiptHandle=1-ODU%2B&waitseconds=5';
  expect(refusal(() => authenticateMns(world, mns(keys, gmt(now), { target })))).toBe('accepted');
});

it('x-mns-date stands in the place of Date', () => {
  const { world, keys, now } = signers();
  const headers = { 'x-mns-date': gmt(now) };
  const stale = mns(keys, gmt(now - 86_400_000), { headers });
  expect(refusal(() => authenticateMns(world, stale))).toBe('accepted');
  expect(refusal(() => authenticateMns(world, altered(stale, { date: undefined })))).toBe('accepted');
});

it('the token of a session is not signed', () => {
  const { world, session, now } = signers();
  expect(authenticateMns(world, mns(session, gmt(now))).principal.type).toBe('role');
});

it('there is no nonce: a request may be repeated', () => {
  const { world, keys, now } = signers();
  const signed = mns(keys, gmt(now));
  authenticateMns(world, signed);
  expect(refusal(() => authenticateMns(world, signed))).toBe('accepted');
});

describe('Content-MD5', () => {
  const body = '<Message/>';
  const digest = createHash('md5').update(body).digest();
  it.each([
    ['the raw digest', digest.toString('base64'), 'accepted'],
    ['the hexadecimal text', Buffer.from(digest.toString('hex')).toString('base64'), 'accepted'],
    ['another body', createHash('md5').update('x').digest('base64'), '400 InvalidDegist'],
  ])('%s: %s', (_what, md5, expected) => {
    const { world, keys, now } = signers();
    const signed = mns(keys, gmt(now), { method: 'POST', headers: { 'content-md5': md5 }, body });
    expect(refusal(() => authenticateMns(world, signed))).toBe(expected);
  });
});

describe('refusals', () => {
  it.each<[string, Parameters<typeof altered>[1], string]>([
    ['no Authorization', { authorization: undefined }, '400 MissingAuthorizationHeader'],
    ['another Authorization', { authorization: 'Basic x' }, '400 InvalidAuthorizationHeader'],
    ['no date', { date: undefined }, '400 MissingDateHeader'],
    ['a date of another form', { date: iso(0) }, '400 InvalidDateHeader'],
    ['a header changed', { 'x-mns-version': '2016-01-01' }, '403 SignatureDoesNotMatch'],
    ['a header more', { 'x-mns-prefix': 'q' }, '403 SignatureDoesNotMatch'],
    ['a content type more', { 'content-type': 'text/xml' }, '403 SignatureDoesNotMatch'],
    ['a token for a user', { 'security-token': 't' }, '403 InvalidSecurityToken.MismatchWithAccessKey'],
  ])('%s: %s', (_what, changes, expected) => {
    const { world, keys, now } = signers();
    expect(refusal(() => authenticateMns(world, altered(mns(keys, gmt(now)), changes)), keys)).toBe(expected);
  });

  it('another target, key, secret, time', () => {
    const { world, keys, now } = signers();
    const send = (signed: ReturnType<typeof mns>) => refusal(() => authenticateMns(world, signed), keys);
    expect(send({ ...mns(keys, gmt(now)), target: '/queues/other' })).toBe('403 SignatureDoesNotMatch');
    expect(send(mns({ ...keys, accessKeyId: 'LTAI' }, gmt(now)))).toBe('403 InvalidAccessKeyId');
    expect(send(mns({ ...keys, accessKeySecret: 'x' }, gmt(now)))).toBe('403 SignatureDoesNotMatch');
    expect(send(mns(keys, gmt(now - 901_000)))).toBe('408 TimeExpired');
    expect(send(mns(keys, gmt(now + 901_000)))).toBe('408 TimeExpired');
  });

  it('a session over, or without its token', () => {
    const { world, clock, session, now } = signers();
    const bare = altered(mns(session, gmt(now)), { 'security-token': undefined });
    expect(refusal(() => authenticateMns(world, bare), session)).toBe('403 MissingSecurityToken');
    clock.advance(900 * SECOND);
    const late = mns(session, gmt(clock.now()));
    expect(refusal(() => authenticateMns(world, late), session)).toBe('403 InvalidSecurityToken.Expired');
  });
});
