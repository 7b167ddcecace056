import { expect, it } from 'vitest';
import { authenticateMns } from '../../../../local/cloud/signature/index.ts';
import { mnsV4Signature } from '../../../../local/cloud/signature/mns-v4.ts';
import { refusal, signers } from './setup.ts';
import { altered, type Draft, gmt, request } from './sign.ts';

const scopeOf = (day: string, region: string): string => `${day}/${region}/mns/aliyun_v4_request`;

/** Vectors that the vendor publishes beside its Java client. */
it.each([
  {
    what: 'a query with spaces, brackets and letters of another script',
    secret: 'sk1',
    scope: scopeOf('20250603', 'region1'),
    date: 'Tue, 03 Jun 2025 10:52:35 GMT',
    draft: {
      method: 'POST',
      target: `/queues/TestQueue/?${new URLSearchParams({ param1: 'abc', PARAM2: 'd  ef', PARAM3: '[def]#bbb', PARAM4: '中文参数' })}`,
    },
    signature: '1fc6013f158d4c3aba09570895a2a93c8445c2c5213d82a1463baf602cf0d945',
  },
  {
    what: 'headers of its own',
    secret: 'skkkkkkk1111111111',
    scope: scopeOf('20251203', 'region2'),
    date: 'Wed, 03 Dec 2025 11:23:48 GMT',
    draft: {
      method: 'PUT',
      target: '/queues/TestQueue123456',
      headers: { 'x-mns-abc': 'kkk', 'x-mns-sss': '2015-06-06xFFF', 'x-kkk-def': 'jjj' },
    },
    signature: '04f1e5f929b5aaac3af6a54970f591581ecd2aade2562f926c5f2ec5d5c8cfad',
  },
  {
    what: 'type and hash of the body',
    secret: 'skkkkkk2222222222',
    scope: scopeOf('20251204', 'eu-west-1'),
    date: 'Thu, 04 Dec 2025 06:32:35 GMT',
    draft: {
      target: '/queues',
      headers: {
        'x-mns-version': '2015-06-30',
        'x-mns-ttt': '1',
        'x-mns-uuuuu': 'FALse',
        'content-type': 'application/json',
        'content-md5': '0d9d2ce750000593eb34f00',
      },
    },
    signature: '294f776a2d5726df679b54b081ab8126a199a2545c8c8a7a875adff0b386e458',
  },
] satisfies readonly {
  what: string;
  secret: string;
  scope: string;
  date: string;
  draft: Draft;
  signature: string;
}[])('version 4 signs $what', ({ secret, scope, date, draft, signature }) => {
  expect(mnsV4Signature(secret, { scope }, request(draft), date)).toBe(signature);
});

/** A request that a world's user has signed by version 4, in a region. */
function signedV4(region = 'cn-hangzhou') {
  const { world, keys, caller, now } = signers();
  const date = gmt(now);
  const bare = request({ target: '/queues/q', headers: { date, 'x-mns-version': '2015-06-06' } });
  const scope = scopeOf(new Date(now).toISOString().slice(0, 10).replaceAll('-', ''), region);
  const signature = mnsV4Signature(keys.accessKeySecret, { scope }, bare, date);
  const authorization = `MNS4-HMAC-SHA256 Credential=${keys.accessKeyId}/${scope},Signature=${signature}`;
  return { world, keys, caller, signed: altered(bare, { authorization }) };
}

it('a request that version 4 signs is the user who signed it', () => {
  const { world, caller, signed } = signedV4();
  expect(authenticateMns(world, signed)).toEqual(caller);
});

it.each<[string, Parameters<typeof altered>[1], string]>([
  ['a header changed', { 'x-mns-version': '2016-01-01' }, '403 SignatureDoesNotMatch'],
  ['a header more', { 'x-mns-prefix': 'q' }, '403 SignatureDoesNotMatch'],
  ['another form', { authorization: 'MNS4-HMAC-SHA256 Credential=x' }, '400 InvalidAuthorizationHeader'],
  ['no date', { date: undefined }, '400 MissingDateHeader'],
])('%s: %s', (_what, changes, expected) => {
  const { world, keys, signed } = signedV4();
  expect(refusal(() => authenticateMns(world, altered(signed, changes)), keys)).toBe(expected);
});

it('another region is refused', () => {
  const { world, keys, signed } = signedV4('eu-west-1');
  expect(refusal(() => authenticateMns(world, signed), keys)).toBe('403 SignatureDoesNotMatch');
});
