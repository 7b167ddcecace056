import './silence-debug.ts';

import { millis } from '../runtime/clock.ts';
import { Credentials } from './credentials.ts';

/** No credentials were found. */
export class NoCredentialsError extends Error {
  override readonly name = 'NoCredentialsError';
}

/**
 * Keys from the vendor's default chain: `ALIBABA_CLOUD_ACCESS_KEY_ID` and `_SECRET` (and `_SECURITY_TOKEN`), OIDC, the
 * profile of its command line in `~/.aliyun`, the role of an ECS instance, a credentials URI. Taken once: whoever keeps
 * them longer than an hour asks again. Throws `NoCredentialsError`, without what each provider said: that quotes files.
 */
export async function defaultCredentials(): Promise<Credentials> {
  // Not needed, and not loaded, where keys are given: in the local cloud, or by the program itself.
  const { default: sdk } = await import('@alicloud/credentials');
  const provider = sdk.DefaultCredentialsProvider.builder().build();
  let keys: Awaited<ReturnType<typeof provider.getCredentials>>;
  try {
    keys = await provider.getCredentials();
  } catch {
    throw new NoCredentialsError('no credentials were found');
  }
  const { accessKeyId, accessKeySecret, securityToken } = keys;
  const token = securityToken === undefined || securityToken === '' ? {} : { securityToken };
  return new Credentials({ accessKeyId, accessKeySecret, ...token }, millis(Number.MAX_SAFE_INTEGER));
}
