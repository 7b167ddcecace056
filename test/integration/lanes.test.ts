import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Reply, replySchema } from '../../events/reply.ts';
import { publishToTopic } from '../../local/cloud/mns/index.ts';
import { OWNER_UID } from '../../local/local-cloud.ts';
import { TOLD_NAMES_TAG } from '../../shared/sweep/told-names.ts';
import { VERDICT_TAG } from '../../shared/verification/verdict.ts';
import { type TestCloud, testCloud } from '../kit/test-cloud.ts';

/** Three lanes, three topics: provision takes each kind of message from its topic, and from no other. */

const REQUESTER = '1000000000000001';
const ROLE = `dms-cross-account-${REQUESTER}`;
const CONSOLE_ROLE = `dms-console-access-${REQUESTER}`;
const LANES = {
  requests: 'dms-handshake-requests',
  upkeep: 'dms-handshake-upkeep',
  owner: 'dms-handshake-owner',
} as const;

const LISTED = {
  requesters: [
    { uid: REQUESTER, name: 'a', engines: '*', access: ['register', 'console'], topics: [LANES.requests] },
  ],
};

let cloud: TestCloud;
let folder: string;
let file: string;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'dms-handshake-lanes-'));
  file = join(folder, 'requesters.json');
  writeFileSync(file, JSON.stringify(LISTED));
  cloud = await testCloud({
    environment: { PATIENCE_SECONDS: '0', HEAL: 'true', REQUESTERS_FILE: file },
  });
});
afterEach(async () => {
  await cloud.close();
  rmSync(folder, { recursive: true });
});

/** Publishes to a lane, and answers the replies of all tags, without copies. */
async function on(lane: keyof typeof LANES, body: object | string): Promise<readonly Reply[]> {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  publishToTopic(cloud.world, cloud.owner, LANES[lane], { body: text });
  return [...new Map((await cloud.replies()).map((reply) => [reply.id, reply])).values()];
}
const role = (name = ROLE) => cloud.owner.ram.findRole(name);
const codes = (replies: readonly Reply[]) => replies.map(({ data }) => data.problem?.code);

const at = '2026-11-23T10:00:00.000Z';
const UPKEEP: readonly [what: string, upkeep: object][] = [
  ['a verdict', { remember: { roles: [ROLE], tags: { 'dms-verdict': `failed ${at} trust-closed` } } }],
  [
    'names with words of their own',
    { remember: { roles: ['dms-handshake-verify'], tags: { 'dms-strangers': '\u001b[31m x' } } },
  ],
  ['an inventory', { remember: { roles: ['dms-handshake-verify'], tags: { 'dms-roll-0': 'v1 0' } } }],
  ['a repair', { role: ROLE, repair: true }],
  ['what has expired', { role: ROLE, expired: ['redis'] }],
  ['a sweep to go on', { sweep: { after: 'a' } }],
  ['a policy', { policy: 'DmsCrossAccountPolicy-redis' }],
];
const GRANT = { requesterUid: REQUESTER, engines: ['redis'] };
const CLOSE = { owner: { close: { requesterUid: REQUESTER, access: 'register' } } };

describe('the request topic', () => {
  it.each(UPKEEP)('takes no upkeep: %s, plain, in base64 or signed', async (_what, upkeep) => {
    await on('requests', GRANT);
    await cloud.byHand('UpdateRole', {
      RoleName: ROLE,
      NewAssumeRolePolicyDocument: JSON.stringify({
        Version: '1',
        Statement: [{ Action: 'sts:AssumeRole', Effect: 'Allow', Principal: { RAM: ['acs:ram::3:root'] } }],
      }),
    });
    cloud.forget();
    const payload = JSON.stringify({ upkeep });
    for (const body of [
      payload,
      Buffer.from(payload).toString('base64'),
      { id: 'x', timestamp: '1', signature: 'v1a,AA', payload },
    ])
      expect(codes(await on('requests', body))).toEqual(['invalid-request']);
    expect(cloud.calls('ram')).toEqual([]);
    expect(role()?.tags.has(VERDICT_TAG)).toBe(false);
    expect(role('dms-handshake-verify')?.tags.has(TOLD_NAMES_TAG)).toBe(false);
  });

  it('takes no word of the owner', async () => {
    await on('requests', GRANT);
    cloud.forget();
    expect(codes(await on('requests', CLOSE))).toEqual(['invalid-request']);
    expect(cloud.calls('ram')).toEqual([]);
    expect(role()?.attachments).toHaveLength(1);
  });
});

describe('the upkeep topic', () => {
  it.each([
    ['a request', GRANT],
    ['a revoke', { requesterUid: REQUESTER, action: 'revoke' }],
    ['a word of the owner', CLOSE],
    ['no JSON', 'hello'],
    ['upkeep with a key more', { upkeep: { role: ROLE, grant: ['redis'] } }],
  ])('takes no %s: refused, and told to the owner alone', async (_what, body) => {
    await on('requests', { ...GRANT, engines: ['gdb'] });
    cloud.forget();
    const queue = cloud.requester.mns.queue('dms-handshake-replies');
    const before = queue.messages.length;
    expect(codes(await on('upkeep', body))).toEqual(['invalid-request']);
    expect(queue.messages).toHaveLength(before);
    expect(cloud.calls('ram')).toEqual([]);
    expect(role()?.attachments).toHaveLength(1);
  });
});

