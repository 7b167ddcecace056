import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { connect, connectAnywhere, connectApprover } from '../../../cli/site.ts';
import { type MswDoor, openMswDoor } from '../../../local/testing/msw-handlers.ts';
import { OWNER, REQUESTER } from '../../kit/accounts.ts';
import { TestClock } from '../../kit/clock.ts';
import { addUser, everything, type TwoAccounts, twoAccounts } from '../../kit/two-accounts.ts';

let cloud: TwoAccounts;
let door: MswDoor;
beforeEach(() => {
  for (const name of ['OWNER_UID', 'REGION', 'ALIBABA_CLOUD_PROFILE', 'HTTPS_PROXY', 'HTTP_PROXY'])
    vi.stubEnv(name, undefined);
  vi.stubEnv('HOME', '/nonexistent');
  vi.stubEnv('ALIBABA_CLOUD_ECS_METADATA_DISABLED', 'true');
});
afterEach(() => {
  door.close();
  vi.unstubAllEnvs();
});

/** The vendor's cloud is in a region, and its own variables hold keys of the account. */
function keysOf(side: 'owner' | 'requester', region?: string): void {
  cloud = twoAccounts(new TestClock(Date.now()), region);
  door = openMswDoor(cloud.world);
  const { keys } = addUser(cloud[side], 'someone', everything);
  vi.stubEnv('ALIBABA_CLOUD_ACCESS_KEY_ID', keys.accessKeyId);
  vi.stubEnv('ALIBABA_CLOUD_ACCESS_KEY_SECRET', keys.accessKeySecret);
}

describe('the account that a command works in', () => {
  it.each([
    ['owner', {}, {}, { accountId: OWNER, ownerUid: OWNER, region: 'cn-hangzhou' }],
    [
      'owner',
      {},
      { REGION: 'cn-shanghai', OWNER_UID: OWNER },
      { accountId: OWNER, ownerUid: OWNER, region: 'cn-shanghai' },
    ],
    [
      'owner',
      {},
      { REGION: '', OWNER_UID: '' },
      { accountId: OWNER, ownerUid: OWNER, region: 'cn-hangzhou' },
    ],
    [
      'owner',
      { region: 'cn-beijing', owner: OWNER },
      { REGION: 'cn-shanghai', OWNER_UID: '3' },
      { accountId: OWNER, ownerUid: OWNER, region: 'cn-beijing' },
    ],
    ['requester', { owner: OWNER }, {}, { accountId: REQUESTER, ownerUid: OWNER, region: 'cn-hangzhou' }],
    ['requester', {}, { OWNER_UID: OWNER }, { accountId: REQUESTER, ownerUid: OWNER, region: 'cn-hangzhou' }],
  ] as const)(
    '%s, by the options %j and the environment %j',
    async (side, options, environment, expected) => {
      keysOf(side, expected.region);
      for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
      expect(await connect(side, options)).toMatchObject({ ...expected, endpoint: null, local: null });
      if (side === 'owner') expect(await connectApprover(options)).toMatchObject(expected);
    },
  );

  it.each([
    [{}, '', 'cn-hangzhou'],
    [{}, 'cn-shanghai', 'cn-shanghai'],
    [{ region: 'cn-beijing' }, 'cn-shanghai', 'cn-beijing'],
  ])(
    'is whichever the keys belong to, for a command that goes on from there: %j',
    async (options, variable, region) => {
      keysOf('requester', region);
      vi.stubEnv('OWNER_UID', OWNER);
      vi.stubEnv('REGION', variable);
      expect(await connectAnywhere(options)).toMatchObject({
        ...{ accountId: REQUESTER, ownerUid: REQUESTER, region },
        ...{ endpoint: null, local: null },
      });
    },
  );

  it.each([
    [
      'owner',
      'requester',
      {},
      `these credentials belong to account ${REQUESTER}; this command works in account B, ${OWNER}: use credentials of that account`,
      1,
    ],
    [
      'requester',
      'owner',
      {},
      `these credentials belong to account B, ${OWNER}; this command works in account A, the requester: use credentials of that account`,
      1,
    ],
    [
      'owner',
      'owner',
      { OWNER_UID: 'me' },
      'OWNER_UID is "me": expected the UID of an Alibaba Cloud account: 1 to 16 digits.',
      2,
    ],
    [
      'owner',
      'owner',
      { REGION: 'Hangzhou' },
      'REGION is "Hangzhou": expected the id of a region, such as cn-hangzhou.',
      2,
    ],
  ] as const)(
    'is refused for %s with keys of %s and %j',
    async (side, keys, environment, message, exitCode) => {
      keysOf(keys);
      vi.stubEnv('OWNER_UID', OWNER);
      for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
      await expect(connect(side, {})).rejects.toMatchObject({ message, exitCode });
    },
  );

  it('A cannot be reached before it is known whom it asks', async () => {
    keysOf('requester');
    await expect(connect('requester', {})).rejects.toMatchObject({
      message: 'account B is not known: give its UID with --owner, or set OWNER_UID',
      exitCode: 2,
    });
  });
});
