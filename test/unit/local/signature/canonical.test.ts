import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { RestRequest } from '../../../../local/cloud/rest.ts';
import {
  authenticate,
  authenticateGateway,
  authenticateMns,
} from '../../../../local/cloud/signature/index.ts';
import { authenticateOss } from '../../../../local/cloud/signature/oss.ts';
import { authenticateSls } from '../../../../local/cloud/signature/sls.ts';
import { signers, words } from './setup.ts';
import { acs3, altered, fc, gmt, mns, roaV1, rpcV1 } from './sign.ts';
import { BUCKET, oss, sls, slsV4 } from './sign-oss-sls.ts';

type Cloud = ReturnType<typeof signers>;
const gateway = ({ world }: Cloud, signed: RestRequest) => authenticateGateway(world, signed);
const atSls = ({ world }: Cloud, signed: RestRequest) => authenticateSls(world, signed, '/logstores/l');
const atOss = ({ world }: Cloud, signed: RestRequest) => authenticateOss(world, signed, BUCKET);

/** As a client may send it whose query and headers are in no order. */
const reversed = (signed: RestRequest): RestRequest => ({
  ...signed,
  query: new URLSearchParams([...signed.query].reverse()),
  headers: Object.fromEntries(Object.entries(signed.headers).reverse()),
});

describe('accepted is', () => {
  const md5 = (body: string) => createHash('md5').update(body).digest('hex');
  it.each<[string, (c: Cloud) => unknown]>([
    ['ACS3, out of order', (c) => gateway(c, reversed(acs3(c.keys, c.now, { target: '/?c=1&b=2&b=1&a=x' })))],
    [
      'ACS3, with names of headers out of order and in capitals',
      (c) => {
        const signed = acs3(c.keys, c.now);
        const authorization = signed.headers['authorization']?.replace(
          /SignedHeaders=([^,]+),/,
          (_, names: string) => `SignedHeaders=${names.toUpperCase().split(';').reverse().join(';')}, `,
        );
        return gateway(c, altered(signed, { authorization }));
      },
    ],
    [
      'ACS3, with a path that is escaped otherwise',
      (c) => gateway(c, { ...acs3(c.keys, c.now, { target: '/a%20b%2Ac~d' }), target: '/a+b*c%7Ed' }),
    ],
    [
      'ACS3, with a signed header that is empty and was lost on the way',
      (c) => gateway(c, altered(acs3(c.keys, c.now, { headers: { via: '' } }), { via: undefined })),
    ],
    ['RPC, out of order', (c) => gateway(c, reversed(rpcV1(c.keys, c.now, { B: '2', A: '1' })))],
    [
      'RPC without a body, whatever type it has',
      (c) => gateway(c, altered(rpcV1(c.keys, c.now), { 'content-type': 'application/json' })),
    ],
    [
      'RPC in a form of a character set',
      (c) =>
        gateway(
          c,
          altered(rpcV1(c.keys, c.now, {}, 'POST'), {
            'content-type': 'APPLICATION/x-www-form-urlencoded; charset=utf-8',
          }),
        ),
    ],
    [
      'RPC at a service that takes the signature of Function Compute',
      (c) => authenticate(c.world, rpcV1(c.keys, c.now)),
    ],
    ['ROA, out of order', (c) => gateway(c, reversed(roaV1(c.keys, c.now, { target: '/p?c=1&b&a=x' })))],
    [
      'MNS with all that is signed, out of order',
      (c) => {
        const headers = {
          'content-type': 'text/xml',
          'content-md5': md5('b'),
          'x-mns-a': '1',
          'x-mns-z': '2',
        };
        return authenticateMns(c.world, reversed(mns(c.keys, gmt(c.now), { headers, body: 'b' })));
      },
    ],
    [
      'MNS with an empty hash',
      (c) => authenticateMns(c.world, mns(c.keys, gmt(c.now), { headers: { 'content-md5': '' }, body: 'b' })),
    ],
    [
      'FC with all that is signed, out of order',
      (c) => {
        const headers = {
          'content-type': 'text/plain',
          'content-md5': md5('b'),
          'x-fc-a': '1',
          'x-fc-z': '2',
        };
        return authenticate(c.world, reversed(fc(c.keys, gmt(c.now), { headers, body: 'b' })));
      },
    ],
    [
      'OSS with all that is signed, out of order',
      (c) => {
        const headers = {
          'content-type': 'application/zip',
          'content-md5': md5('b'),
          'x-oss-z': '1',
          'x-oss-a': '2',
          'not-x-oss-c': '3',
        };
        return atOss(c, reversed(oss(c.keys, c.now, { headers, body: 'b' })));
      },
    ],
    [
      'OSS with the date in a header of its own',
      (c) => atOss(c, oss(c.keys, c.now, { headers: { date: gmt(0), 'x-oss-date': gmt(c.now) } })),
    ],
    [
      'SLS with all that is signed, out of order',
      (c) => {
        const headers = {
          'content-type': 'application/json',
          'content-md5': md5('b').toUpperCase(),
          'x-acs-z': '1',
          'not-x-log-a': '2',
          'x-log-dates': '3',
        };
        return atSls(c, reversed(sls(c.keys, c.now, { headers, body: 'b' })));
      },
    ],
    [
      'SLS by SHA-256',
      (c) => atSls(c, sls(c.keys, c.now, { headers: { 'x-log-signaturemethod': 'hmac-sha256' } })),
    ],
    ['SLS without a query', (c) => atSls(c, sls(c.keys, c.now, { target: '/logstores/l' }))],
    [
      'SLS with a copy of the date',
      (c) => atSls(c, sls(c.keys, c.now, { headers: { 'x-log-date': gmt(0) } })),
    ],
    [
      'SLS with such a copy alone',
      (c) => {
        const signed = sls(c.keys, c.now);
        return atSls(c, altered(signed, { date: undefined, 'x-log-date': signed.headers['date'] }));
      },
    ],
    [
      'SLS, version 4, out of order',
      (c) => atSls(c, reversed(slsV4(c.keys, c.now, { headers: { 'x-acs-a': '1' } }))),
    ],
  ])('%s', (_what, send) => {
    expect(words(() => send(signers()))).toBe('accepted');
  });
});

it.each(['0', '1'])('an ROA client sends no nonce, and the same request %s times more', (times) => {
  const { world, keys, now } = signers();
  const signed = roaV1(keys, now, { headers: { 'x-acs-signature-nonce': '' } });
  for (let n = 0; n <= Number(times); n += 1)
    expect(words(() => authenticateGateway(world, signed))).toBe('accepted');
});
