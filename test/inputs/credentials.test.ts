import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { defaultCredentials } from '../../shared/alicloud/default-credentials.ts';
import { runCli } from '../kit/cli.ts';

let home: string;
let before: NodeJS.ProcessEnv;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'dms-handshake-home-'));
  await mkdir(join(home, '.aliyun'));
  before = { ...process.env };
  for (const name of Object.keys(process.env))
    if (/^(ALIBABA_CLOUD|HTTPS?_PROXY)/i.test(name)) delete process.env[name];
  Object.assign(process.env, { HOME: home, ALIBABA_CLOUD_ECS_METADATA_DISABLED: 'true' });
});
afterEach(async () => {
  for (const name of Object.keys(process.env)) delete process.env[name];
  Object.assign(process.env, before);
  await rm(home, { recursive: true });
});

const keep = (content: string | Buffer) => writeFile(join(home, '.aliyun', 'config.json'), content);
const profiles = (...list: readonly object[]) => JSON.stringify({ current: 'default', profiles: list });
const AK = { name: 'default', mode: 'AK', access_key_id: 'LTAIgood', access_key_secret: 'hunter2-secret' };
const refusal = async (profile?: string): Promise<string> =>
  defaultCredentials(profile).then(
    () => 'it was taken',
    (error: Error) => error.message,
  );

describe('variables', () => {
  it.each([
    ['LTAI', 'secret', null],
    ['LTAI', '', 'ALIBABA_CLOUD_ACCESS_KEY_ID is set and ALIBABA_CLOUD_ACCESS_KEY_SECRET is not'],
    ['', 'secret', 'ALIBABA_CLOUD_ACCESS_KEY_SECRET is set and ALIBABA_CLOUD_ACCESS_KEY_ID is not'],
    ['LTAI\r', 'secret', 'ALIBABA_CLOUD_ACCESS_KEY_ID ends in a carriage return (\\r)'],
    ['LTAI\n', 'secret', 'ALIBABA_CLOUD_ACCESS_KEY_ID ends in a line end (\\n)'],
    ['LTAI', 'hunter2 ', 'ALIBABA_CLOUD_ACCESS_KEY_SECRET ends in a space'],
    ['LTAI', 'hun\tter2', 'ALIBABA_CLOUD_ACCESS_KEY_SECRET holds a tab'],
    ['\u00a0LTAI', 'hunter2', 'ALIBABA_CLOUD_ACCESS_KEY_ID holds a non-breaking space (\\u00a0)'],
    ['\ufeffLTAI', 'hunter2', 'ALIBABA_CLOUD_ACCESS_KEY_ID holds a byte order mark (\\ufeff)'],
    ['LTAI', 'hunter2\u200b', 'ALIBABA_CLOUD_ACCESS_KEY_SECRET ends in the character "\\u200b"'],
  ])('%j and %j: %s', async (id, secret, why) => {
    Object.assign(process.env, { ALIBABA_CLOUD_ACCESS_KEY_ID: id, ALIBABA_CLOUD_ACCESS_KEY_SECRET: secret });
    if (why === null) expect((await defaultCredentials()).reveal().accessKeyId).toBe(id);
    else {
      expect(await refusal()).toContain(why);
      expect(await refusal()).not.toContain('hunter2');
    }
  });

  it.each([
    [{ ALIBABA_CLOUD_ROLE_ARN: 'acs:ram::1:role/x' }, 'for OIDC set all three'],
    [
      { ALIBABA_CLOUD_CREDENTIALS_URI: 'http://127.0.0.1:9/keys?token=hunter2' },
      '127.0.0.1:9 of ALIBABA_CLOUD',
    ],
    [{ ALIBABA_CLOUD_CREDENTIALS_URI: 'hunter2' }, 'ALIBABA_CLOUD_CREDENTIALS_URI is no URL'],
    [{ ALIBABA_CLOUD_PROFILE: 'production' }, 'has no profile "production"; it has "default"'],
  ])('%j', async (variables, why) => {
    if ('ALIBABA_CLOUD_PROFILE' in variables) await keep(profiles(AK));
    Object.assign(process.env, variables);
    expect(await refusal()).toContain(why);
    expect(await refusal()).not.toContain('hunter2');
  });

  it('none, and no file: what to set is said', async () => {
    await rm(join(home, '.aliyun'), { recursive: true });
    expect(await refusal()).toBe('no credentials were found');
  });
});

