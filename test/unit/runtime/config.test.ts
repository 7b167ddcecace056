import { describe, expect, it } from 'vitest';
import { readConfig } from '../../../shared/runtime/config.ts';
import { TerminalError } from '../../../shared/runtime/errors.ts';
import { OWNER } from '../../kit/accounts.ts';

function problemOf(environment: Record<string, string | undefined>): string {
  try {
    readConfig(environment, 'cn-x');
  } catch (error) {
    if (!(error instanceof TerminalError)) throw error;
    expect(error.code).toBe('internal');
    return error.message;
  }
  throw new Error('the environment was accepted');
}

describe('the environment', () => {
  it('needs the owner’s UID and nothing else', () => {
    expect(readConfig({ OWNER_UID: OWNER }, 'cn-x')).toEqual({
      region: 'cn-x',
      ownerUid: OWNER,
      replyTopic: 'dms-handshake-replies',
      requestTopic: 'dms-handshake-requests',
      upkeepTopic: 'dms-handshake-upkeep',
      ownerTopic: 'dms-handshake-owner',
      verifyRole: 'dms-handshake-verify',
      verifyRoleArn: `acs:ram::${OWNER}:role/dms-handshake-verify`,
      patienceMs: 60_000,
      heal: false,
      signInHost: 'signin.aliyun.com',
      endpoint: null,
    });
  });

  it('may set everything', () => {
    const config = readConfig(
      {
        OWNER_UID: OWNER,
        REPLY_TOPIC: 'replies',
        REQUEST_TOPIC: 'requests',
        UPKEEP_TOPIC: 'upkeep',
        OWNER_TOPIC: 'owner',
        VERIFY_ROLE: 'My-Verify',
        PROBE: 'assume',
        PATIENCE_SECONDS: '0',
        HEAL: 'true',
        SIGN_IN_HOST: 'signin.alibabacloud.com',
        CLOUD_ENDPOINT: 'http://127.0.0.1:9000',
      },
      'cn-x',
    );
    expect(config).toEqual({
      region: 'cn-x',
      ownerUid: OWNER,
      replyTopic: 'replies',
      requestTopic: 'requests',
      upkeepTopic: 'upkeep',
      ownerTopic: 'owner',
      verifyRole: 'My-Verify',
      verifyRoleArn: `acs:ram::${OWNER}:role/my-verify`,
      patienceMs: 0,
      heal: true,
      signInHost: 'signin.alibabacloud.com',
      endpoint: 'http://127.0.0.1:9000',
    });
  });

  it('may leave the test AssumeRole out: then nobody but DMS is trusted', () => {
    expect(readConfig({ OWNER_UID: OWNER, PROBE: 'structural' }, 'cn-x').verifyRoleArn).toBeNull();
  });

  it.each([
    [{ UPKEEP_TOPIC: 'dms-handshake-requests' }, 'REQUEST_TOPIC and UPKEEP_TOPIC'],
    [{ OWNER_TOPIC: 'dms-handshake-upkeep' }, 'UPKEEP_TOPIC and OWNER_TOPIC'],
    [{ REPLY_TOPIC: 'one', REQUEST_TOPIC: 'one' }, 'REPLY_TOPIC and REQUEST_TOPIC'],
  ])('gives each lane a topic of its own: %j', (environment, both) => {
    expect(problemOf({ OWNER_UID: OWNER, ...environment })).toContain(`${both} are both "`);
  });

  it('passes over what is not ours', () => {
    expect(readConfig({ OWNER_UID: OWNER, PATH: '/bin', FC_REGION: 'x' }, 'cn-x')).toEqual(
      readConfig({ OWNER_UID: OWNER }, 'cn-x'),
    );
  });

  it.each([
    [{ OWNER_UID: undefined }, 'OWNER_UID is not set', '1 to 16 digits'],
    [{ OWNER_UID: '' }, 'OWNER_UID is ""', '1 to 16 digits'],
    [{ OWNER_UID: 'me' }, 'OWNER_UID is "me"', '1 to 16 digits'],
    [{ OWNER_UID: '0123' }, 'OWNER_UID is "0123"', '1 to 16 digits'],
    [{ OWNER_UID: '12\n' }, 'OWNER_UID is "12\\n"', '1 to 16 digits'],
    [{ REPLY_TOPIC: '' }, 'REPLY_TOPIC is ""', 'leave it unset for dms-handshake-replies'],
    [{ REQUEST_TOPIC: '' }, 'REQUEST_TOPIC is ""', 'leave it unset for dms-handshake-requests'],
    [{ UPKEEP_TOPIC: '' }, 'UPKEEP_TOPIC is ""', 'leave it unset for dms-handshake-upkeep'],
    [{ OWNER_TOPIC: '' }, 'OWNER_TOPIC is ""', 'leave it unset for dms-handshake-owner'],
    [{ VERIFY_ROLE: '' }, 'VERIFY_ROLE is ""', 'leave it unset for dms-handshake-verify'],
    [{ SIGN_IN_HOST: '' }, 'SIGN_IN_HOST is ""', 'leave it unset for signin.aliyun.com'],
    [{ PROBE: 'none' }, 'PROBE is "none"', 'expected "assume" or "structural"'],
    [{ PROBE: '' }, 'PROBE is ""', 'expected "assume" or "structural"'],
    [{ PATIENCE_SECONDS: 'long' }, 'PATIENCE_SECONDS is "long"', 'whole seconds, 0 to 600'],
    [{ PATIENCE_SECONDS: '' }, 'PATIENCE_SECONDS is ""', 'whole seconds, 0 to 600'],
    [{ PATIENCE_SECONDS: '601' }, 'PATIENCE_SECONDS is "601"', 'whole seconds, 0 to 600'],
    [{ PATIENCE_SECONDS: '-1' }, 'PATIENCE_SECONDS is "-1"', 'whole seconds, 0 to 600'],
    [{ PATIENCE_SECONDS: '1.5' }, 'PATIENCE_SECONDS is "1.5"', 'whole seconds, 0 to 600'],
    [{ PATIENCE_SECONDS: '0x10' }, 'PATIENCE_SECONDS is "0x10"', 'whole seconds, 0 to 600'],
    [
      { CLOUD_ENDPOINT: '127.0.0.1:9000' },
      'CLOUD_ENDPOINT is "127.0.0.1:9000"',
      'such as "http://127.0.0.1:9000"',
    ],
    [{ CLOUD_ENDPOINT: 'file:///etc' }, 'CLOUD_ENDPOINT is "file:///etc"', 'such as "http://127.0.0.1:9000"'],
    [{ CLOUD_ENDPOINT: '' }, 'CLOUD_ENDPOINT is ""', 'leave it unset in the real cloud'],
  ])('%j: the variable, its value and the way out are named', (wrong, what, wayOut) => {
    const message = problemOf({ OWNER_UID: OWNER, ...wrong });
    expect(message).toMatch(/^the function's environment is wrong: /);
    expect(message).toContain(what);
    expect(message).toContain(wayOut);
  });

  it('names every variable that is wrong', () => {
    const message = problemOf({ PROBE: 'x', PATIENCE_SECONDS: 'y' });
    for (const name of ['OWNER_UID', 'PROBE', 'PATIENCE_SECONDS']) expect(message).toContain(`${name} is `);
  });

  it('never shows a variable that is not ours', () => {
    expect(problemOf({ OWNER_UID: 'x', SECRET_TOKEN: 'PlantedSecretMarker' })).not.toContain(
      'PlantedSecretMarker',
    );
  });
});
