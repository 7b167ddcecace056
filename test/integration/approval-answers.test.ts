import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { publishToTopic } from '../../local/cloud/mns/index.ts';
import { OWNER, REQUESTER } from '../kit/accounts.ts';
import { shown } from '../kit/approval.ts';
import { stateFile } from '../kit/cli.ts';
import { callCli } from '../kit/cli-in-process.ts';
import { type TestCloud, testCloud } from '../kit/test-cloud.ts';

/** `pending`, `approve` and `deny` where two accounts gave their requests one id, word for word. */

const OTHER = '1000000000000003';
const wordsOf = (requesterUid: string) => ({ requesterUid, engines: ['gdb'], requestId: 'same' });
const digestOf = (requesterUid: string) => shown(wordsOf(requesterUid), 'same').digest;
const roleOf = (requesterUid: string) => `dms-cross-account-${requesterUid}`;

let cloud: TestCloud;
let state: Awaited<ReturnType<typeof stateFile>>;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dms-handshake-approval-answers-'));
  const file = join(folder, 'requesters.json');
  const requester = { engines: '*', access: ['register'], approval: {} };
  await writeFile(
    file,
    JSON.stringify({
      requesters: [
        { ...requester, uid: REQUESTER, name: 'orders', topics: ['t1'] },
        { ...requester, uid: OTHER, name: 'payments', topics: ['t3'] },
      ],
    }),
  );
  cloud = await testCloud({
    environment: { PATIENCE_SECONDS: '0' },
    approver: true,
    requesters: file,
    requesterUid: REQUESTER,
    requesterTopics: ['t1', 't3'],
  });
  state = await stateFile(cloud.ready);
});
afterAll(async () => {
  await cloud.close();
  await state.remove();
  await rm(folder, { recursive: true });
});

const run = (line: string) =>
  callCli([...line.split(' '), '--local'], { env: { DMS_HANDSHAKE_LOCAL: state.file } });
const ask = async (topic: string, body: object) => {
  publishToTopic(cloud.world, cloud.owner, topic, { body: JSON.stringify(body) });
  await cloud.idle();
};
const attached = (uid: string) => cloud.owner.ram.findRole(roleOf(uid))?.attachments.length;
/** What is shown of a request before it is answered. */
const shownOf = (uid: string, since: string) =>
  `same of account ${uid}, sent at ${since}\nengines ["gdb"]\naction "grant"\naccess "register"\ndigest ${digestOf(uid)}\n`;

it('where nothing waits there is nothing to approve', async () => {
  expect(await run('pending')).toEqual({ code: 0, stdout: 'nothing waits for approval\n', stderr: '' });
  expect(await run('approve same --yes')).toEqual({
    code: 1,
    stdout: '',
    stderr:
      'dms-handshake: no request "same" waits for approval; "npx dms-handshake pending --local" lists those that do\n',
  });
});

let waiting: readonly { readonly requesterUid: string; readonly since: string }[];

it('all that wait are listed, the oldest first, with their words', async () => {
  await ask('t3', wordsOf(OTHER));
  await ask('t1', wordsOf(REQUESTER));
  const { requests } = JSON.parse((await run('pending --json')).stdout);
  const one = (requesterUid: string) => ({
    requestId: 'same',
    requesterUid,
    request: shown(wordsOf(requesterUid), 'same').request,
    digest: digestOf(requesterUid),
    since: expect.stringMatching(/Z$/),
    endsAt: expect.stringMatching(/Z$/),
  });
  expect(requests).toEqual([one(OTHER), one(REQUESTER)]);
  waiting = requests;
});

it('an id that two of them have is answered for none of them', async () => {
  expect(await run('approve same --yes')).toEqual({
    code: 1,
    stdout: '',
    stderr: `dms-handshake: 2 requests that wait have the id "same", on ${roleOf(OTHER)} and ${roleOf(REQUESTER)}; nothing was said to any of them. Deny is no way out either: have one of them sent again with an id of its own, or name its account with --requester where they differ in that\n`,
  });
  expect([attached(REQUESTER), attached(OTHER)]).toEqual([0, 0]);
});

it('with its account, one of them is approved, after its words were shown', async () => {
  const since = waiting[1]?.since ?? '';
  expect(await run(`approve same --yes --requester ${REQUESTER}`)).toEqual({
    code: 0,
    stdout: 'approved same\n',
    stderr: shownOf(REQUESTER, since),
  });
  await cloud.idle();
  expect([attached(REQUESTER), attached(OTHER)]).toEqual([1, 0]);
});

it('an answer that nobody hears still waits at the end of --wait, and says where to look', async () => {
  const { subscriptions } = cloud.owner.mns.topic('dms-handshake-owner');
  const before = new Map(subscriptions);
  subscriptions.clear();
  const { code, stdout, stderr } = await run('approve same --yes --wait 1 --json');
  const at = await run('approve same --yes --wait 0');
  for (const [name, subscription] of before) subscriptions.set(name, subscription);
  expect([code, JSON.parse(stdout)]).toEqual([
    3,
    { requestId: 'same', digest: digestOf(OTHER), status: 'sent' },
  ]);
  expect(stderr.split('\n').at(-2)).toBe(
    'dms-handshake: same still waits 1 s after the answer was sent; why stands in a reply to it in the queue dms-handshake-owner-replies: perhaps requesters.json lists "approvers" and none of them has signed, or the owner\'s topic is behind. See "npx dms-handshake pending --local"',
  );
  expect(at).toMatchObject({ code: 0, stdout: 'sent same\n' });
});

it('what nobody can read the words of is not answered, and the way out is named', async () => {
  const replies = cloud.owner.mns.queue('dms-handshake-owner-replies');
  for (let left = replies.messages.length; left > 0; left = replies.messages.length) {
    replies.receive(16);
    for (const { handle } of [...replies.messages]) replies.delete(handle ?? '');
  }
  expect(await run('deny same')).toEqual({
    code: 1,
    stdout: '',
    stderr: `dms-handshake: the words of "same" were not found in the queue dms-handshake-owner-replies, so nobody can see what would be answered: they are gone, or behind too many replies. Let whoever sent the request hand it over, and name it with --request FILE; only words with the digest ${digestOf(OTHER)} are taken\n`,
  });
  expect((await run('pending')).stdout).toContain(
    'not found in the queue of replies: approve it with --request FILE',
  );
});

it('with the words from a file it is denied, with a reason', async () => {
  const file = join(folder, 'words.json');
  await writeFile(file, JSON.stringify(wordsOf(OTHER)));
  const { code, stdout, stderr } = await run(`deny same --request ${file} --reason later --json`);
  expect([code, JSON.parse(stdout), stderr]).toEqual([
    0,
    { requestId: 'same', digest: digestOf(OTHER), status: 'denied' },
    shownOf(OTHER, waiting[0]?.since ?? ''),
  ]);
  await cloud.idle();
  const [last] = (await cloud.replies()).slice(-1);
  expect(last?.data).toMatchObject({ status: 'rejected', ownerUid: OWNER, requestId: 'same' });
  expect(JSON.stringify(last?.data.problem)).toContain('later');
  expect(attached(OTHER)).toBe(0);
});
