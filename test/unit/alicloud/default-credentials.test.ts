import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { defaultCredentials, NoCredentialsError } from '../../../shared/alicloud/default-credentials.ts';
import { profilePath } from '../../../shared/alicloud/profile-file.ts';
import { PLANTED, thrownBy } from './setup.ts';
import { json, type Say, standIn } from './stand-in.ts';

const ID = 'ALIBABA_CLOUD_ACCESS_KEY_ID';
const SECRET = 'ALIBABA_CLOUD_ACCESS_KEY_SECRET';
const TOKEN = 'ALIBABA_CLOUD_SECURITY_TOKEN';
const ARN = 'ALIBABA_CLOUD_OIDC_PROVIDER_ARN';
const FILE = 'ALIBABA_CLOUD_OIDC_TOKEN_FILE';
const ROLE = 'ALIBABA_CLOUD_ROLE_ARN';
const URI = 'ALIBABA_CLOUD_CREDENTIALS_URI';
const KEYS = { accessKeyId: PLANTED.accessKeyId, accessKeySecret: PLANTED.accessKeySecret };
const AK = { name: 'default', mode: 'AK', access_key_id: 'LTAIgood', access_key_secret: 'hunter2' };
const ENDED = { ...AK, mode: 'StsToken', sts_token: 't', sts_expiration: 1 };

/** A machine that knows nobody: no variable, no file, no metadata service. */
beforeEach(() => {
  for (const name of Object.keys(process.env).filter((one) => one.startsWith('ALIBABA_CLOUD_')))
    vi.stubEnv(name, undefined);
  vi.stubEnv('ALIBABA_CLOUD_ECS_METADATA_DISABLED', 'true');
  vi.stubEnv('HOME', '/nonexistent');
});
afterEach(() => {
  vi.unstubAllEnvs();
});

const stub = (variables: Readonly<Record<string, string>>) => {
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
};

/** A home with profiles, of which the first is current. */
function profiles(...list: readonly { readonly name: string; readonly [field: string]: unknown }[]) {
  const home = mkdtempSync(join(tmpdir(), 'dms-handshake-home-'));
  onTestFinished(() => rmSync(home, { recursive: true }));
  mkdirSync(join(home, '.aliyun'));
  writeFileSync(
    join(home, '.aliyun', 'config.json'),
    JSON.stringify({ current: list[0]?.name, profiles: list }),
  );
  vi.stubEnv('HOME', home);
}

const refusal = async (profile?: string) => {
  const { name, message } = Object(await thrownBy(defaultCredentials(profile)));
  return [name, String(message).replaceAll(profilePath(), 'PATH')];
};
const fault = (message: string) => ['CredentialsFaultError', message];
const gaveNone = (name: string, mode: string) =>
  fault(
    `profile "${name}" of PATH (mode ${mode}) gave no keys; see whether "aliyun sts GetCallerIdentity --profile ${name}" works, and log in again where it does not`,
  );

describe('whoever runs the command line', () => {
  it.each([
    ['a session', PLANTED.securityToken, { ...PLANTED }],
    ['keys without a token', undefined, KEYS],
    ['keys with an empty token', '', KEYS],
  ])('is known by %s in the environment', async (_what, token, keys) => {
    vi.stubEnv(ID, PLANTED.accessKeyId);
    vi.stubEnv(SECRET, PLANTED.accessKeySecret);
    vi.stubEnv(TOKEN, token);
    const found = await defaultCredentials();
    expect(found.reveal()).toStrictEqual(keys);
    expect(found.expiresAt).toBe(Number.MAX_SAFE_INTEGER);
  });

  it.each([
    [{ [ID]: 'a' }, `${ID} is set and ${SECRET} is not: set both or neither`],
    [{ [SECRET]: 'a' }, `${SECRET} is set and ${ID} is not: set both or neither`],
    [{ [ID]: 'a b', [SECRET]: 'c' }, `${ID} holds a space, which no key has; set it again without`],
    [
      { [ID]: 'a', [SECRET]: 'b\n' },
      `${SECRET} ends in a line end (\\n), which no key has; set it again without`,
    ],
    [
      { [ID]: 'a', [SECRET]: 'b', [TOKEN]: 'c\r' },
      `${TOKEN} ends in a carriage return (\\r), which no key has; set it again without`,
    ],
  ])('is not known by %j', async (variables, message) => {
    stub(variables);
    expect(await refusal()).toEqual(fault(message));
  });

  it('is nobody where nothing says so, and no file is quoted', async () => {
    const error = await thrownBy(defaultCredentials());
    expect(error).toBeInstanceOf(NoCredentialsError);
    expect(error).toMatchObject({ name: 'NoCredentialsError', message: 'no credentials were found' });
    expect(error).not.toHaveProperty('cause');
  });

  it('is not asked for where a variable names a proxy that is none', async () => {
    stub({ [ID]: 'a', [SECRET]: 'b', HTTPS_PROXY: 'http://' });
    const [name, message] = await refusal();
    expect([name, message?.split(' (')[0]]).toEqual([
      'ProxySettingError',
      'HTTPS_PROXY is no address of a proxy',
    ]);
  });

  it('is nobody where variables are set to nothing', async () => {
    stub({ [ID]: '', [SECRET]: '', [URI]: '', [ARN]: '', ALIBABA_CLOUD_PROFILE: '' });
    expect(await refusal()).toEqual(['NoCredentialsError', 'no credentials were found']);
  });
});

