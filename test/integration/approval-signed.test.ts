import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { replySchema } from '../../events/reply.ts';
import { REQUESTER } from '../kit/accounts.ts';
import { stateFile } from '../kit/cli.ts';
import { callCli } from '../kit/cli-in-process.ts';
import { ROLE } from '../kit/roles.ts';
import { pairOf } from '../kit/signing-keys.ts';
import { type TestCloud, testCloud } from '../kit/test-cloud.ts';

const [ADA, MALLORY] = [5, 6];
const keyOf = (seed: number) => `whsk_${Buffer.alloc(32, seed).toString('base64')}`;

let cloud: TestCloud;
let state: Awaited<ReturnType<typeof stateFile>>;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dms-handshake-approval-signed-'));
  const file = join(folder, 'requesters.json');
  const requester = { uid: REQUESTER, name: 'orders', engines: '*', access: ['register'], topics: ['t'] };
  await writeFile(
    file,
    JSON.stringify({
      requesters: [{ ...requester, approval: {}, breakGlass: { maxHours: 4 } }],
      approvers: [{ name: 'ada', publicKey: pairOf(ADA).publicKey }],
    }),
  );
  cloud = await testCloud({
    environment: { PATIENCE_SECONDS: '0' },
    approver: true,
    requesters: file,
    requesterUid: REQUESTER,
    requesterTopics: ['t'],
  });
  state = await stateFile(cloud.ready);
});
afterAll(async () => {
  await cloud.close();
  await state.remove();
  await rm(folder, { recursive: true });
});

async function run(words: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const ended = await callCli([...words, '--local'], { env: { DMS_HANDSHAKE_LOCAL: state.file, ...env } });
  await cloud.idle();
  return ended;
}
const events = async (): Promise<readonly { status: string }[]> =>
  JSON.parse((await run(['history', '--json'])).stdout).events.filter(
    ({ status }: { status: string }) => status === 'verified',
  );
const role = () => cloud.owner.ram.findRole(ROLE);

it('approve is signed by the key of an approver: without it, or with another, nothing is granted', async () => {
  await run(['request', '--engines', 'redis', '--request-id', 'r-1', '--wait', '0']);
  const yes = ['approve', 'r-1', '--yes', '--wait', '1'];
  const keys: readonly { DMS_HANDSHAKE_APPROVER_KEY?: string }[] = [
    {},
    { DMS_HANDSHAKE_APPROVER_KEY: keyOf(MALLORY) },
  ];
  for (const env of keys) {
    const { code, stdout, stderr } = await run(yes, env);
    expect(code).toBe(3);
    expect(stderr.includes('is not set: without the signature')).toBe(
      env.DMS_HANDSHAKE_APPROVER_KEY === undefined,
    );
    expect(stdout + stderr).not.toContain(keyOf(MALLORY));
    expect(role()?.attachments).toEqual([]);
  }
  const { code, stdout, stderr } = await run(yes, { DMS_HANDSHAKE_APPROVER_KEY: keyOf(ADA) });
  expect([code, stdout + stderr]).toEqual([0, expect.not.stringContaining(keyOf(ADA))]);
  expect(role()?.attachments).toHaveLength(1);
  expect(await events()).toMatchObject([{ requestId: 'r-1', status: 'verified', approvedBy: 'ada' }]);
});

it('an emergency is granted at once, and the owner is told of it beside the reply, with its reason', async () => {
  await cloud.replies();
  const reason = 'the orders\u0007 are gone';
  const words = ['--engines', 'lindorm', '--request-id', 'e-1', '--break-glass', reason];
  const { code, stdout } = await run(['request', ...words, '--json']);
  const reply = replySchema.parse(JSON.parse(stdout));
  expect([code, reply.data.status, reply.data.breakGlass]).toEqual([0, 'verified', reason]);
  expect(reply.data.changes?.[0]?.after).toContain('in an emergency');
  const told = await cloud.replies();
  expect(told.map(({ type }) => type).sort()).toEqual([
    'dms-handshake.access.break-glass.v1',
    'dms-handshake.access.verified.v1',
  ]);
  expect(new Set(told.map(({ id }) => id)).size).toBe(2);
  expect(told.map(({ data }) => data)).toEqual([reply.data, reply.data]);
  expect(await events()).toContainEqual(
    expect.objectContaining({ requestId: 'e-1', approvedBy: null, breakGlass: reason }),
  );
  const again = await run(['request', '--engines', 'gdb', '--break-glass', 'once more']);
  expect(again.code).toBe(1);
  expect(again.stdout).toContain('not yet confirmed');
  const plan = ['plan', '--requester', REQUESTER, '--engines', 'gdb'];
  expect((await run(plan)).stdout).toContain("waits for the owner's approval");
  expect((await run([...plan, '--break-glass', 'x'])).stderr).toContain('not yet confirmed');
  expect((await run(['list'])).stdout).toContain('to be confirmed: the orders\\u0007 are gone');
});
