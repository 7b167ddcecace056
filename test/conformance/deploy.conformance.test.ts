import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { replySchema } from '../../events/reply.ts';
import { type LocalCloud, startLocalCloud } from '../../local/local-cloud.ts';
import { mnsClient } from './clients.ts';
import { madeIn, NOTHING } from './deploy/left.ts';
import { sdkApi } from './deploy/sdk.ts';
import { type Api, deployAsTheTool, removeAsTheTool } from './deploy/tool.ts';
import { wantedOf } from './deploy/wanted.ts';

let cloud: LocalCloud;
let api: Api;

beforeAll(async () => {
  cloud = await startLocalCloud({ root: process.cwd(), empty: true, timers: 'scheduled' });
  api = sdkApi(cloud.ready);
});
afterAll(() => cloud.close());

const calls = (kind?: 'read' | 'write') =>
  cloud.world.journal.calls
    .filter(({ service }) => service === 'fc' || service === 'oss')
    .filter((call) => kind === undefined || call.kind === kind)
    .map(({ operation }) => operation);

async function deploy(environment: Readonly<Record<string, string>> = {}): Promise<void> {
  cloud.world.journal.clear();
  await deployAsTheTool(api, wantedOf(cloud.owner.uid, environment));
}

/** Sends a request as account A's automation does, and waits for the reply in its queue. */
async function ask(request: object): Promise<unknown> {
  const { owner, requester, requestTopic, replyQueue, region } = cloud.ready;
  const at = (account: typeof owner) => ({
    live: false,
    uid: account.uid,
    region,
    keys: account,
    url: () => account.endpoint,
    tls: { url: () => account.endpoint, ca: null },
    echo: () => '',
    close: async () => {},
  });
  await mnsClient(at(owner)).publishMessage(requestTopic, { MessageBody: JSON.stringify(request) });
  const queue = mnsClient(at(requester));
  const { body } = await queue.receiveMessage(replyQueue.name, 30);
  await queue.deleteMessage(replyQueue.name, body['ReceiptHandle'] ?? '');
  return replySchema.parse(JSON.parse(body['MessageBody'] ?? '')).data;
}

describe('the three built functions, deployed with the SDKs of the vendor', () => {
  it('nothing is there, and the URL says so', async () => {
    expect(madeIn(cloud)).toEqual(NOTHING);
    expect((await fetch(`${cloud.ready.http}/health`)).status).toBe(404);
  });

  it('the first deployment makes everything, and a request gets its verified reply', async () => {
    await deploy();
    const written = wantedOf(cloud.owner.uid).flatMap(({ spec }) => [
      ...['PutObject', 'CreateFunction'],
      ...spec.triggers.map(() => 'CreateTrigger'),
      'PutAsyncInvokeConfig',
      ...(spec.concurrencyConfig === undefined ? [] : ['PutConcurrencyConfig']),
    ]);
    expect(calls('write')).toEqual(written);
    const reply = await ask({ requesterUid: cloud.requester.uid, engines: ['redis'] });
    expect(reply).toMatchObject({ status: 'verified', assurance: 'assumed', engines: ['redis'] });
    expect(await (await fetch(`${cloud.ready.http}/health`)).json()).toEqual({ status: 'ok' });
  });

  it('intake takes the token of the ready line', async () => {
    const { http, token } = cloud.ready;
    const response = await fetch(`${http}/requests`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ requesterUid: cloud.requester.uid, action: 'verify' }),
    });
    expect(response.status).toBe(202);
    await cloud.idle();
  });

  it('what GetFunction shows holds nothing of the host', async () => {
    const shown = JSON.stringify(await api.call('GetFunction', ['dms-handshake-intake']));
    expect(shown).toContain('"codeChecksum"');
    for (const own of ['CLOUD_ENDPOINT', 'REQUESTERS_FILE', 'LOCAL_TOKEN', cloud.ready.token])
      expect(shown).not.toContain(own);
  });

  it('deployed again unchanged, nothing is uploaded and nothing written', async () => {
    await deploy();
    expect(calls('write')).toEqual([]);
    expect(calls()).not.toContain('GetTempBucketToken');
  });

  it('a changed variable is one request', async () => {
    await deploy({ PATIENCE_SECONDS: '7' });
    expect(calls('write')).toEqual(['UpdateFunction']);
    const { settings } = cloud.owner.fc.function('dms-handshake-provision').revision;
    expect(settings.environmentVariables).toMatchObject({ PATIENCE_SECONDS: '7' });
  });

  it('removed, nothing is left', async () => {
    await removeAsTheTool(
      api,
      wantedOf(cloud.owner.uid).map(({ spec }) => spec.functionName),
    );
    expect(madeIn(cloud)).toEqual(NOTHING);
    expect((await fetch(`${cloud.ready.http}/health`)).status).toBe(404);
  });
});

it('keys without rights are refused by name', async () => {
  const { requester } = cloud.ready;
  await expect(sdkApi(cloud.ready, requester).call('GetFunction', ['x'])).rejects.toMatchObject({
    statusCode: 403,
  });
});
