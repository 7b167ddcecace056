import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { findProfile, profilePath } from '../../../shared/alicloud/profile-file.ts';

const NOW = Date.UTC(2026, 10, 30);
const AK = { name: 'default', mode: 'AK', access_key_id: 'LTAIgood', access_key_secret: 'hunter2' };
const STS = { ...AK, mode: 'StsToken', sts_token: 'token' };
const CHAIN = { name: 'default', mode: 'ChainableRamRoleArn', source_profile: 'base', ram_role_arn: 'r' };
const SSO = {
  ...{ name: 'default', mode: 'CloudSSO', cloud_sso_sign_in_url: 'u', cloud_sso_account_id: 'a' },
  ...{ cloud_sso_access_config: 'c', access_token: 't' },
};

let home = '';
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'dms-handshake-profiles-'));
  mkdirSync(join(home, '.aliyun'));
  vi.stubEnv('HOME', home);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(home, { recursive: true });
});

const keep = (content: unknown) =>
  writeFileSync(
    join(home, '.aliyun', 'config.json'),
    typeof content === 'string' ? content : JSON.stringify(content),
  );

/** What is wrong, with the place of the file left out; null where the profile can be used. */
function faultOf(wanted?: string): string | null {
  const found = findProfile(wanted, NOW);
  return found !== null && 'fault' in found ? found.fault.replaceAll(profilePath(), 'FILE') : null;
}

describe('the file of profiles', () => {
  it('is where the vendor’s command line keeps it, and none is no fault', () => {
    expect(profilePath()).toBe(join(home, '.aliyun', 'config.json'));
    expect(findProfile('default', NOW)).toBeNull();
  });

  it('that cannot be read is told with the reason', () => {
    mkdirSync(profilePath());
    expect(findProfile('default', NOW)).toEqual({ fault: `${profilePath()} cannot be read (EISDIR)` });
  });

  it.each([
    ['', 'FILE: line 1, column 1: the file is empty; correct it, or run "aliyun configure"'],
    [
      '{"profiles":[}',
      'FILE: line 1, column 14: the file is not JSON: expected a value; after the last entry stands no comma; correct it, or run "aliyun configure"',
    ],
    [
      '{"profiles":[}\n,,}',
      'FILE: line 1, column 14: the file is not JSON: expected a value; after the last entry stands no comma; line 2, column 2: the file is not JSON: expected a value; after the last entry stands no comma; correct it, or run "aliyun configure"',
    ],
    [{ profiles: [] }, 'FILE holds no profiles; run "aliyun configure"'],
    [{ current: 'default' }, 'FILE holds no profiles; run "aliyun configure"'],
    [{ profiles: [{ mode: 'AK' }] }, 'FILE holds no profiles; run "aliyun configure"'],
  ])('%j: what to do is said', (content, fault) => {
    keep(content);
    expect(faultOf()).toBe(fault);
  });

  it('has the profile that is asked for, else the current one, with its mode', () => {
    keep({ current: 'other', profiles: [AK, { ...STS, name: 'other' }], meta_path: 'x' });
    expect(findProfile(undefined, NOW)).toEqual({ name: 'other', mode: 'StsToken' });
    expect(findProfile('default', NOW)).toEqual({ name: 'default', mode: 'AK' });
  });

  it('without a current profile has none of no name', () => {
    keep({ profiles: [AK, { ...AK, name: 'other' }] });
    expect(faultOf()).toBe(
      'FILE has no profile ""; it has "default", "other": name one with --profile or ALIBABA_CLOUD_PROFILE',
    );
    expect(faultOf('defalt')).toBe(
      'FILE has no profile "defalt"; the nearest is "default"; it has "default", "other": name one with --profile or ALIBABA_CLOUD_PROFILE',
    );
  });

  it('a profile without a mode is one of keys', () => {
    const { mode: _mode, ...rest } = AK;
    keep({ profiles: [rest] });
    expect(faultOf('default')).toBeNull();
  });
});

