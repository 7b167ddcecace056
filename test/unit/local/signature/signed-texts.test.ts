import { createHmac } from 'node:crypto';
import { expect, it } from 'vitest';
import { httpTime, isoTime } from '../../../../local/cloud/signature/date.ts';
import { fcStringToSign } from '../../../../local/cloud/signature/fc.ts';
import { mnsStringToSign } from '../../../../local/cloud/signature/mns.ts';
import { mnsV4Signature } from '../../../../local/cloud/signature/mns-v4.ts';
import { ossStringToSign } from '../../../../local/cloud/signature/oss.ts';
import { request } from './sign.ts';

it('the texts that are signed', () => {
  const headers = { date: 'D', 'content-type': 'T', 'content-md5': 'M' };
  const own = (name: string) => ({ [`x-${name}-z`]: '1', [`x-${name}-a`]: '2', [`not-x-${name}-b`]: '3' });
  const target = '/2016-08-15/proxy/s/f?b=1&a=%20x';
  const at = (name: string, more: object = {}) =>
    request({ method: 'PUT', target, headers: { ...headers, ...own(name), ...more } });
  expect(fcStringToSign(at('fc'))).toBe('PUT\nM\nT\nD\nx-fc-a:2\nx-fc-z:1\n/2016-08-15/proxy/s/f\na= x\nb=1');
  for (const path of ['/2016-08-15/proxies/x', '/a/b/proxy/x', '//proxy/x'])
    expect(fcStringToSign({ ...at('fc'), path })).toBe(`PUT\nM\nT\nD\nx-fc-a:2\nx-fc-z:1\n${path}`);
  expect(fcStringToSign(request({ target: '/x' }))).toBe('GET\n\n\n\n/x');
  expect(ossStringToSign(at('oss', { 'x-oss-date': 'O' }), 'b')).toBe(
    'PUT\nM\nT\nO\nx-oss-a:2\nx-oss-date:O\nx-oss-z:1\n/b/2016-08-15/proxy/s/f',
  );
  expect(ossStringToSign(request({ target: '/x' }), 'b')).toBe('GET\n\n\n\n/b/x');
  expect(mnsStringToSign(at('mns'))).toBe(`PUT\nM\nT\nD\nx-mns-a:2\nx-mns-z:1\n${target}`);
});

it('MNS, version 4, signs a query in order, without blanks at the ends', () => {
  const scope = '20261123/cn-hangzhou/mns/aliyun_v4_request';
  const headers = { 'x-mns-z': '1', 'x-mns-a': '2', 'content-type': 'T', 'x-other': 'o' };
  const sent = request({ target: '/queues/%C3%A9?%20B%20=%20x%20&c=&a=1', headers });
  const text = `MNS4-HMAC-SHA256\n20261123T100000Z\n${scope}\nGET\n/queues/%C3%A9\na=1&b=x&c\ncontent-type:T\nx-mns-a:2\nx-mns-z:1\n\n`;
  const hmac = (key: string | Buffer, part: string) => createHmac('sha256', key).update(part).digest();
  const key = scope.split('/').reduce<string | Buffer>(hmac, 'aliyun_v4secret');
  expect(mnsV4Signature('secret', { scope }, sent, 'Mon, 23 Nov 2026 10:00:00 GMT')).toBe(
    hmac(key, text).toString('hex'),
  );
});

it('dates are read as a whole', () => {
  const [iso, http] = ['2026-11-23T10:00:00Z', 'Mon, 23 Nov 2026 10:00:00 GMT'];
  expect([isoTime(iso), isoTime('2026-11-23T10:00:00.5Z'), httpTime(http)]).toEqual([
    1795428000000, 1795428000500, 1795428000000,
  ]);
  const odd = [`(x)${iso}`, `${iso} (x)`, `(x) ${http}`, `${http} (x)`, `${http}+0100`];
  for (const text of odd)
    expect([text, isoTime(text), httpTime(text)]).toEqual([text, Number.NaN, Number.NaN]);
});
