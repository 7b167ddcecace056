import { get } from 'node:http';
import { text as textOf } from 'node:stream/consumers';
import { XMLParser } from 'fast-xml-parser';
import { expect, it } from 'vitest';
import type { RestRequest } from '../../../../local/cloud/rest.ts';
import { REQUESTER } from '../../../kit/accounts.ts';
import { addRole } from '../../../kit/two-accounts.ts';
import { acs3, rpcV1 } from '../signature/sign.ts';
import { opened } from './setup.ts';

/** Sends a signed request as it stands and answers type and text. */
async function send(url: string, { method, target, headers, body }: RestRequest) {
  const { host: _host, ...others } = headers;
  const content = body.length > 0 ? { body: new Uint8Array(body) } : {};
  const response = await fetch(url + target, { method, headers: others, ...content });
  return { type: response.headers.get('content-type'), text: await response.text(), status: response.status };
}

const XML = 'text/xml;charset=utf-8';
const JSON_TYPE = 'application/json;charset=utf-8';
const parsed = (text: string): unknown => new XMLParser({ parseTagValue: false }).parse(text);

it('XML has the operation as its root, lists as repeated elements, and text that is escaped', async () => {
  const { door, keys, owner } = await opened();
  for (const name of ['a', 'b']) addRole(owner, name, {});
  const described = owner.ram.findRole('a');
  if (described !== undefined) described.description = '<1 & 2>';
  const listed = rpcV1(keys, Date.now(), { Action: 'ListRoles', Format: 'XML' }, 'POST');
  const { type, text, status } = await send(door.url, listed);
  expect([status, type]).toEqual([200, XML]);
  expect(text).toContain('&lt;1 &amp; 2&gt;');
  expect(parsed(text)).toMatchObject({
    ListRolesResponse: {
      RequestId: expect.any(String),
      IsTruncated: 'false',
      Roles: { Role: [{ RoleName: 'a', Description: expect.any(String) }, { RoleName: 'b' }] },
    },
  });
});

it.each([
  ['an empty Format, the older signature', { Format: '' }, XML],
  ['Format=JSON', { Format: 'JSON' }, JSON_TYPE],
  ['format in another case', { Format: 'xml' }, XML],
])('%s', async (_what, parameters, expected) => {
  const { door, keys } = await opened();
  const signed = rpcV1(keys, Date.now(), { RoleName: 'none', ...parameters });
  const { type, text } = await send(door.url, signed);
  expect(type).toBe(expected);
  expect(text).toContain('EntityNotExist.Role');
  if (expected === XML)
    expect(parsed(text)).toMatchObject({
      Error: { Code: 'EntityNotExist.Role', HostId: new URL(door.url).host },
    });
});

it('with the newer signature JSON, unless the client accepts XML alone', async () => {
  const { door, keys } = await opened();
  const host = new URL(door.url).host;
  const ask = (accept: string) =>
    send(door.url, acs3(keys, Date.now(), { target: '/?RoleName=none', headers: { host, accept } }));
  expect((await ask('application/json')).type).toBe(JSON_TYPE);
  expect((await ask('*/*')).type).toBe(JSON_TYPE);
  expect((await ask('application/xml')).type).toBe(XML);
});

it('a host that names an account is that account, at whichever door', async () => {
  const { door, world, owner } = await opened({
    services: {
      mns: async (_world, { uid }) => ({ status: 200, headers: {}, body: uid }),
      fc: async (_world, { uid }) => ({ status: 200, headers: {}, body: uid }),
    },
  });
  expect(owner.uid).not.toBe(REQUESTER);
  const asked = (host: string, path: string) => request(door.url, host, path);
  expect(await asked(`${REQUESTER}.mns.${world.region}.aliyuncs.com`, '/queues')).toBe(REQUESTER);
  expect(await asked(`${REQUESTER}.mns.${world.region}.localhost:7000`, '/queues')).toBe(REQUESTER);
  expect(await asked(`${REQUESTER}.${world.region}.fc.aliyuncs.com`, '/2023-03-30/functions')).toBe(
    REQUESTER,
  );
  expect(await asked('localhost', '/queues')).toBe(owner.uid);
  const nobody = await asked(`9.mns.${world.region}.aliyuncs.com`, '/queues');
  expect(nobody).toContain('<Code>AccessDenied</Code>');
  expect(nobody).toContain('has no account 9');
});

/** `fetch` does not let a caller choose the Host. */
const request = (url: string, host: string, path: string): Promise<string> =>
  new Promise((resolve, reject) => {
    get(url + path, { headers: { host } }, (response) => resolve(textOf(response))).on('error', reject);
  });