describe('the owner topic', () => {
  it.each([
    ['a request', GRANT],
    ['upkeep', { upkeep: { role: ROLE, repair: true } }],
    ['a close of nobody', { owner: { close: { requesterUid: 'x', access: 'register' } } }],
    ['a close of its own account', { owner: { close: { requesterUid: OWNER_UID, access: 'register' } } }],
    ['two words at once', { owner: { close: CLOSE.owner.close, more: {} } }],
    ['nothing', { owner: {} }],
  ])('takes no %s: refused, and nothing is called', async (_what, body) => {
    await on('requests', { ...GRANT, engines: ['gdb'] });
    cloud.forget();
    expect(codes(await on('owner', body))).toEqual([
      _what === 'a close of its own account' ? 'own-account' : 'invalid-request',
    ]);
    expect(cloud.calls('ram')).toEqual([]);
    expect(role()?.attachments).toHaveLength(1);
  });

  it('a close takes everything of one access away, and is told to the requester and to the owner', async () => {
    await on('requests', GRANT);
    await on('requests', { requesterUid: REQUESTER, access: 'console', users: ['alice'] });
    const [closed] = await on('owner', CLOSE);
    expect(closed?.data).toMatchObject({
      status: 'revoked',
      requesterUid: REQUESTER,
      engines: [],
      access: 'register',
    });
    expect([role()?.attachments.length, role(CONSOLE_ROLE)?.attachments.length]).toEqual([0, 1]);
    expect(role()?.trust).not.toContain('dms.aliyuncs.com');
    const told = cloud.requester.mns
      .queue('dms-handshake-replies')
      .messages.map(({ body }) => replySchema.parse(JSON.parse(body)).id);
    expect(told).toContain(closed?.id);
    const again = { owner: { close: { requesterUid: REQUESTER, access: 'console', requestId: 'ticket-7' } } };
    const [second] = await on('owner', again);
    expect([second?.data.status, second?.data.requestId]).toEqual(['revoked', 'ticket-7']);
    expect(role(CONSOLE_ROLE)?.attachments).toEqual([]);
  });

  it('a close holds for a requester that is not listed any more', async () => {
    await on('requests', GRANT);
    writeFileSync(file, JSON.stringify({ requesters: [], clients: [] }));
    expect(codes(await on('requests', { requesterUid: REQUESTER, action: 'revoke' }))).toEqual([
      'requester-not-allowed',
    ]);
    const [reply] = await on('owner', CLOSE);
    expect(reply?.data).toMatchObject({ status: 'revoked', requesterUid: REQUESTER, engines: [] });
    expect(role()?.trust).not.toContain('dms.aliyuncs.com');
  });

  it('a grant that was sent before the close and arrives after it changes nothing', async () => {
    await on('requests', GRANT);
    const before = cloud.world.clock.now() - 1_000;
    await on('owner', CLOSE);
    const event = {
      TopicOwner: OWNER_UID,
      TopicName: LANES.requests,
      MessageId: 'late',
      Message: JSON.stringify(GRANT),
      PublishTime: before,
    };
    await cloud.host.enqueue({
      accountId: OWNER_UID,
      functionName: 'dms-handshake-provision',
      payload: Buffer.from(JSON.stringify(event)),
    });
    expect(codes(await cloud.replies())).toEqual(['superseded']);
    expect(role()?.attachments).toEqual([]);
  });
});

describe('what a request repairs on its way', () => {
  it.each(['true', 'false'])('is told to the owner, and stands in the reply (HEAL=%s)', async (heal) => {
    await cloud.close();
    cloud = await testCloud({
      environment: { PATIENCE_SECONDS: '0', HEAL: heal, REQUESTERS_FILE: file },
    });
    await on('requests', GRANT);
    await cloud.byHand('AttachPolicyToRole', {
      PolicyName: 'AdministratorAccess',
      PolicyType: 'System',
      RoleName: ROLE,
    });
    cloud.forget();
    const [reply, told] = await on('requests', GRANT);
    const repaired = {
      check: 'policies-attached',
      before: 'the system policy AdministratorAccess is attached',
      after: 'detach-policy AdministratorAccess',
      asked: false,
    };
    expect(reply?.data).toMatchObject({ status: 'verified', changes: [repaired] });
    expect(told?.data).toMatchObject({
      status: 'changed',
      requestId: reply?.data.requestId,
      changes: [repaired],
    });
    expect(told?.data.problem?.detail).toContain('AdministratorAccess');
    expect(told?.id).not.toBe(reply?.id);
  });
});
