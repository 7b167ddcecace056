import { NoCredentialsError } from '../shared/alicloud/default-credentials.ts';
import { CloudError, isDenied } from '../shared/alicloud/errors.ts';
import type { Failure } from '../shared/alicloud/failure.ts';
import { CredentialsFaultError } from '../shared/alicloud/key-faults.ts';
import { namedProxy, ProxySettingError } from '../shared/alicloud/proxy-setting.ts';

/** What went wrong with a call, and what to do about it, in one sentence for people. Null for an error of another kind. */
export function explainCloud(error: unknown): string | null {
  if (error instanceof NoCredentialsError)
    return `${error.message}; set ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET, or run "aliyun configure"`;
  if (error instanceof CredentialsFaultError || error instanceof ProxySettingError) return error.message;
  const failure = failureIn(error);
  return failure === null ? null : explainFailure(failure.failure, failure.message);
}

/** The failed call behind an error, however deep in its causes. */
export function failureIn(error: unknown): CloudError | null {
  for (let one = error; one instanceof Error; one = one.cause) if (one instanceof CloudError) return one;
  return null;
}

/** OpenSSL's words for a certificate that nobody known has signed. */
const OTHER_AUTHORITY =
  /^(UNABLE_TO_(VERIFY_LEAF_SIGNATURE|GET_ISSUER_CERT(_LOCALLY)?)|(DEPTH_ZERO_)?SELF_SIGNED_CERT(_IN_CHAIN)?)$/;

function explainFailure(failure: Failure, message: string): string {
  const { code, status } = failure;
  const proxy = namedProxy();
  if (code === 'ProxyRefused407')
    return `${message}; the proxy ${proxy} asks for a name and a password, or for others: put them before its host, as in http://user:password@host:port`;
  if (/^Proxy/.test(code))
    return `${message}; the proxy ${proxy} did not make the connection: ask whoever runs it, or except the host with NO_PROXY`;
  if (OTHER_AUTHORITY.test(code))
    return `${message}; the certificate is of an authority that Node.js does not know, ${proxy === null ? 'as behind a proxy that looks into https' : `such as that of the proxy ${proxy}`}: put its certificate into a file and set NODE_EXTRA_CA_CERTS to the path`;
  if (status === 0)
    return `${message}; check the network, the region and ${proxy === null ? 'that no proxy is needed (HTTPS_PROXY)' : `the proxy ${proxy}`}`;
  if (/Expired$/.test(code) && /SecurityToken/.test(code))
    return `${message}: the session that these credentials belong to has expired; log in again`;
  if (
    /^(InvalidAccessKeyId|InvalidSecurityToken|SignatureDoesNotMatch|IncompleteSignature|Unauthorized)/.test(
      code,
    )
  )
    return `${message}: the credentials are not accepted; check the access key, its secret and, if there is one, its token`;
  if (/^(InvalidTimeStamp|TimeExpired)/.test(code))
    return `${message}: the clock of this machine is wrong by more than 15 minutes; set it`;
  if (isDenied(failure)) {
    const action = failure.denied?.action;
    return `${message}; ${action === undefined ? 'the RAM user or role that runs this lacks the right' : `allow ${action} to the RAM user or role that runs this`}`;
  }
  return message;
}
