import { OWNER, REQUESTER } from './accounts.ts';
import { stateFile } from './cli.ts';
import { callCli } from './cli-in-process.ts';
import { testCloud } from './test-cloud.ts';

export type Told = Readonly<Record<string, string>>;

/** A local cloud that was started without a file of requesters that can be read, and what `doctor` says of it. */
export async function examinedCloud() {
  const cloud = await testCloud();
  const state = await stateFile({ ...cloud.ready, requestersFile: '/none/requesters.json' });
  return {
    ...cloud,
    told: (line = '', file = state.file) => told(line, file),
    async close() {
      await cloud.close();
      await state.remove();
    },
  };
}

/** What `doctor` says of each check, with its fix behind it. */
async function told(line: string, file: string) {
  const ended = await callCli(['doctor', '--local', '--json', ...line.split(' ').filter(Boolean)], {
    env: { DMS_HANDSHAKE_LOCAL: file },
  });
  const { checks } = JSON.parse(ended.stdout) as {
    checks: readonly { id: string; status: string; detail: string; fix: string | null }[];
  };
  const rows = checks.map(({ id, status, detail, fix }) => {
    const words = detail
      .replaceAll(/127\.0\.0\.1:\d+/g, 'HOST')
      .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'TIME')
      .replaceAll(/request id [0-9A-F-]+/g, 'request id ID');
    return [id, fix === null ? `${status} ${words}` : `${status} ${words} (${fix})`] as const;
  });
  return { code: ended.code, checks: Object.fromEntries(rows) };
}

const HOSTS = 'pass every product that is called has a known host in cn-hangzhou';
const AS_IT_MUST_BE = 'pass as it must be';
export const DEPLOY = 'deploy the functions: npm run deploy';
const RELEASE =
  'skip the vendor releases registration by ARN gradually, and no call tells whether this account has it: look in DMS under Add Instance, Cross-account, and ask its support where the field for the ARN is missing';
const names = (kind: string, ...all: readonly string[]): Told =>
  Object.fromEntries(all.map((name) => [`owner:${kind}:dms-handshake-${name}`, AS_IT_MUST_BE]));

/** Where all is right, but for that file. */
export const RIGHT: Told = {
  'owner:credentials': `pass accepted; account ${OWNER}, region cn-hangzhou`,
  'owner:clock': 'pass right',
  'owner:hosts': HOSTS,
  'owner:requesters':
    'fail /none/requesters.json cannot be read (ENOENT) (name the file that says who may ask with --requesters)',
  ...names('role', 'intake', 'provision', 'verify', 'trigger', 'notify', `sender-${REQUESTER}`),
  ...names('topic', 'requests', 'upkeep', 'owner', 'replies'),
  ...names('queue', 'dead-letters', 'owner-replies'),
  'owner:subscription:owner': AS_IT_MUST_BE,
  [`owner:subscription:requester-${REQUESTER}`]: AS_IT_MUST_BE,
  'owner:function:dms-handshake-intake': 'pass deployed, nodejs20',
  'owner:trigger:dms-handshake-intake': 'pass http, at http://HOST',
  'owner:function:dms-handshake-provision': 'pass deployed, nodejs20',
  'owner:trigger:dms-handshake-provision': 'pass mns_topic, of 3 topics',
  'owner:quota:triggers': "pass 3 triggers of provision; the vendor's pages allow 10 a function, or 50",
  'owner:function:dms-handshake-verify': 'pass deployed, nodejs20',
  'owner:trigger:dms-handshake-verify': 'pass timer',
  'owner:quota:roles': 'pass 6 of 1000, unless the quota was raised',
  'owner:quota:policies': 'pass 6 of 1500, unless the quota was raised',
  'owner:dms': 'pass DMS answers this account',
  'owner:actiontrail': 'pass it answers, so history has something to say where the functions write no logs',
  'owner:last-use': 'skip no sweep has read ActionTrail yet: npx dms-handshake sweep',
  'requester:credentials': `pass accepted; account ${REQUESTER}, region cn-hangzhou`,
  'requester:clock': 'pass right',
  'requester:hosts': HOSTS,
  'requester:sender-role': `pass acs:ram::${OWNER}:role/dms-handshake-sender-${REQUESTER} can be assumed`,
  'requester:role:dms-handshake-replies': AS_IT_MUST_BE,
  'requester:queue:dms-handshake-replies': AS_IT_MUST_BE,
  'requester:dms': 'pass DMS answers this account',
  'requester:dms-registration': RELEASE,
};
