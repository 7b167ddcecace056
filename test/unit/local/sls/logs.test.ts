import { createHmac } from 'node:crypto';
import Client from '@alicloud/log';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { handleFc } from '../../../../local/cloud/fc/index.ts';
import { type Door, openDoor } from '../../../../local/cloud/http/server.ts';
import { handleMns } from '../../../../local/cloud/mns/index.ts';
import { rpcOperations } from '../../../../local/cloud/operations.ts';
import { handleSls } from '../../../../local/cloud/sls/handle.ts';
import { TestClock } from '../../../kit/clock.ts';
import { addUser, everything, twoAccounts } from '../../../kit/two-accounts.ts';
import { request } from '../signature/sign.ts';

const NOW = Math.floor(Date.now() / 1000) * 1000;
const READS = {
  Effect: 'Allow',
  Action: 'log:GetLogStoreLogs',
  Resource: 'acs:log:*:*:project/ops/logstore/dms-handshake',
} as const;

let cloud: ReturnType<typeof twoAccounts<TestClock>>;
let door: Door;
beforeEach(async () => {
  cloud = twoAccounts(new TestClock(NOW));
  const services = { rpc: rpcOperations, mns: handleMns, fc: handleFc, sls: handleSls };
  door = await openDoor(cloud.world, cloud.owner, services);
  const line = (secondsAgo: number, topic: string, message: string) => ({
    time: NOW - secondsAgo * 1000,
    topic,
    fields: { message },
  });
  cloud.owner.sls.add(
    'ops',
    'dms-handshake',
    line(30, 'FCLogs:a', '{"event":"replied","requestId":"r-1"}'),
    line(20, 'FCLogs:b', '{"event":"replied","requestId":"r-2"}'),
    line(10, 'FCLogs:a', '{"event":"swept","detail":"r 1"}'),
  );
});
afterEach(() => door.close());

/** The vendor's own client, which puts the project before the host: on this machine it stands in the path. */
const clientOf = (keys: { accessKeyId: string; accessKeySecret: string }, project = 'ops') =>
  new Client({ ...keys, endpoint: `${door.url}/sls/${project}` });
const admin = () => addUser(cloud.owner, 'admin', everything).keys;
const admin2 = () => addUser(cloud.owner, 'second', everything).keys;
const texts = (lines: readonly Readonly<Record<string, string>>[]) => lines.map(({ message }) => message);
const read = (client: Client, query: object = {}, logstore = 'dms-handshake') =>
  client.getLogs('', logstore, new Date(NOW - 60_000), new Date(NOW), query);

