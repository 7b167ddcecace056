import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it, vi } from 'vitest';
import { ApiError } from '../../local/cloud/error.ts';
import type { Session } from '../../local/cloud/sts/state.ts';
import { REQUESTER } from '../kit/accounts.ts';
import type { TestCloud } from '../kit/test-cloud.ts';
import { weatherCloud } from '../kit/weather-cloud.ts';

const run = promisify(execFile);

/** Every key, secret and token that exists in a world: those of the accounts, and those of each session as it is made. */
function secretsOf(cloud: TestCloud): () => readonly string[] {
  const sessions: Session[] = [];
  const add = cloud.world.sts.add.bind(cloud.world.sts);
  vi.spyOn(cloud.world.sts, 'add').mockImplementation((session) => {
    sessions.push(session);
    add(session);
  });
  const { owner, requester } = cloud.ready;
  return () => [
    owner.accessKeySecret,
    requester.accessKeySecret,
    cloud.httpToken,
    ...sessions.flatMap(({ accessKeyId, accessKeySecret, securityToken }) => [
      accessKeyId,
      accessKeySecret,
      securityToken,
    ]),
  ];
}

/** Everything that leaves the functions: log lines, replies, what went to the dead letters, what reached no destination. */
const outputOf = (cloud: TestCloud): string =>
  JSON.stringify([
    cloud.host.logs,
    cloud.requester.mns.queue('dms-handshake-replies').messages,
    cloud.owner.mns.queue('dms-handshake-dead-letters').messages,
    cloud.host.undelivered,
  ]);

describe('no key, secret or token leaves the functions', () => {
  it.each([
    ['when all goes well', null],
    [
      'when a right is missing',
      new ApiError(403, 'NoPermission', 'You are not authorized to do this action.'),
    ],
    ['when the service is down', new ApiError(503, 'ServiceUnavailable', 'down')],
    [
      'when the signature does not match',
      new ApiError(400, 'SignatureDoesNotMatch', 'server string to sign is: GET&%2F&AccessKeyId'),
    ],
    [
      'when the token has expired',
      new ApiError(400, 'InvalidSecurityToken.Expired', 'Specified SecurityToken is expired.'),
    ],
  ])('%s', async (_when, error) => {
    const cloud = await weatherCloud({}, () => ({ environment: { DEBUG: '*' } }));
    try {
      const secrets = secretsOf(cloud);
      if (error !== null)
        cloud.world.weather.faults.push({
          matches: ({ service, operation }) => service === 'ram' && operation === 'CreateRole',
          at: 'before',
          error,
          times: 1_000,
        });
      await cloud.send({ requesterUid: REQUESTER, engines: ['redis'], reference: 'looked for' });
      await cloud.send('not a request');
      const output = outputOf(cloud);
      expect(output).toContain('looked for');
      expect(secrets().length).toBeGreaterThan(6);
      expect(secrets().filter((secret) => output.includes(secret))).toEqual([]);
      expect(output).not.toMatch(/authorization|security-token|string to sign/i);
    } finally {
      await cloud.close();
    }
  });
});

/** What the local cloud makes as secrets and tokens: 28 letters and digits or more, of both cases, in one word. */
const LIKE_A_SECRET = /(?<![\w-])(?=[\w-]*[a-z])(?=[\w-]*[A-Z])(?=[\w-]*\d)[\w-]{28,}/;

it('the demonstration prints no key, token or signature, not even with DEBUG on', async () => {
  for (const args of [[], ['--json']]) {
    const { stdout, stderr } = await run(process.execPath, ['dist/cli/demo.js', ...args], {
      env: { ...process.env, DEBUG: '*' },
    });
    expect(stdout).toContain('verified');
    expect(stdout + stderr).not.toMatch(
      /LTAI5t|STS\.[0-9a-f]{8}|authorization|security-token|signature|Bearer/i,
    );
    expect(stdout + stderr).not.toMatch(LIKE_A_SECRET);
  }
});
