import { createRequire } from 'node:module';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Door, openDoor } from '../../../../local/cloud/http/server.ts';
import { createTopic, handleMns, mnsIdle, subscribe } from '../../../../local/cloud/mns/index.ts';
import { assumeAsService } from '../../../../local/cloud/sts/session.ts';
import type { Account, World } from '../../../../local/cloud/world.ts';
import { systemClock } from '../../../../shared/runtime/clock.ts';
import { OWNER } from '../../../kit/accounts.ts';
import { addRole, addUser, everything, type Keys, twoAccounts } from '../../../kit/two-accounts.ts';

type Params = Readonly<Record<string, string | number>>;
interface Answer<Body = Readonly<Record<string, string>>> {
  readonly code: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Body;
}
type Many = Answer<readonly Readonly<Record<string, string>>[]>;

/** `@alicloud/mns` 1.2.0 as its source shows it. */
interface Client {
  createQueue(name: string, params?: Params): Promise<Answer>;
  deleteQueue(name: string): Promise<Answer>;
  listQueue(start?: string, limit?: number, prefix?: string): Promise<Many>;
  getQueueAttributes(name: string): Promise<Answer>;
  setQueueAttributes(name: string, params: Params): Promise<Answer>;
  sendMessage(queue: string, params: Params): Promise<Answer>;
  batchSendMessage(queue: string, params: readonly Params[]): Promise<Many>;
  receiveMessage(queue: string, waitSeconds?: number): Promise<Answer>;
  batchReceiveMessage(queue: string, count: number, waitSeconds?: number): Promise<Many>;
  peekMessage(queue: string): Promise<Answer>;
  batchPeekMessage(queue: string, count: number): Promise<Many>;
  deleteMessage(queue: string, handle: string): Promise<Answer>;
  batchDeleteMessage(queue: string, handles: readonly string[]): Promise<Many>;
  changeMessageVisibility(queue: string, handle: string, seconds: number): Promise<Answer>;
  createTopic(name: string, params?: Params): Promise<Answer>;
  listTopic(start?: string, limit?: number, prefix?: string): Promise<Many>;
  getTopicAttributes(name: string): Promise<Answer>;
  setTopicAttributes(name: string, params: Params): Promise<Answer>;
  publishMessage(topic: string, params: Params): Promise<Answer>;
}

const Sdk: new (uid: string, options: Keys & { endpoint: string }) => Client = createRequire(import.meta.url)(
  '@alicloud/mns',
);

let world: World;
let owner: Account;
let door: Door;
let client: Client;

beforeEach(async () => {
  ({ world, owner } = twoAccounts(systemClock));
  door = await openDoor(world, owner, { rpc: [], mns: handleMns, fc: null });
  client = connect(addUser(owner, 'admin', everything).keys);
});
afterEach(() => door.close());

const connect = (keys: Keys): Client => new Sdk(OWNER, { ...keys, endpoint: door.url });