describe("GetLogs, as the vendor's client asks", () => {
  it('are found by topic and words, in the order of time or the other way', async () => {
    const client = clientOf(admin());
    expect(texts(await read(client, { query: '__topic__:"FCLogs:a" and "replied"' }))).toEqual([
      '{"event":"replied","requestId":"r-1"}',
    ]);
    expect(texts(await read(client, { reverse: true, line: 1 }))).toEqual([
      '{"event":"swept","detail":"r 1"}',
    ]);
    expect(texts(await read(client, { query: '"R-2"' }))).toHaveLength(1);
    expect(texts(await read(client, { query: '"r-3"' }))).toEqual([]);
  });

  it('are answered by GetLogsV2 with how complete that is', async () => {
    const body = { from: NOW / 1000 - 25, to: NOW / 1000, query: '*', line: 100, offset: 0 };
    const text = Buffer.from(JSON.stringify(body));
    const ask = (options: object) =>
      clientOf(admin())._request('POST', '', '/logstores/dms-handshake/logs', {}, text, {}, options);
    expect(await ask({ compression: true })).toMatchObject({ meta: { progress: 'Complete', count: 2 } });
    // The vendor's metadata requires the header.
    await expect(ask({})).rejects.toMatchObject({ code: 'ParameterInvalid' });
  });

  it('are kept from whoever may not read this logstore, and from other accounts', async () => {
    const reader = addUser(cloud.owner, 'reader', READS).keys;
    expect(await read(clientOf(reader))).toHaveLength(3);
    for (const keys of [
      addUser(cloud.owner, 'nobody').keys,
      addUser(cloud.requester, 'stranger', everything).keys,
      { ...reader, accessKeySecret: 'wrong' },
    ])
      await expect(read(clientOf(keys))).rejects.toThrow();
  });

  it.each([
    [{ query: '* | select 1' }, 'ops', 'dms-handshake', 'ParameterInvalid'],
    [{ query: '"a" or "b"' }, 'ops', 'dms-handshake', 'ParameterInvalid'],
    [{ line: 101 }, 'ops', 'dms-handshake', 'ParameterInvalid'],
    [{}, 'ops', 'other', 'LogStoreNotExist'],
    [{}, 'other', 'dms-handshake', 'ProjectNotExist'],
  ])('%j of %s/%s is refused: %s', async (query, project, logstore, code) => {
    await expect(read(clientOf(admin(), project), query, logstore)).rejects.toMatchObject({ code });
  });

  it.each([
    ['GET', '/dashboards', /ListDashboard, which the vendor has in sls.*local-cloud\.md/, 'ListDashboard'],
    ['POST', '/dashboards', /CreateDashboard, which the vendor has in sls/, 'CreateDashboard'],
    ['GET', '/nothing', /at GET "\/nothing" in sls of version "2020-12-30"/, 'Unknown'],
  ])('%s %s is answered by its name', async (method, path, said, name) => {
    const body = method === 'POST' ? Buffer.from('x') : null;
    const asked = clientOf(admin())._request(method, '', path, {}, body, {}, {});
    await expect(asked).rejects.toMatchObject({
      code: 'InvalidAPIVersion',
      message: expect.stringMatching(said),
    });
    expect(cloud.world.journal.calls.at(-1)).toMatchObject({ service: 'sls', operation: name, kind: 'read' });
  });

  it.each([
    ['a copy of the date', (date: string) => ({ date, 'x-log-date': date })],
    ['no date, which a proxy took away, but its copy', (date: string) => ({ 'x-log-date': date })],
  ])(
    '%s beside the signature is none of what was signed, as Python’s client sends it',
    async (_what, dates) => {
      const { accessKeyId, accessKeySecret } = admin();
      const own = {
        'x-log-apiversion': '0.6.0',
        'x-log-bodyrawsize': '0',
        'x-log-signaturemethod': 'hmac-sha1',
      };
      const date = new Date(NOW).toUTCString();
      const lines = Object.entries(own).map(([name, value]) => `${name}:${value}\n`);
      const text = `GET\n\n\n${date}\n${lines.join('')}/logstores/dms-handshake?from=0&to=${NOW / 1000}&type=log`;
      const signature = createHmac('sha1', accessKeySecret).update(text).digest('base64');
      const headers = { ...own, ...dates(date), authorization: `LOG ${accessKeyId}:${signature}` };
      const target = `/sls/ops/logstores/dms-handshake?type=log&from=0&to=${NOW / 1000}`;
      const answered = await handleSls(cloud.world, cloud.owner, request({ target, headers }));
      expect(answered).toMatchObject({
        status: 200,
        headers: { 'x-log-count': '3', 'x-log-progress': 'Complete' },
      });
    },
  );

  it('a call without a project is known by the headers of its client', async () => {
    const asked = clientOf(admin())._request('GET', '', '/', {}, null, {}, {});
    expect(await asked).toMatchObject({ projectName: 'ops' });
    const client = new Client({ ...admin2(), endpoint: door.url });
    expect(await client._request('GET', '', '/', {}, null, {}, {})).toMatchObject({ total: 1 });
  });

  it('are bounded: the oldest lines go', () => {
    for (let n = 0; n < 20_100; n += 1)
      cloud.owner.sls.add('ops', 'many', { time: n, topic: '', fields: {} });
    expect(cloud.owner.sls.lines('ops', 'many')).toHaveLength(20_000);
    expect(cloud.owner.sls.lines('ops', 'many')?.[0]?.time).toBe(100);
  });
});