describe('a profile', () => {
  const configure = (mode: string) =>
    `run "aliyun configure --mode ${mode} --profile default", or name another with --profile`;
  const MODES =
    'AK, StsToken, RamRoleArn, EcsRamRole, OIDC, ChainableRamRoleArn, CloudSSO, OAuth, External: name another with --profile, or set ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET';
  const ends = (seconds: number) => Math.floor(NOW / 1_000) + seconds;

  it.each<[profile: object]>([
    [AK],
    [STS],
    [{ ...STS, sts_expiration: 0 }],
    [{ ...STS, sts_expiration: ends(1) }],
    [{ ...AK, mode: 'RamRoleArn', ram_role_arn: 'r' }],
    [{ name: 'default', mode: 'EcsRamRole' }],
    [{ name: 'default', mode: 'OIDC', oidc_provider_arn: 'p', oidc_token_file: 'f', ram_role_arn: 'r' }],
    [SSO],
    [{ ...SSO, cloud_sso_access_token_expire: ends(1) }],
    [{ name: 'default', mode: 'OAuth', oauth_site_type: 'CN', oauth_refresh_token: 't' }],
    [{ name: 'default', mode: 'External', process_command: 'c' }],
    // The end of another mode, and a key that this mode does not use, are no matter.
    [{ ...AK, sts_expiration: 1, sts_token: 'a b' }],
    [{ ...SSO, access_key_id: 'a b' }],
  ])('%j can be used', (profile) => {
    keep({ profiles: [profile] });
    expect(faultOf('default')).toBeNull();
  });

  it.each<[profile: object, fault: string]>([
    [{ ...AK, access_key_id: undefined }, `its mode is AK, and access_key_id is not set; ${configure('AK')}`],
    [{ ...AK, access_key_id: 7 }, `its mode is AK, and access_key_id is not set; ${configure('AK')}`],
    [
      { name: 'default' },
      `its mode is AK, and access_key_id, access_key_secret are not set; ${configure('AK')}`,
    ],
    [{ ...STS, sts_token: '' }, `its mode is StsToken, and sts_token is not set; ${configure('StsToken')}`],
    [
      { name: 'default', mode: 'RamRoleArn' },
      `its mode is RamRoleArn, and access_key_id, access_key_secret, ram_role_arn are not set; ${configure('RamRoleArn')}`,
    ],
    [
      { name: 'default', mode: 'OIDC' },
      `its mode is OIDC, and oidc_provider_arn, oidc_token_file, ram_role_arn are not set; ${configure('OIDC')}`,
    ],
    [
      { name: 'default', mode: 'ChainableRamRoleArn' },
      `its mode is ChainableRamRoleArn, and source_profile, ram_role_arn are not set; ${configure('ChainableRamRoleArn')}`,
    ],
    [
      { name: 'default', mode: 'CloudSSO' },
      `its mode is CloudSSO, and cloud_sso_sign_in_url, cloud_sso_account_id, cloud_sso_access_config, access_token are not set; ${configure('CloudSSO')}`,
    ],
    [
      { name: 'default', mode: 'OAuth' },
      `its mode is OAuth, and oauth_site_type, oauth_refresh_token are not set; ${configure('OAuth')}`,
    ],
    [
      { name: 'default', mode: 'External' },
      `its mode is External, and process_command is not set; ${configure('External')}`,
    ],
    [
      { ...AK, mode: 'OAuht' },
      `its mode is "OAuht", which is not supported; the nearest is "OAuth"; supported are ${MODES}`,
    ],
    [
      { ...AK, mode: 'constructor' },
      `its mode is "constructor", which is not supported; supported are ${MODES}`,
    ],
    [
      { ...AK, access_key_id: 'LT AI' },
      'access_key_id holds a space, which no key has; set it again without',
    ],
    [
      { ...AK, access_key_secret: 'hunter2\n' },
      'access_key_secret ends in a line end (\\n), which no key has; set it again without',
    ],
    [{ ...STS, sts_token: 'a\tb' }, 'sts_token holds a tab (\\t), which no key has; set it again without'],
  ])('%j cannot be used', (profile, fault) => {
    keep({ profiles: [profile] });
    expect(findProfile('default', NOW)).toEqual({
      fault: `profile "default" of ${profilePath()} cannot be used: ${fault}`,
    });
  });

  it.each([
    ['of StsToken', { ...STS, sts_expiration: ends(0) }, 'StsToken'],
    ['of CloudSSO', { ...SSO, cloud_sso_access_token_expire: ends(0) }, 'CloudSSO'],
  ])('%s whose session ends now has ended', (_what, profile, mode) => {
    keep({ profiles: [profile] });
    expect(findProfile('default', NOW)).toEqual({
      fault: `profile "default" of ${profilePath()} cannot be used: its session ended at 2026-11-30T00:00:00.000Z; log in again, such as with "aliyun configure --mode ${mode} --profile default"`,
      ended: true,
    });
  });
});

describe('a profile that is made of another', () => {
  const fault = (text: string) => `profile "default" of FILE cannot be used: ${text}`;
  const link = (name: string, source_profile: string) => ({ ...CHAIN, name, source_profile });
  it.each<[what: string, more: readonly object[], fault: string | null]>([
    ['that can be used', [{ ...AK, name: 'base' }], null],
    ['that is made of a third', [link('base', 'third'), { ...AK, name: 'third' }], null],
    ['that is not there', [], fault('its source_profile "base" is not in the file')],
    [
      'without keys',
      [{ name: 'base', mode: 'External' }],
      fault(
        'its source_profile "base" cannot be used: its mode is External, and process_command is not set; run "aliyun configure --mode External --profile base", or name another with --profile',
      ),
    ],
    [
      'that is made of the first',
      [link('base', 'default')],
      fault('its source_profile "base" cannot be used: its source_profile "default" leads back to itself'),
    ],
    [
      'that leads back from afar',
      [link('base', 'third'), link('third', 'base')],
      fault(
        'its source_profile "base" cannot be used: its source_profile "third" cannot be used: its source_profile "base" leads back to itself',
      ),
    ],
  ])('%s', (_what, more, expected) => {
    keep({ profiles: [CHAIN, ...more] });
    expect(faultOf('default')).toBe(expected);
  });

  it('and of itself leads back', () => {
    keep({ profiles: [link('default', 'default')] });
    expect(faultOf('default')).toBe(fault('its source_profile "default" leads back to itself'));
  });
});
