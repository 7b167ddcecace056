import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import {
  authenticate,
  authenticateGateway,
  authenticateMns,
} from '../../../../local/cloud/signature/index.ts';
import { authenticateOss } from '../../../../local/cloud/signature/oss.ts';
import { authenticateSls } from '../../../../local/cloud/signature/sls.ts';
import { signers, words } from './setup.ts';
import { acs3, altered, fc, gmt, mns, request, roaV1, rpcV1 } from './sign.ts';
import { BUCKET, oss, sls, slsV4 } from './sign-oss-sls.ts';

type Cloud = ReturnType<typeof signers>;
const FORM = 'x-www-form-urlencoded';
const gateway = ({ world }: Cloud, signed: ReturnType<typeof request>) => authenticateGateway(world, signed);
const ofSls = ({ world }: Cloud, signed: ReturnType<typeof request>) =>
  authenticateSls(world, signed, '/logstores/l');
const wrongMd5 = {
  headers: { 'content-md5': createHash('md5').update('other').digest('base64') },
  body: 'b',
};

it.each<[string, (cloud: Cloud) => unknown, string]>([
  [
    'no signature',
    (c) => gateway(c, request({ target: '/api', headers: { authorization: 'Bearer x' } })),
    '400 IncompleteSignature: The request must be signed with ACS3-HMAC-SHA256, or with HMAC-SHA1 version 1.0: at the path / by parameters, at others by "acs key:signature".',
  ],
  [
    'ACS3: a header that is not signed',
    (c) => gateway(c, altered(acs3(c.keys, c.now), { 'x-acs-more': '1' })),
    '400 IncompleteSignature: The header x-acs-more is not among the signed headers.',
  ],
  [
    'ACS3: the host is not signed',
    (c) => {
      const signed = acs3(c.keys, c.now);
      const authorization = signed.headers['authorization']?.replace('=host;', '=');
      return gateway(c, altered(signed, { authorization }));
    },
    '400 IncompleteSignature: The header host is not among the signed headers.',
  ],
  [
    'ACS3: no date',
    (c) => gateway(c, acs3(c.keys, c.now, { headers: { 'x-acs-date': '' } })),
    '400 MissingTimestamp: The header x-acs-date is mandatory.',
  ],
  [
    'ACS3: another body',
    (c) => gateway(c, { ...acs3(c.keys, c.now, { body: 'a' }), body: Buffer.from('b') }),
    '400 SignatureDoesNotMatch: The header x-acs-content-sha256 is not the hash of the body.',
  ],
  [
    'ACS3: the nonce of another call',
    (c) => {
      const signed = acs3(c.keys, c.now);
      gateway(c, signed);
      return gateway(c, signed);
    },
    '400 SignatureNonceUsed: Specified signature nonce was used already.',
  ],
  [
    'RPC: an empty key',
    (c) => gateway(c, request({ target: '/?AccessKeyId=' })),
    '400 MissingAccessKeyId: AccessKeyId is mandatory for this action.',
  ],
  [
    'RPC: another method',
    (c) => gateway(c, rpcV1(c.keys, c.now, { SignatureVersion: '2.0' })),
    '400 InvalidParameter.SignatureMethod: Only HMAC-SHA1, version 1.0, is supported.',
  ],
  [
    'RPC: a parameter in both places',
    (c) => gateway(c, { ...rpcV1(c.keys, c.now), body: Buffer.from('Action=DeleteRole') }),
    '400 InvalidParameter.Action: The parameter Action is given more than once.',
  ],
  [
    'RPC: a body that is no form',
    (c) => gateway(c, request({ headers: { 'content-type': `multipart/${FORM}` }, body: 'A=1' })),
    '400 InvalidContentType: The body of an RPC request must be a form.',
  ],
  [
    'ROA: another method',
    (c) => gateway(c, roaV1(c.keys, c.now, { headers: { 'x-acs-signature-version': '2.0' } })),
    '400 InvalidParameter.SignatureMethod: Only HMAC-SHA1, version 1.0, is supported.',
  ],
  [
    'ROA: no date at all',
    (c) => gateway(c, altered(roaV1(c.keys, c.now), { date: undefined })),
    '400 MissingDate: The header date is mandatory.',
  ],
  [
    'ROA: another body',
    (c) => gateway(c, roaV1(c.keys, c.now, wrongMd5)),
    '400 InvalidContentMD5: The Content-MD5 is not that of the body.',
  ],
  [
    'MNS: no signature',
    (c) => authenticateMns(c.world, request({})),
    '400 MissingAuthorizationHeader: The Authorization header is mandatory.',
  ],
  [
    'MNS: no date',
    (c) => authenticateMns(c.world, altered(mns(c.keys, gmt(c.now)), { date: undefined })),
    '400 MissingDateHeader: The Date header is mandatory.',
  ],
  [
    'MNS: a date of another form',
    (c) => authenticateMns(c.world, mns(c.keys, 'today')),
    '400 InvalidDateHeader: The Date header is not a GMT date.',
  ],
  [
    'MNS: another body',
    (c) => authenticateMns(c.world, mns(c.keys, gmt(c.now), wrongMd5)),
    '400 InvalidDegist: The Content-MD5 is not that of the body.',
  ],
  [
    'MNS, version 4: another form',
    (c) => authenticateMns(c.world, request({ headers: { authorization: 'MNS4-HMAC-SHA256 x' } })),
    '400 InvalidAuthorizationHeader: The Authorization header is not "MNS4-HMAC-SHA256 Credential=key/date/region/mns/aliyun_v4_request,Signature=hex".',
  ],
  [
    'MNS, version 4: another region',
    (c) => {
      const scope = '20261123/eu-west-1/mns/aliyun_v4_request';
      const authorization = `MNS4-HMAC-SHA256 Credential=k/${scope},Signature=${'0'.repeat(64)}`;
      return authenticateMns(c.world, request({ headers: { authorization } }));
    },
    '403 SignatureDoesNotMatch: The request is signed for the region eu-west-1; this is cn-hangzhou.',
  ],
  [
    'FC: no date',
    (c) => authenticate(c.world, altered(fc(c.keys, gmt(c.now)), { date: undefined })),
    '400 MissingRequiredHeader: required HTTP header Date was not specified',
  ],
  [
    'FC: another body',
    (c) => authenticate(c.world, fc(c.keys, gmt(c.now), wrongMd5)),
    '400 InvalidArgument: The Content-MD5 header is not that of the body.',
  ],
  [
    'OSS: another body',
    (c) => authenticateOss(c.world, oss(c.keys, c.now, wrongMd5), BUCKET),
    '400 InvalidDigest: The Content-MD5 you specified is not that of the body.',
  ],
  [
    'SLS: no signature',
    (c) => ofSls(c, request({})),
    '401 Unauthorized: The Authorization header is not "LOG key:signature".',
  ],
  [
    'SLS: another body',
    (c) => ofSls(c, sls(c.keys, c.now, wrongMd5)),
    '400 InvalidContentMD5: Content-MD5 is not that of the body.',
  ],
  [
    'SLS, version 4: another body',
    (c) => ofSls(c, { ...slsV4(c.keys, c.now), body: Buffer.from('b') }),
    '401 SignatureNotMatch: x-log-content-sha256 is not the hash of the body.',
  ],
  [
    'SLS, version 4: of another product',
    (c) => {
      const signed = slsV4(c.keys, c.now);
      const authorization = signed.headers['authorization']?.replace('/sls/', '/mns/');
      return ofSls(c, altered(signed, { authorization }));
    },
    '401 Unauthorized: The Authorization header is not "LOG key:signature".',
  ],
  [
    'SLS, version 4: of another region',
    (c) => ofSls(c, slsV4(c.keys, c.now, { region: 'eu-west-1' })),
    '401 Unauthorized: The Authorization header is not "LOG key:signature".',
  ],
])('%s is told', (_what, send, refused) => {
  expect(words(() => send(signers()))).toBe(refused);
});
