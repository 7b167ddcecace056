import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { nearestTo, nearestWords } from '../../events/nearest.ts';
import { quote } from '../../events/visible.ts';
import * as z from '../../events/zod.ts';
import { readJsonFile, withPlace } from '../runtime/json-file.ts';
import { keyFault } from './key-faults.ts';

const profileSchema = z.looseObject({ name: z.string(), mode: z._default(z.string(), 'AK') });
const fileSchema = z.looseObject({ current: z.optional(z.string()), profiles: z.array(profileSchema) });

type ProfileFile = z.output<typeof fileSchema>;
type Profile = z.output<typeof profileSchema>;

/** Where the vendor's command line keeps its profiles. */
export const profilePath = (): string => join(homedir(), '.aliyun', 'config.json');

/** A profile that can be used, or why it cannot. */
export type FoundProfile =
  | { readonly name: string; readonly mode: string }
  | { readonly fault: string; readonly ended?: true };

/**
 * Looks at a profile of the vendor's command line before its keys are asked for. No value of the file is shown. Null
 * where there is no file.
 */
export function findProfile(wanted: string | undefined, now: number): FoundProfile | null {
  const path = profilePath();
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    const code = String(Reflect.get(Object(error), 'code'));
    return code === 'ENOENT' ? null : { fault: `${path} cannot be read (${code})` };
  }
  const read = readJsonFile(bytes);
  if ('unread' in read)
    return {
      fault: `${path}: ${read.unread.map(withPlace).join('; ')}; correct it, or run "aliyun configure"`,
    };
  const parsed = fileSchema.safeParse(read.value);
  if (!parsed.success || parsed.data.profiles.length === 0)
    return { fault: `${path} holds no profiles; run "aliyun configure"` };
  const file = parsed.data;
  const name = wanted ?? file.current ?? '';
  const profile = file.profiles.find((one) => one.name === name);
  if (profile === undefined) return { fault: missing(path, name, file) };
  const fault = faultOf(profile, file, now, [name]);
  if (fault === null) return { name, mode: profile.mode };
  const ended = fault.startsWith(ENDED) ? { ended: true as const } : {};
  return { fault: `profile ${quote(name)} of ${path} cannot be used: ${fault}`, ...ended };
}

function missing(path: string, name: string, { profiles }: ProfileFile): string {
  const names = profiles.map((profile) => profile.name);
  const near = nearestWords(nearestTo(name, names));
  return `${path} has no profile ${quote(name)}${near}; it has ${names.map(quote).join(', ')}: name one with --profile or ALIBABA_CLOUD_PROFILE`;
}

/** Fields without which a mode gives no keys. */
const NEEDED: Readonly<Record<string, readonly string[]>> = {
  AK: ['access_key_id', 'access_key_secret'],
  StsToken: ['access_key_id', 'access_key_secret', 'sts_token'],
  RamRoleArn: ['access_key_id', 'access_key_secret', 'ram_role_arn'],
  EcsRamRole: [],
  OIDC: ['oidc_provider_arn', 'oidc_token_file', 'ram_role_arn'],
  ChainableRamRoleArn: ['source_profile', 'ram_role_arn'],
  CloudSSO: ['cloud_sso_sign_in_url', 'cloud_sso_account_id', 'cloud_sso_access_config', 'access_token'],
  OAuth: ['oauth_site_type', 'oauth_refresh_token'],
  External: ['process_command'],
};

const ENDED = 'its session ended at';
/** Ends of sessions, in seconds since the epoch, by mode. The refresh of the others is the vendor's. */
const ENDS: Readonly<Record<string, string>> = {
  StsToken: 'sts_expiration',
  CloudSSO: 'cloud_sso_access_token_expire',
};

function faultOf(profile: Profile, file: ProfileFile, now: number, seen: readonly string[]): string | null {
  const { mode, name } = profile;
  const needed = Object.hasOwn(NEEDED, mode) ? NEEDED[mode] : undefined;
  if (needed === undefined)
    return `its mode is ${quote(mode)}, which is not supported${nearestWords(nearestTo(mode, Object.keys(NEEDED)))}; supported are ${Object.keys(NEEDED).join(', ')}: name another with --profile, or set ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET`;
  const absent = needed.filter((field) => typeof profile[field] !== 'string' || profile[field] === '');
  if (absent.length > 0)
    return `its mode is ${mode}, and ${absent.join(', ')} ${absent.length === 1 ? 'is' : 'are'} not set; run "aliyun configure --mode ${mode} --profile ${name}", or name another with --profile`;
  const keys = ['access_key_id', 'access_key_secret', 'sts_token'].filter((field) => needed.includes(field));
  const odd = keys.flatMap((field) => keyFault(field, String(profile[field])) ?? []);
  if (odd[0] !== undefined) return odd[0];
  const end = Number(profile[ENDS[mode] ?? ''] ?? 0);
  if (end > 0 && end * 1_000 <= now)
    return `${ENDED} ${new Date(end * 1_000).toISOString()}; log in again, such as with "aliyun configure --mode ${mode} --profile ${name}"`;
  return mode === 'ChainableRamRoleArn' ? sourceFault(profile, file, now, seen) : null;
}

function sourceFault(
  profile: Profile,
  file: ProfileFile,
  now: number,
  seen: readonly string[],
): string | null {
  const source = String(profile['source_profile']);
  if (seen.includes(source)) return `its source_profile ${quote(source)} leads back to itself`;
  const found = file.profiles.find((one) => one.name === source);
  if (found === undefined) return `its source_profile ${quote(source)} is not in the file`;
  const fault = faultOf(found, file, now, [...seen, source]);
  return fault === null ? null : `its source_profile ${quote(source)} cannot be used: ${fault}`;
}
