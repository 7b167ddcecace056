import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { publishToTopic } from '../../local/cloud/mns/index.ts';
import { REQUESTER } from '../kit/accounts.ts';
import { stateFile } from '../kit/cli.ts';
import { callCli } from '../kit/cli-in-process.ts';
import { ROLE } from '../kit/roles.ts';
import { type TestCloud, testCloud } from '../kit/test-cloud.ts';

/** More messages than `approve` looks at. */
const FLOOD = 1_100;
const WORDS = { requesterUid: REQUESTER, engines: ['gdb'], requestId: 'change-1' };

let cloud: TestCloud;
let state: Awaited<ReturnType<typeof stateFile>>;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dms-handshake-approval-words-'));
  const file = await written('requesters.json', {
    requesters: [
      { uid: REQUESTER, name: 'orders', engines: '*', access: ['register'], topics: ['t'], approval: {} },
    ],
  });
  cloud = await testCloud({
    environment: { PATIENCE_SECONDS: '0' },
    approver: true,
    requesters: file,
    requesterUid: REQUESTER,
    requesterTopics: ['t'],
  });
  state = await stateFile(cloud.ready);
  const { world, owner, ready } = cloud;
  for (let n = 0; n < FLOOD; n += 1) publishToTopic(world, owner, ready.replyTopic, { body: `{"n":${n}}` });
  await cloud.idle();
  publishToTopic(world, owner, 't', { body: JSON.stringify(WORDS) });
  await cloud.idle();
});
afterAll(async () => {
  await cloud.close();
  await state.remove();
  await rm(folder, { recursive: true });
});

const written = async (name: string, content: unknown): Promise<string> => {
  const file = join(folder, name);
  await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
};
const approve = async (file: string) => {
  const args = ['approve', 'change-1', '--local', '--yes', '--request', file];
  const ended = await callCli(args, { env: { DMS_HANDSHAKE_LOCAL: state.file } });
  await cloud.idle();
  return ended;
};
const attached = () => cloud.owner.ram.findRole(ROLE)?.attachments.map(({ policyName }) => policyName);

it('other words than those that wait are refused, and nothing is granted', async () => {
  const { code, stderr } = await approve(await written('other.json', { ...WORDS, engines: ['redis'] }));
  expect([code, stderr]).toEqual([2, expect.stringContaining('other words')]);
  expect(attached()).toEqual([]);
});

it('behind more replies than are looked at, the way out is named', async () => {
  const args = ['approve', 'change-1', '--local', '--yes'];
  const { code, stderr } = await callCli(args, { env: { DMS_HANDSHAKE_LOCAL: state.file } });
  expect([code, stderr]).toEqual([1, expect.stringContaining('--request FILE')]);
});

it('the words of the request, from a file, are approved: no flood of replies is in the way', async () => {
  const { code, stdout, stderr } = await approve(
    await written('words.json', `\ufeff${JSON.stringify(WORDS)}`),
  );
  expect([code, stdout], stderr).toEqual([0, 'approved change-1\n']);
  expect(attached()).toEqual(['DmsCrossAccountPolicy-gdb']);
});
