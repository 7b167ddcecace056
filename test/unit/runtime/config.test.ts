import { describe, expect, it } from 'vitest';
import { configVariables, readConfig } from '../../../shared/runtime/config.ts';
import { TerminalError } from '../../../shared/runtime/errors.ts';
import { OWNER } from '../../kit/accounts.ts';

const DIGITS = 'expected the UID of the owner account, 1 to 16 digits';
const SECONDS = 'expected whole seconds, 0 to 600';
const ENDPOINT = 'expected a URL such as "http://127.0.0.1:9000"; leave it unset in the real cloud';

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
    [
      { UPKEEP_TOPIC: 'dms-handshake-requests' },
      'REQUEST_TOPIC and UPKEEP_TOPIC are both "dms-handshake-requests"',
    ],
    [{ OWNER_TOPIC: 'dms-handshake-upkeep' }, 'UPKEEP_TOPIC and OWNER_TOPIC are both "dms-handshake-upkeep"'],
    [{ REPLY_TOPIC: 'one', REQUEST_TOPIC: 'one' }, 'REPLY_TOPIC and REQUEST_TOPIC are both "one"'],
  ])('gives each lane a topic of its own: %j', (environment, both) => {
    expect(problemOf({ OWNER_UID: OWNER, ...environment })).toBe(
      `the function's environment is wrong: ${both}: each needs a topic of its own`,
    );
  });

  it('may say what holds anyway, and may go to the limits', () => {
    const said = { OWNER_UID: OWNER, PROBE: 'assume', HEAL: 'false', PATIENCE_SECONDS: '60' };
    expect(readConfig(said, 'cn-x')).toEqual(readConfig({ OWNER_UID: OWNER }, 'cn-x'));
    expect(readConfig({ OWNER_UID: OWNER, PATIENCE_SECONDS: '600' }, 'cn-x').patienceMs).toBe(600_000);
    expect(readConfig({ OWNER_UID: OWNER, CLOUD_ENDPOINT: 'https://x.y' }, 'cn-x').endpoint).toBe(
      'https://x.y',
    );
  });

  it('passes over what is not ours', () => {
    expect(readConfig({ OWNER_UID: OWNER, PATH: '/bin', FC_REGION: 'x' }, 'cn-x')).toEqual(
      readConfig({ OWNER_UID: OWNER }, 'cn-x'),
    );
  });

  it.each([
    [{ OWNER_UID: undefined }, `not set: ${DIGITS}`],
    [{ OWNER_UID: '' }, `"": ${DIGITS}`],
    [{ OWNER_UID: 'me' }, `"me": ${DIGITS}`],
    [{ OWNER_UID: '0123' }, `"0123": ${DIGITS}`],
    [{ OWNER_UID: '12\n' }, `"12\\n": ${DIGITS}`],
    [{ REPLY_TOPIC: '' }, '"": expected the name of a topic; leave it unset for dms-handshake-replies'],
    [{ REQUEST_TOPIC: '' }, '"": expected the name of a topic; leave it unset for dms-handshake-requests'],
    [{ UPKEEP_TOPIC: '' }, '"": expected the name of a topic; leave it unset for dms-handshake-upkeep'],
    [{ OWNER_TOPIC: '' }, '"": expected the name of a topic; leave it unset for dms-handshake-owner'],
    [{ VERIFY_ROLE: '' }, '"": expected the name of a role; leave it unset for dms-handshake-verify'],
    [{ SIGN_IN_HOST: '' }, '"": expected the name of a host; leave it unset for signin.aliyun.com'],
    [{ PROBE: 'none' }, '"none": expected "assume" or "structural"'],
    [{ PROBE: '' }, '"": expected "assume" or "structural"'],
    [{ HEAL: 'yes' }, '"yes": expected "true" or "false"'],
    [{ HEAL: '' }, '"": expected "true" or "false"'],
    [{ PATIENCE_SECONDS: 'long' }, `"long": ${SECONDS}`],
    [{ PATIENCE_SECONDS: '' }, `"": ${SECONDS}`],
    [{ PATIENCE_SECONDS: '601' }, `"601": ${SECONDS}`],
    [{ PATIENCE_SECONDS: '-1' }, `"-1": ${SECONDS}`],
    [{ PATIENCE_SECONDS: '1.5' }, `"1.5": ${SECONDS}`],
    [{ PATIENCE_SECONDS: '0x10' }, `"0x10": ${SECONDS}`],
    [{ CLOUD_ENDPOINT: '127.0.0.1:9000' }, `"127.0.0.1:9000": ${ENDPOINT}`],
    [{ CLOUD_ENDPOINT: 'file:///etc' }, `"file:///etc": ${ENDPOINT}`],
    [{ CLOUD_ENDPOINT: 'xhttp://127.0.0.1:9000' }, `"xhttp://127.0.0.1:9000": ${ENDPOINT}`],
    [{ CLOUD_ENDPOINT: 'httpx://127.0.0.1:9000' }, `"httpx://127.0.0.1:9000": ${ENDPOINT}`],
    [{ CLOUD_ENDPOINT: '' }, `"": ${ENDPOINT}`],
  ])('%j: the variable, its value and the way out are named', (wrong, told) => {
    const [variable] = Object.keys(wrong);
    expect(problemOf({ OWNER_UID: OWNER, ...wrong })).toBe(
      `the function's environment is wrong: ${variable} is ${told}`,
    );
  });

  it('names every variable that is wrong', () => {
    expect(problemOf({ PROBE: 'x', PATIENCE_SECONDS: 'y' })).toBe(
      `the function's environment is wrong: OWNER_UID is not set: ${DIGITS}; PROBE is "x": expected "assume" or "structural"; PATIENCE_SECONDS is "y": ${SECONDS}`,
    );
  });

  it('takes an empty text for no variable that it knows, and knows no others', () => {
    const empty = Object.fromEntries(configVariables().map((name) => [name, '']));
    const told = problemOf({ ...empty, OTHER: '' });
    expect([...told.matchAll(/(\w+) is ""/g)].map(([, name]) => name)).toEqual(configVariables());
    expect(configVariables()).toHaveLength(11);
  });

  it('never shows a variable that is not ours', () => {
    expect(problemOf({ OWNER_UID: 'x', SECRET_TOKEN: 'PlantedSecretMarker' })).not.toContain(
      'PlantedSecretMarker',
    );
  });
});
