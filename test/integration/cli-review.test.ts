import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { keptReportSchema, reviewReportSchema } from '../../events/review-report.ts';
import { publishToTopic } from '../../local/cloud/mns/index.ts';
import { readNotes } from '../../shared/record/notes.ts';
import { OWNER, REQUESTER } from '../kit/accounts.ts';
import { stateFile } from '../kit/cli.ts';
import { callCli } from '../kit/cli-in-process.ts';
import { ROLE } from '../kit/roles.ts';
import { pairOf } from '../kit/signing-keys.ts';
import { type TestCloud, testCloud } from '../kit/test-cloud.ts';
import { DAY } from '../kit/time.ts';

const SEED = 5;
const KEY = `whsk_${Buffer.alloc(32, SEED).toString('base64')}`;

let cloud: TestCloud;
let state: Awaited<ReturnType<typeof stateFile>>;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dms-handshake-review-'));
  const file = join(folder, 'requesters.json');
  const requester = { uid: REQUESTER, name: 'orders', engines: '*', access: ['register'], topics: ['t'] };
  await writeFile(
    file,
    JSON.stringify({
      requesters: [{ ...requester, reviewDays: 90 }],
      approvers: [{ name: 'ada', publicKey: pairOf(SEED).publicKey }],
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
  const body = JSON.stringify({ requesterUid: REQUESTER, engines: ['redis'] });
  publishToTopic(cloud.world, cloud.owner, 't', { body });
  await cloud.idle();
});
afterAll(async () => {
  await cloud.close();
  await state.remove();
  await rm(folder, { recursive: true });
});

const review = (line: string, env: Readonly<Record<string, string>> = {}) =>
  callCli(['review', '--local', ...line.split(' ').filter((word) => word !== '')], {
    env: { DMS_HANDSHAKE_LOCAL: state.file, ...env },
  });
const role = () => cloud.owner.ram.findRole(ROLE);
const due = async () => reviewReportSchema.parse(JSON.parse((await review('--json')).stdout)).roles;
/** As if the grant, and the note that its review was told, were so many days old. */
const grantedAgo = (days: number, toldAgo: number) => {
  const now = Math.floor(cloud.world.clock.now());
  role()?.tags.set('dms-engine-redis', `granted ${new Date(now - days * DAY).toISOString()}`);
  role()?.tags.set('dms-notes', `asked:${(now - toldAgo * DAY).toString(36)}`);
  return now;
};

it('nothing is due at first, and what is not there or grants nothing is not kept', async () => {
  expect(await review('')).toEqual({ code: 0, stdout: 'no role is due for review\n', stderr: '' });
  expect(await review('--keep dms-nothing')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('name or ARN of a role'),
  });
  const other = `dms-console-access-${REQUESTER}`;
  const nothing = (why: string) =>
    `dms-handshake: ${why}, so there is nothing to keep; nothing was sent. "npx dms-handshake list" shows the roles\n`;
  expect(await review(`--keep ${other}`)).toEqual({
    code: 1,
    stdout: '',
    stderr: nothing(`${other} is no role of ours in this account`),
  });
  const granted = role()?.tags.get('dms-engine-redis') ?? '';
  role()?.tags.set('dms-engine-redis', granted.replace('granted', 'revoked'));
  expect((await review(`--keep ${ROLE}`)).stderr).toBe(nothing(`${ROLE} grants nothing`));
  role()?.tags.set('dms-engine-redis', granted);
});

it('a role that is due is listed with its grants, since when it is due, and when it ends', async () => {
  const now = grantedAgo(120, 20);
  expect(await due()).toEqual([
    {
      roleArn: `acs:ram::${OWNER}:role/${ROLE}`,
      requesterUid: REQUESTER,
      access: 'register',
      grants: [{ id: 'redis', expiresAt: null, instances: null, readOnly: false }],
      reviewedAt: null,
      dueAt: new Date(now - 30 * DAY).toISOString(),
    },
  ]);
  const minute = (days: number) => new Date(now + days * DAY).toISOString().slice(0, 16).replace('T', ' ');
  const gap = ' '.repeat(ROLE.length - 4);
  const { stdout } = await review('');
  expect(stdout).toBe(`role${gap}  due since (UTC)   confirmed  ends (UTC)        grants
${ROLE}  ${minute(-30)}  -          ${minute(70)}  redis

still needed: npx dms-handshake review --keep ROLE. ends: what it grants, if nobody confirms it.
`);
  role()?.tags.set('dms-notes', '-');
  expect((await review('')).stdout).toContain(`  -          not told yet  redis\n`);
  grantedAgo(120, 20);
});