describe("a profile of the vendor's command line", () => {
  it('is taken by its name, over the variables', async () => {
    await keep(profiles(AK, { ...AK, name: 'other', access_key_id: 'LTAIother' }));
    Object.assign(process.env, { ALIBABA_CLOUD_ACCESS_KEY_ID: 'x', ALIBABA_CLOUD_ACCESS_KEY_SECRET: 'y' });
    expect((await defaultCredentials('other')).reveal().accessKeyId).toBe('LTAIother');
    expect((await defaultCredentials()).reveal().accessKeyId).toBe('x');
  });

  const ended = Math.floor(Date.UTC(2020, 0, 1) / 1_000);
  it.each([
    [
      'without its command',
      { name: 'default', mode: 'External' },
      'mode is External, and process_command is not set',
    ],
    ['of half a pair', { ...AK, access_key_secret: '' }, 'access_key_secret is not set'],
    [
      'of an unknown mode',
      { ...AK, mode: 'Externl' },
      'mode is "Externl", which is not supported; the nearest is "External"',
    ],
    [
      'of a mode of the tool only',
      { ...AK, mode: 'CredentialsURI' },
      'mode is "CredentialsURI", which is not supported',
    ],
    [
      'whose session ended',
      { ...AK, mode: 'StsToken', sts_token: 't', sts_expiration: ended },
      'its session ended at 2020-01-01T00:00:00.000Z',
    ],
    [
      'of OAuth, not logged in',
      { name: 'default', mode: 'OAuth' },
      'oauth_site_type, oauth_refresh_token are not set',
    ],
    ['of CloudSSO, not logged in', { name: 'default', mode: 'CloudSSO' }, 'access_token are not set'],
    [
      'of a chain without an end',
      { name: 'default', mode: 'ChainableRamRoleArn', source_profile: 'default', ram_role_arn: 'r' },
      'leads back to itself',
    ],
    [
      'of a chain without a beginning',
      { name: 'default', mode: 'ChainableRamRoleArn', source_profile: 'gone', ram_role_arn: 'r' },
      'source_profile "gone" is not in the file',
    ],
    [
      'with a line end in a key',
      { ...AK, access_key_id: 'LTAI\r' },
      'access_key_id ends in a carriage return',
    ],
    [
      'whose command fails',
      { name: 'default', mode: 'External', process_command: 'false hunter2' },
      '(mode External) gave no keys',
    ],
  ])('%s is refused, saying why', async (_what, profile, why) => {
    await keep(profiles(profile));
    expect(await refusal('default')).toContain(why);
    expect(await refusal()).toContain(why);
    expect(await refusal()).not.toContain('hunter2');
  });

  it.each([
    ['{"current":"default",\n"profiles":[}', 'config.json: line 2, column 13: the file is not JSON'],
    ['', 'config.json: line 1, column 1: the file is empty'],
    ['[]', 'holds no profiles'],
    [Buffer.from('\ufeff{}', 'utf16le'), 'the file is UTF-16'],
  ])('in a file that is none is told with the place: %j', async (content, why) => {
    await keep(content);
    expect(await refusal('default')).toContain(why);
  });

  it('is named by an option of every command, and what is wrong with it is said', async () => {
    await keep(profiles({ name: 'default', mode: 'External', access_key_id: '', access_key_secret: '' }));
    const ended = await runCli(['list'], { env: { HOME: home } });
    expect(ended).toMatchObject({ code: 1, stdout: '' });
    expect(ended.stderr).toMatch(/profile "default" of .*config.json cannot be used: its mode is External/);
    const other = await runCli(['list', '--profile', 'prod'], { env: { HOME: home } });
    expect(other.stderr).toContain('has no profile "prod"; it has "default"');
  });
});