describe('a profile', () => {
  it('that is asked for, and no other source, is whoever runs the command line', async () => {
    profiles(AK, { ...AK, name: 'other', access_key_id: 'LTAIother' });
    stub({ [ID]: 'x', [SECRET]: 'y' });
    expect((await defaultCredentials('other')).reveal()).toEqual({
      accessKeyId: 'LTAIother',
      accessKeySecret: 'hunter2',
    });
  });

  it('of the environment, too, where no keys are', async () => {
    profiles(AK, { ...AK, name: 'other', access_key_id: 'LTAIother' });
    stub({ ALIBABA_CLOUD_PROFILE: 'other' });
    expect((await defaultCredentials()).reveal().accessKeyId).toBe('LTAIother');
    stub({ [ARN]: 'p', [FILE]: 'f' });
    expect((await defaultCredentials()).reveal().accessKeyId).toBe('LTAIother');
  });

  it('of the environment is not looked at where keys are there', async () => {
    profiles(AK);
    stub({ ALIBABA_CLOUD_PROFILE: 'default', [ID]: 'x', [SECRET]: 'y' });
    expect((await defaultCredentials()).reveal()).toEqual({ accessKeyId: 'x', accessKeySecret: 'y' });
  });

  it('that is current is taken where nothing else is set', async () => {
    profiles(AK);
    expect((await defaultCredentials()).reveal()).toEqual({
      accessKeyId: 'LTAIgood',
      accessKeySecret: 'hunter2',
    });
  });

  it('without a file is refused by its name', async () => {
    expect(await refusal('prod')).toEqual(
      fault('profile "prod" is asked for, and there is no PATH; run "aliyun configure --profile prod"'),
    );
    stub({ ALIBABA_CLOUD_PROFILE: 'dev' });
    expect(await refusal()).toEqual(
      fault('profile "dev" is asked for, and there is no PATH; run "aliyun configure --profile dev"'),
    );
  });

  it('that is not in the file is refused with those that are', async () => {
    profiles(AK);
    expect(await refusal('prod')).toEqual(
      fault('PATH has no profile "prod"; it has "default": name one with --profile or ALIBABA_CLOUD_PROFILE'),
    );
  });

  it('that cannot be used is refused with the reason, current or asked for', async () => {
    const odd = { ...AK, access_key_id: 'a b' };
    const message =
      'profile "default" of PATH cannot be used: access_key_id holds a space, which no key has; set it again without';
    profiles(odd);
    expect(await refusal('default')).toEqual(fault(message));
    expect(await refusal()).toEqual(fault(message));
  });

  it('whose session ended is refused, and not taken by the chain', async () => {
    profiles(ENDED);
    expect(await refusal()).toEqual(
      fault(
        'profile "default" of PATH cannot be used: its session ended at 1970-01-01T00:00:01.000Z; log in again, such as with "aliyun configure --mode StsToken --profile default"',
      ),
    );
  });

  it('whose session ended is what is refused, and not the variables of OIDC of which some are missing', async () => {
    profiles(ENDED);
    stub({ [ARN]: 'p' });
    expect(Object(await refusal())[1]).toContain(
      'its session ended at 1970-01-01T00:00:01.000Z; log in again',
    );
  });

  it('that gives no keys is refused by its mode, without what its command said', async () => {
    profiles({ name: 'ext', mode: 'External', process_command: 'false hunter2' });
    expect(await refusal('ext')).toEqual(gaveNone('ext', 'External'));
    expect(await refusal()).toEqual(gaveNone('ext', 'External'));
  });

  it.each([
    [
      'access_key_id',
      'the access key id that was found holds a space, which no key has; set it again without',
    ],
    [
      'access_key_secret',
      'the access key secret that was found holds a space, which no key has; set it again without',
    ],
    ['sts_token', 'the security token that was found holds a space, which no key has; set it again without'],
  ])('whose command answers an odd %s is refused by its name', async (field, message) => {
    const answer = { access_key_id: 'a', access_key_secret: 'b', sts_token: 'c', mode: 'StsToken' };
    const home = mkdtempSync(join(tmpdir(), 'dms-handshake-answer-'));
    onTestFinished(() => rmSync(home, { recursive: true }));
    writeFileSync(join(home, 'answer.json'), JSON.stringify({ ...answer, [field]: 'hunter 2' }));
    profiles({ name: 'ext', mode: 'External', process_command: `cat ${join(home, 'answer.json')}` });
    expect(await refusal('ext')).toEqual(fault(message));
  });

  it.each(['true', 'TRUE'])('is not looked at where that is switched off by %s', async (off) => {
    profiles(ENDED);
    stub({ ALIBABA_CLOUD_CLI_PROFILE_DISABLED: off });
    expect(await refusal()).toEqual(['NoCredentialsError', 'no credentials were found']);
  });

  it('is looked at where it is switched off by anything else', async () => {
    profiles(ENDED);
    stub({ ALIBABA_CLOUD_CLI_PROFILE_DISABLED: 'yes' });
    expect(Object(await refusal())[1]).toContain('its session ended');
  });
});