it('without the signature of an approver it is not noted, and the owner is told why', async () => {
  await cloud.replies();
  const { code, stdout, stderr } = await review(`--keep ${ROLE} --wait 1`);
  expect([code, stdout]).toEqual([3, `sent ${ROLE}\n`]);
  const replies = await cloud.replies();
  expect(new Set(replies.map(({ data }) => data.problem?.code))).toEqual(new Set(['signature-invalid']));
  const id = replies[0]?.data.requestId ?? '';
  expect(id).toMatch(/^keep-[0-9a-f-]{36}$/);
  expect(stderr.split('\n')).toEqual([
    `${ROLE} grants redis`,
    `note: ${join(folder, 'requesters.json')} lists "approvers", and DMS_HANDSHAKE_APPROVER_KEY is not set: without the signature of one of them this counts for nothing`,
    `dms-handshake: the confirmation of ${ROLE} is not noted 1 s after it was sent; why stands in the reply to ${id} in the queue dms-handshake-owner-replies: perhaps requesters.json lists "approvers" and none of them has signed, or the owner's topic is behind. See "npx dms-handshake review"`,
    '',
  ]);
  expect(await review(`--keep ${ROLE} --wait 0`)).toMatchObject({ code: 0, stdout: `sent ${ROLE}\n` });
  expect(readNotes(role()?.tags ?? new Map()).reviewedAt).toBeNull();
});

it('signed, it is noted, is due no more, and grants what it granted', async () => {
  const before = role()?.tags.get('dms-engine-redis');
  const arn = `acs:ram::${OWNER}:role/${ROLE}`;
  const { code, stdout, stderr } = await review(`--keep ${arn} --json`, { DMS_HANDSHAKE_APPROVER_KEY: KEY });
  expect(keptReportSchema.parse(JSON.parse(stdout)), stderr).toEqual({
    roleArn: arn,
    status: 'kept',
    requestId: expect.stringMatching(/^keep-/),
  });
  expect([code, stderr]).toEqual([0, `${ROLE} grants redis\n`]);
  expect(await due()).toEqual([]);
  expect(role()?.tags.get('dms-engine-redis')).toBe(before);
  expect(role()?.attachments).toHaveLength(1);
});

it('an emergency that is not over is not due, and is named as what keeps the next one away', async () => {
  const now = Math.floor(cloud.world.clock.now());
  role()?.tags.set('dms-notes', `reviewed:${(now - DAY).toString(36)}`);
  const [since, until] = [now - 3_600_000, now + 3_600_000].map((time) => new Date(time).toISOString());
  role()?.tags.set('dms-break-glass', `${since} until ${until} ${'A'.repeat(43)} orders are lost`);
  expect(await due()).toEqual([]);
  const { stdout } = await review('');
  expect(stdout).toBe(
    `no role is due for review\nto be confirmed before the next emergency: ${ROLE} (npx dms-handshake review --keep ROLE)\n`,
  );
  role()?.tags.delete('dms-break-glass');
});

it('an emergency that is over is listed with its reason until it is confirmed', async () => {
  const now = Math.floor(cloud.world.clock.now());
  const [since, until] = [now - 5 * 3_600_000, now - 3_600_000].map((time) => new Date(time).toISOString());
  role()?.tags.set('dms-engine-redis', `revoked ${since}`);
  role()?.tags.set('dms-notes', '-');
  role()?.tags.set('dms-break-glass', `${since} until ${until} ${'A'.repeat(43)} orders are lost`);
  const breakGlass = { reason: 'orders are lost', since, until, confirmed: false };
  expect(await due()).toEqual([
    {
      ...{ roleArn: `acs:ram::${OWNER}:role/${ROLE}`, requesterUid: REQUESTER, access: 'register' },
      ...{ grants: [], reviewedAt: null, dueAt: until, breakGlass },
    },
  ]);
  const minute = until?.slice(0, 16).replace('T', ' ');
  const [, row, more] = (await review('')).stdout.split('\n');
  expect(row).toBe(`${ROLE}  ${minute}  -          -           nothing`);
  expect(more?.trim()).toBe(`emergency until ${minute}: orders are lost`);
  const env = { DMS_HANDSHAKE_APPROVER_KEY: KEY };
  expect(await review(`--keep ${ROLE}`, env)).toMatchObject({ code: 0, stdout: `kept ${ROLE}\n` });
  expect(await due()).toEqual([]);
});
