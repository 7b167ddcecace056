import './silence-debug.ts';

import { millis } from '../runtime/clock.ts';
import { Credentials, type Keys } from './credentials.ts';
import { CredentialsFaultError, requireKeys } from './key-faults.ts';
import { type FoundProfile, findProfile, profilePath } from './profile-file.ts';
import { throughProxies } from './through-proxies.ts';
import { transported } from './transport.ts';

/** No credentials were found, and nothing that looks as if some had been meant. */
export class NoCredentialsError extends Error {
  override readonly name = 'NoCredentialsError';
}

const ID = 'ALIBABA_CLOUD_ACCESS_KEY_ID';
const SECRET = 'ALIBABA_CLOUD_ACCESS_KEY_SECRET';
const TOKEN = 'ALIBABA_CLOUD_SECURITY_TOKEN';
const OIDC = [
  'ALIBABA_CLOUD_OIDC_PROVIDER_ARN',
  'ALIBABA_CLOUD_OIDC_TOKEN_FILE',
  'ALIBABA_CLOUD_ROLE_ARN',
] as const;
const URI = 'ALIBABA_CLOUD_CREDENTIALS_URI';

/**
 * Keys from the vendor's default chain: `ALIBABA_CLOUD_ACCESS_KEY_ID` and `_SECRET` (and `_SECURITY_TOKEN`), OIDC, the
 * profile of its command line in `~/.aliyun`, the role of an ECS instance, a credentials URI. Taken once: whoever keeps
 * them longer than an hour asks again. `profile`: that one of the file and nothing else. Throws `CredentialsFaultError`
 * where something is meant and cannot be used, and `NoCredentialsError`; neither says what each provider said, since that
 * quotes files.
 */
export async function defaultCredentials(profile?: string): Promise<Credentials> {
  await throughProxies();
  if (profile !== undefined) return fromProfile(profile);
  const given = fromVariables();
  if (given !== null) return given;
  const named = process.env['ALIBABA_CLOUD_PROFILE'] || undefined;
  const oidc = OIDC.filter((name) => process.env[name]);
  if (named !== undefined && oidc.length < OIDC.length) return fromProfile(named);
  // The chain would take such keys, and every call would be refused.
  const current = disabled() ? null : findProfile(undefined, Date.now());
  const ended = current !== null && 'ended' in current;
  if (oidc.length < OIDC.length && ended) throw new CredentialsFaultError(current.fault);
  try {
    return await fromChain(ended);
  } catch {
    throw meant(oidc);
  }
}

/** Why what was meant gave no keys: the first source that is set and is not right. */
function meant(oidc: readonly string[]): Error {
  const missing = OIDC.filter((name) => !oidc.includes(name));
  if (oidc.length > 0)
    return new CredentialsFaultError(
      missing.length > 0
        ? `${oidc.join(' and ')} ${oidc.length === 1 ? 'is' : 'are'} set and ${missing.join(' and ')} not: for OIDC set all three`
        : `the token in the file of ${OIDC[1]} was not taken for ${OIDC[2]}; see that the file is there and its token not expired`,
    );
  const found = disabled() ? null : findProfile(undefined, Date.now());
  if (found !== null && 'fault' in found) return new CredentialsFaultError(found.fault);
  if (found !== null) return new CredentialsFaultError(refused(found));
  const uri = process.env[URI];
  if (uri === undefined || uri === '') return new NoCredentialsError('no credentials were found');
  const host = URL.canParse(uri) ? new URL(uri).host : null;
  return new CredentialsFaultError(
    host === null
      ? `${URI} is no URL; set it to one that answers with keys, or unset it`
      : `${host} of ${URI} did not answer with keys; see that it runs, or unset the variable`,
  );
}

const disabled = (): boolean => process.env['ALIBABA_CLOUD_CLI_PROFILE_DISABLED']?.toLowerCase() === 'true';

/** Null where neither of the pair is set. */
function fromVariables(): Credentials | null {
  const accessKeyId = process.env[ID] ?? '';
  const accessKeySecret = process.env[SECRET] ?? '';
  if (accessKeyId === '' && accessKeySecret === '') return null;
  const [set, unset] = accessKeyId === '' ? [SECRET, ID] : [ID, SECRET];
  if (accessKeyId === '' || accessKeySecret === '')
    throw new CredentialsFaultError(`${set} is set and ${unset} is not: set both or neither`);
  return credentialsOf(
    { accessKeyId, accessKeySecret, securityToken: process.env[TOKEN] },
    { accessKeyId: ID, accessKeySecret: SECRET, securityToken: TOKEN },
  );
}

async function fromProfile(name: string): Promise<Credentials> {
  const found = findProfile(name, Date.now());
  if (found === null)
    throw new CredentialsFaultError(
      `profile ${JSON.stringify(name)} is asked for, and there is no ${profilePath()}; run "aliyun configure --profile ${name}"`,
    );
  if ('fault' in found) throw new CredentialsFaultError(found.fault);
  const { default: sdk } = await import('@alicloud/credentials');
  const provider = sdk.CLIProfileCredentialsProvider.builder().withProfileName(name).build();
  try {
    return chained(await transported(() => provider.getCredentials()));
  } catch (error) {
    throw error instanceof CredentialsFaultError ? error : new CredentialsFaultError(refused(found));
  }
}

/** Without what the provider said: it may quote what a command or a service answered, keys and all. */
const refused = ({ name, mode }: Exclude<FoundProfile, { fault: string }>): string =>
  `profile ${JSON.stringify(name)} of ${profilePath()} (mode ${mode}) gave no keys; see whether "aliyun sts GetCallerIdentity --profile ${name}" works, and log in again where it does not`;

/** `oidcOnly`: nothing that the chain has behind OIDC. */
async function fromChain(oidcOnly: boolean): Promise<Credentials> {
  // Not needed, and not loaded, where keys are given: in the local cloud, or by the program itself.
  const { default: sdk } = await import('@alicloud/credentials');
  const { OIDCRoleArnCredentialsProvider, DefaultCredentialsProvider } = sdk;
  const provider = (oidcOnly ? OIDCRoleArnCredentialsProvider : DefaultCredentialsProvider).builder().build();
  return chained(await transported(() => provider.getCredentials()));
}

const chained = ({ accessKeyId, accessKeySecret, securityToken }: Keys): Credentials =>
  credentialsOf({ accessKeyId, accessKeySecret, securityToken }, FOUND);

const FOUND = {
  accessKeyId: 'the access key id that was found',
  accessKeySecret: 'the access key secret that was found',
  securityToken: 'the security token that was found',
};

function credentialsOf(keys: Keys, names: Readonly<Record<keyof Keys, string>>): Credentials {
  requireKeys(keys, names);
  const { accessKeyId, accessKeySecret, securityToken } = keys;
  const token = securityToken === undefined || securityToken === '' ? {} : { securityToken };
  return new Credentials({ accessKeyId, accessKeySecret, ...token }, millis(Number.MAX_SAFE_INTEGER));
}
