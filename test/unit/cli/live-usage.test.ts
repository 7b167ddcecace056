import { afterEach, beforeEach, expect, it } from 'vitest';
import { type MswDoor, openMswDoor } from '../../../local/testing/msw-handlers.ts';
import { calls } from '../../../local/testing/stub.ts';
import { OWNER, REQUESTER } from '../../kit/accounts.ts';
import { callCli } from '../../kit/cli-in-process.ts';
import { TestClock } from '../../kit/clock.ts';
import { addUser, everything, type Keys, type TwoAccounts, twoAccounts } from '../../kit/two-accounts.ts';

let cloud: TwoAccounts;
let door: MswDoor;
let keys: Readonly<Record<'owner' | 'requester', Keys>>;
beforeEach(() => {
  cloud = twoAccounts(new TestClock(Date.now()));
  door = openMswDoor(cloud.world);
  keys = {
    owner: addUser(cloud.owner, 'someone', everything).keys,
    requester: addUser(cloud.requester, 'someone', everything).keys,
  };
});
afterEach(() => door.close());

const live = (line: string, env: Readonly<Record<string, string>> = {}) =>
  callCli(['doctor', '--live', ...line.split(' ').filter(Boolean)], {
    env: {
      ALIBABA_CLOUD_ACCESS_KEY_ID: keys.owner.accessKeyId,
      ALIBABA_CLOUD_ACCESS_KEY_SECRET: keys.owner.accessKeySecret,
      ...env,
    },
  });
const NAMES = 'REQUESTER_ACCESS_KEY_ID and REQUESTER_ACCESS_KEY_SECRET';
const HALF = `${NAMES} belong together, and one of them is not set`;

it.each([
  [
    '',
    {},
    `--live works in two accounts: set ${NAMES} to keys of account A, or name it with --requester and leave out what needs its keys`,
  ],
  [`--requester ${OWNER}`, {}, `account A is ${OWNER}, which is account B too: --live needs two accounts`],
  ['', { REQUESTER_ACCESS_KEY_ID: 'a' }, HALF],
  ['', { REQUESTER_ACCESS_KEY_SECRET: 'a' }, HALF],
  ['', { REQUESTER_ACCESS_KEY_ID: '', REQUESTER_ACCESS_KEY_SECRET: 'a' }, HALF],
])('a live run %s with %j is wrong usage, and nothing is made', async (line, env, words) => {
  expect(await live(line, env)).toEqual({ code: 2, stdout: '', stderr: `dms-handshake: ${words}\n` });
  expect(calls(cloud.world).filter(({ kind }) => kind === 'write')).toEqual([]);
});

it('a live run with keys of one account alone is wrong usage', async () => {
  const { accessKeyId, accessKeySecret } = keys.owner;
  const env = { REQUESTER_ACCESS_KEY_ID: accessKeyId, REQUESTER_ACCESS_KEY_SECRET: accessKeySecret };
  expect((await live('', env)).stderr).toBe(
    `dms-handshake: account A is ${OWNER}, which is account B too: --live needs two accounts\n`,
  );
  expect(calls(cloud.world, 'sts').map(({ accountId }) => accountId)).not.toContain(REQUESTER);
});