describe('the variables of OIDC', () => {
  it.each([
    [{ [ARN]: 'p' }, `${ARN} is set and ${FILE} and ${ROLE} not: for OIDC set all three`],
    [{ [ROLE]: 'r' }, `${ROLE} is set and ${ARN} and ${FILE} not: for OIDC set all three`],
    [{ [ARN]: 'p', [ROLE]: 'r' }, `${ARN} and ${ROLE} are set and ${FILE} not: for OIDC set all three`],
  ])('%j are not all', async (variables, message) => {
    stub(variables);
    expect(await refusal()).toEqual(fault(message));
  });

  it('with a file that is not there give no keys, and no profile takes their place', async () => {
    stub({ [ARN]: 'p', [FILE]: '/nonexistent/token', [ROLE]: 'acs:ram::1:role/r' });
    const message = `the token in the file of ${FILE} was not taken for ${ROLE}; see that the file is there and its token not expired`;
    expect(await refusal()).toEqual(fault(message));
    stub({ ALIBABA_CLOUD_PROFILE: 'dev' });
    expect(await refusal()).toEqual(fault(message));
    profiles(ENDED);
    stub({ ALIBABA_CLOUD_PROFILE: '' });
    expect(await refusal()).toEqual(fault(message));
  });
});

describe('a URI of credentials', () => {
  const answering = async (say: Say) => {
    const { url } = await standIn(say);
    stub({ [URI]: `${url}/keys?token=hunter2` });
    return new URL(url).host;
  };

  it('that answers with keys is whoever runs the command line', async () => {
    await answering(
      json(200, {
        Code: 'Success',
        AccessKeyId: 'LTAIuri',
        AccessKeySecret: 's',
        SecurityToken: 't',
        Expiration: '2100-01-01T00:00:00Z',
      }),
    );
    expect((await defaultCredentials()).reveal()).toEqual({
      accessKeyId: 'LTAIuri',
      accessKeySecret: 's',
      securityToken: 't',
    });
  });

  it('that answers without keys is refused by its host', async () => {
    const host = await answering(json(500, {}));
    expect(await refusal()).toEqual(
      fault(`${host} of ${URI} did not answer with keys; see that it runs, or unset the variable`),
    );
  });

  it('that is no URL is refused, and not shown', async () => {
    stub({ [URI]: 'hunter2' });
    expect(await refusal()).toEqual(
      fault(`${URI} is no URL; set it to one that answers with keys, or unset it`),
    );
  });
});
