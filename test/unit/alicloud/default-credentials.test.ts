import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { defaultCredentials, NoCredentialsError } from '../../../shared/alicloud/default-credentials.ts';
import { PLANTED, thrownBy } from './setup.ts';

const ID = 'ALIBABA_CLOUD_ACCESS_KEY_ID';
const SECRET = 'ALIBABA_CLOUD_ACCESS_KEY_SECRET';
const TOKEN = 'ALIBABA_CLOUD_SECURITY_TOKEN';
const KEYS = { accessKeyId: PLANTED.accessKeyId, accessKeySecret: PLANTED.accessKeySecret };

/** A machine that knows nobody: no variable, no file, no metadata service. */
beforeEach(() => {
  for (const name of Object.keys(process.env).filter((name) => name.startsWith('ALIBABA_CLOUD_')))
    vi.stubEnv(name, undefined);
  vi.stubEnv('ALIBABA_CLOUD_ECS_METADATA_DISABLED', 'true');
  vi.stubEnv('HOME', '/nonexistent');
});
afterEach(() => {
  vi.unstubAllEnvs();
});

describe('whoever runs the command line', () => {
  it.each([
    ['a session', PLANTED.securityToken, { ...PLANTED }],
    ['keys without a token', undefined, KEYS],
  ])('is known by %s in the environment', async (_what, token, keys) => {
    vi.stubEnv(ID, PLANTED.accessKeyId);
    vi.stubEnv(SECRET, PLANTED.accessKeySecret);
    vi.stubEnv(TOKEN, token);
    expect((await defaultCredentials()).reveal()).toStrictEqual(keys);
  });

  it('is nobody where nothing says so, and no file is quoted', async () => {
    const error = await thrownBy(defaultCredentials());
    expect(error).toBeInstanceOf(NoCredentialsError);
    expect(error).toMatchObject({ message: 'no credentials were found' });
    expect(error).not.toHaveProperty('cause');
  });
});
