import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { explainCloud, failureIn } from '../../../client/explain.ts';
import { NoCredentialsError } from '../../../shared/alicloud/default-credentials.ts';
import { toHandshakeError } from '../../../shared/alicloud/errors.ts';
import type { Failure } from '../../../shared/alicloud/failure.ts';
import { CredentialsFaultError } from '../../../shared/alicloud/key-faults.ts';
import { ProxySettingError } from '../../../shared/alicloud/proxy-setting.ts';
import { cloudError } from '../alicloud/setup.ts';

beforeEach(() => {
  for (const name of ['https_proxy', 'http_proxy', 'all_proxy'])
    for (const one of [name, name.toUpperCase()]) vi.stubEnv(one, undefined);
});
afterEach(() => {
  vi.unstubAllEnvs();
});

const said = (rest: Partial<Failure>) => explainCloud(cloudError(rest));
const NOT_ACCEPTED =
  'the credentials are not accepted; check the access key, its secret and, if there is one, its token';
const UNKNOWN_AUTHORITY = 'the certificate is of an authority that Node.js does not know';
const EXTRA = 'put its certificate into a file and set NODE_EXTRA_CA_CERTS to the path';

describe('what went wrong with a call', () => {
  it('is said of errors that say it themselves', () => {
    expect(explainCloud(new NoCredentialsError('none were found'))).toBe(
      'none were found; set ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET, or run "aliyun configure"',
    );
    expect(explainCloud(new CredentialsFaultError('a fault'))).toBe('a fault');
    expect(explainCloud(new ProxySettingError('a setting'))).toBe('a setting');
  });

  it('is not said of an error of another kind', () => {
    expect([explainCloud(new Error('x')), explainCloud('x'), explainCloud(undefined)]).toEqual([
      null,
      null,
      null,
    ]);
  });

  it('is found however deep in its causes', () => {
    const cause = cloudError({ code: 'X' });
    const error = new Error('outer', { cause: toHandshakeError(cause, 1) });
    expect(failureIn(error)).toBe(cause);
    expect(explainCloud(error)).toBe('RAM GetRole: X (HTTP 400)');
  });

  it.each<[code: string, status: number, text: string]>([
    ['X', 400, 'RAM GetRole: X (HTTP 400)'],
    [
      'ECONNRESET',
      0,
      'RAM GetRole: no answer (ECONNRESET); check the network, the region and that no proxy is needed (HTTPS_PROXY)',
    ],
    [
      'InvalidSecurityToken.Expired',
      403,
      'RAM GetRole: InvalidSecurityToken.Expired (HTTP 403): the session that these credentials belong to has expired; log in again',
    ],
    [
      'SecurityTokenExpired',
      403,
      'RAM GetRole: SecurityTokenExpired (HTTP 403): the session that these credentials belong to has expired; log in again',
    ],
    ...[
      'InvalidAccessKeyId.NotFound',
      'InvalidSecurityToken.Malformed',
      'InvalidSecurityToken.ExpiredX',
      'SignatureDoesNotMatch',
      'IncompleteSignature',
      'Unauthorized',
    ].map((code): [string, number, string] => [
      code,
      404,
      `RAM GetRole: ${code} (HTTP 404): ${NOT_ACCEPTED}`,
    ]),
    ...['InvalidTimeStamp.Expired', 'TimeExpired'].map((code): [string, number, string] => [
      code,
      400,
      `RAM GetRole: ${code} (HTTP 400): the clock of this machine is wrong by more than 15 minutes; set it`,
    ]),
    ['XInvalidAccessKeyId', 400, 'RAM GetRole: XInvalidAccessKeyId (HTTP 400)'],
    ['XTimeExpired', 400, 'RAM GetRole: XTimeExpired (HTTP 400)'],
    ...['XSELF_SIGNED_CERT_IN_CHAIN', 'SELF_SIGNED_CERT_IN_CHAINX'].map((code): [string, number, string] => [
      code,
      0,
      `RAM GetRole: no answer (${code}); check the network, the region and that no proxy is needed (HTTPS_PROXY)`,
    ]),
    ['NotAProxy', 400, 'RAM GetRole: NotAProxy (HTTP 400)'],
    [
      'NoPermission',
      403,
      'RAM GetRole: NoPermission (HTTP 403); the RAM user or role that runs this lacks the right',
    ],
    ...[
      'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
      'UNABLE_TO_GET_ISSUER_CERT',
      'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
      'SELF_SIGNED_CERT_IN_CHAIN',
      'DEPTH_ZERO_SELF_SIGNED_CERT',
    ].map((code): [string, number, string] => [
      code,
      0,
      `RAM GetRole: no answer (${code}); ${UNKNOWN_AUTHORITY}, as behind a proxy that looks into https: ${EXTRA}`,
    ]),
  ])('%s (HTTP %i) is put into words', (code, status, text) => {
    expect(said({ code, status })).toBe(text);
  });

  it('names the action that is to be allowed, where the service does', () => {
    expect(said({ code: 'NoPermission', status: 403, denied: { action: 'ram:GetRole', by: 'x' } })).toBe(
      'RAM GetRole: NoPermission (HTTP 403): ram:GetRole is not allowed (x); allow ram:GetRole to the RAM user or role that runs this',
    );
  });

  it.each([
    [
      'ProxyRefused407',
      'the proxy p:1 of HTTPS_PROXY asks for a name and a password, or for others: put them before its host, as in http://user:password@host:port',
    ],
    [
      'ProxyRefused403',
      'the proxy p:1 of HTTPS_PROXY did not make the connection: ask whoever runs it, or except the host with NO_PROXY',
    ],
    [
      'ProxyFailed502',
      'the proxy p:1 of HTTPS_PROXY did not make the connection: ask whoever runs it, or except the host with NO_PROXY',
    ],
    [
      'SELF_SIGNED_CERT_IN_CHAIN',
      `${UNKNOWN_AUTHORITY}, such as that of the proxy p:1 of HTTPS_PROXY: ${EXTRA}`,
    ],
    ['ECONNREFUSED', 'check the network, the region and the proxy p:1 of HTTPS_PROXY'],
  ])('%s behind a proxy names it', (code, text) => {
    vi.stubEnv('HTTPS_PROXY', 'http://u:hunter2@p:1');
    expect(said({ code, status: 0 })).toBe(`RAM GetRole: no answer (${code}); ${text}`);
  });
});