describe("the vendor's own client, unchanged,", () => {
  it('works with queues', async () => {
    const created = await client.createQueue('jobs', { VisibilityTimeout: 60 });
    expect(created.code).toBe(201);
    expect(created.headers['location']).toBe(`${door.url}/queues/jobs`);
    expect((await client.createQueue('jobs', { VisibilityTimeout: 60 })).code).toBe(204);
    await expect(client.createQueue('jobs')).rejects.toMatchObject({ name: 'MNSQueueAlreadyExistError' });
    expect((await client.setQueueAttributes('jobs', { DelaySeconds: 1 })).code).toBe(204);
    const { body } = await client.getQueueAttributes('jobs');
    expect(body).toMatchObject({ QueueName: 'jobs', DelaySeconds: '1', VisibilityTimeout: '60' });
    const listed = await client.listQueue('', 10, 'j');
    expect(listed.body).toEqual([{ QueueURL: `${door.url}/queues/jobs` }]);
    expect((await client.deleteQueue('jobs')).code).toBe(204);
    await expect(client.getQueueAttributes('jobs')).rejects.toMatchObject({ name: 'MNSQueueNotExistError' });
  });

  it('works with messages', async () => {
    await client.createQueue('jobs');
    const sent = await client.sendMessage('jobs', { MessageBody: 'h\u00e9llo &lt;you&gt;' });
    expect(sent.code).toBe(201);
    expect((await client.peekMessage('jobs')).body['MessageBody']).toBe('h\u00e9llo <you>');
    const got = await client.receiveMessage('jobs');
    expect(got.body).toMatchObject({
      MessageId: sent.body['MessageId'],
      MessageBodyMD5: sent.body['MessageBodyMD5'],
    });
    const changed = await client.changeMessageVisibility('jobs', got.body['ReceiptHandle'] ?? '', 60);
    await expect(client.deleteMessage('jobs', got.body['ReceiptHandle'] ?? '')).rejects.toMatchObject({
      name: 'MNSMessageNotExistError',
    });
    expect((await client.deleteMessage('jobs', changed.body['ReceiptHandle'] ?? '')).code).toBe(204);
    await expect(client.receiveMessage('jobs')).rejects.toMatchObject({ name: 'MNSMessageNotExistError' });
  });

  it('works with batches, and takes a partial failure for success', async () => {
    await client.createQueue('jobs');
    await client.batchSendMessage('jobs', [{ MessageBody: 'a' }, { MessageBody: 'b' }]);
    expect((await client.batchPeekMessage('jobs', 16)).body.map((m) => m['MessageBody'])).toEqual(['a', 'b']);
    const got = await client.batchReceiveMessage('jobs', 16, 1);
    const handles = got.body.map((m) => m['ReceiptHandle'] ?? '');
    const deleted = await client.batchDeleteMessage('jobs', ['nonsense', ...handles]);
    expect(deleted.code).toBe(404);
    expect(deleted.body).toMatchObject([{ ErrorCode: 'ReceiptHandleError', ReceiptHandle: 'nonsense' }]);
    expect(owner.mns.queue('jobs').messages).toEqual([]);
  });

  it('waits for a message that comes while it waits', async () => {
    await client.createQueue('jobs');
    const waiting = client.receiveMessage('jobs', 30);
    await client.sendMessage('jobs', { MessageBody: 'at last' });
    expect((await waiting).body['MessageBody']).toBe('at last');
  });

  it('works with topics', async () => {
    expect((await client.createTopic('news')).headers['location']).toBe(`${door.url}/topics/news`);
    expect((await client.setTopicAttributes('news', { MaximumMessageSize: 2048 })).code).toBe(204);
    expect((await client.getTopicAttributes('news')).body['MaximumMessageSize']).toBe('2048');
    expect((await client.listTopic('', 10, '')).body).toEqual([{ TopicURL: `${door.url}/topics/news` }]);
    await expect(client.publishMessage('none', { MessageBody: 'x' })).rejects.toMatchObject({
      name: 'MNSTopicNotExistError',
    });
  });

  it('publishes with the keys of a session, and no more than its role may', async () => {
    createTopic(world, owner, 'news');
    owner.mns.addQueue('inbox');
    const endpoint = `acs:mns:cn-hangzhou:${OWNER}:queues/inbox`;
    subscribe(world, owner, 'news', 'inbox', { endpoint, notifyContentFormat: 'SIMPLIFIED' });
    const trust = { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: ['fc.aliyuncs.com'] } };
    const role = addRole(
      owner,
      'sender',
      { Version: '1', Statement: [trust] },
      {
        Effect: 'Allow',
        Action: 'mns:PublishMessage',
        Resource: `acs:mns:cn-hangzhou:${OWNER}:/topics/news/messages`,
      },
    );
    const session = connect(
      assumeAsService(world, {
        service: 'fc.aliyuncs.com',
        roleArn: role.arn,
        sessionName: 'test',
        durationSeconds: 900,
      }),
    );
    const sent = await session.publishMessage('news', { MessageBody: 'from a session', MessageTag: 'a' });
    expect(sent.code).toBe(201);
    await mnsIdle(world);
    expect(owner.mns.queue('inbox').messages.map(({ body }) => body)).toEqual(['from a session']);
    await expect(session.getTopicAttributes('news')).rejects.toMatchObject({ name: 'MNSAccessDeniedError' });
    const forged = connect({ accessKeyId: 'LTAI-none', accessKeySecret: 'x' });
    await expect(forged.getTopicAttributes('news')).rejects.toMatchObject({
      name: 'MNSInvalidAccessKeyIdError',
    });
  });
});
