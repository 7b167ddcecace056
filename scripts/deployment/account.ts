import { connect, connectWith, type Site } from '../../cli/site.ts';
import { Credentials } from '../../shared/alicloud/credentials.ts';
import { NoCredentialsError } from '../../shared/alicloud/default-credentials.ts';
import { millis } from '../../shared/runtime/clock.ts';
import { AliasError, keysOfAlias } from './alias.ts';
import type { Environment } from './variables.ts';

/** What s.yaml names where nobody says another. */
const STANDARD_ALIAS = 'default';

/**
 * Account B with the keys of whoever deploys: those of the running local cloud, of an alias of Serverless Devs, or those
 * that every command of ours uses; if there are none, of the alias `default`. Keys of another account than `OWNER_UID`
 * are refused here, before anything is sent to Function Compute.
 */
export async function deployerOf(
  { local, alias }: { readonly local: boolean; readonly alias: string | null },
  environment: Environment,
): Promise<Site> {
  const owner = environment['OWNER_UID'] || null;
  const named = owner === null ? {} : { owner };
  if (local) return connect('owner', { local, ...named });
  if (alias !== null) return connectAs(alias, environment);
  try {
    return await connect('owner', named);
  } catch (error) {
    if (!(error instanceof NoCredentialsError)) throw error;
  }
  try {
    return await connectAs(STANDARD_ALIAS, environment);
  } catch (error) {
    if (!(error instanceof AliasError)) throw error;
    throw new AliasError(
      'there are no keys of account B: set ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET, or name an alias of Serverless Devs with -a',
    );
  }
}

async function connectAs(alias: string, environment: Environment): Promise<Site> {
  const { AccountID, AccessKeyID, AccessKeySecret, SecurityToken } = keysOfAlias(alias, environment);
  const owner = environment['OWNER_UID'] ?? '';
  if (AccountID !== undefined && AccountID !== owner)
    throw new AliasError(
      `the alias ${alias} is of account ${AccountID}, and OWNER_UID is ${owner}: use an alias of that account, or set OWNER_UID right`,
    );
  const keys = { accessKeyId: AccessKeyID, accessKeySecret: AccessKeySecret, securityToken: SecurityToken };
  return connectWith('owner', { owner }, new Credentials(keys, millis(Number.MAX_SAFE_INTEGER)));
}
