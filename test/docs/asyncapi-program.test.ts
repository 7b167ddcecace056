import { createHmac, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { XMLBuilder, XMLParser } from 'fast-xml-parser';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type TestCloud, testCloud } from '../kit/test-cloud.ts';

const { channels, components } = JSON.parse(readFileSync('docs/asyncapi.json', 'utf8'));
const { senderSession, requesterKeys } = components.securitySchemes;

interface Keys {
  readonly AccessKeyId: string;
  readonly AccessKeySecret: string;
  readonly SecurityToken?: string;
}

/** A text of the file with its `{places}` filled in; a place that nobody fills in is a fault of the file. */
const fill = (text: string, values: Readonly<Record<string, string>>): string =>
  text.replaceAll(/\{([^{},]+)(?:, [^{}]*)?\}/g, (_place, name: string) => {
    const value = Object.entries(values).find(([key]) => name.startsWith(key))?.[1];
    if (value === undefined) throw new Error(`asyncapi.json does not say what ${name} is`);
    return value;
  });

const sha1 = (key: string, text: string): string => createHmac('sha1', key).update(text).digest('base64');
const encoded = (text: string): string =>
  encodeURIComponent(text).replaceAll(
    /[!'()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );

let cloud: TestCloud;
let places: Readonly<Record<string, string>>;
beforeAll(async () => {
  cloud = await testCloud({ environment: { PATIENCE_SECONDS: '0' } });
  places = { requesterUid: cloud.ready.requester.uid, ownerUid: cloud.ready.owner.uid };
});
afterAll(() => cloud.close());

async function assumeSender({ AccessKeyId, AccessKeySecret }: Keys): Promise<Keys> {
  const { roleArn, call } = senderSession['x-assume-role'];
  const values = {
    random: randomUUID(),
    now: new Date().toISOString().replace(/\.\d+/, ''),
    AccessKeyId,
    roleArn: fill(roleArn, places),
    '2 to 64': 'program',
  };
  const query = Object.entries<string>(call.query)
    .map(([name, value]): [string, string] => [name, fill(value, values)])
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${encoded(value)}`)
    .join('&');
  const text = fill(call.stringToSign, { 'the query': encoded(query) });
  const signature = encoded(sha1(`${AccessKeySecret}&`, text));
  const answer = await fetch(`${cloud.ready.requester.endpoint}/?${query}&Signature=${signature}`);
  return JSON.parse(await answer.text()).Credentials;
}

interface Call {
  readonly method: string;
  readonly path: string;
  readonly body?: string;
  readonly answers: Readonly<Record<string, string>>;
}

/** Makes one of the calls of a channel, signed as its scheme says, and has its status among those that the file lists. */
async function make(
  to: { readonly endpoint: string; readonly address: string },
  { method, path, body, answers }: Call,
  scheme: typeof requesterKeys,
  keys: Keys,
  more: Readonly<Record<string, string>> = {},
): Promise<Record<string, string>> {
  const at = fill(path, { address: to.address, ...more });
  const sent = body === undefined ? undefined : fill(body, more);
  const type = sent === undefined ? '' : 'text/xml';
  const date = new Date().toUTCString();
  const text = fill(scheme['x-sign'].stringToSign, {
    method,
    'path with': at,
    'Content-Type': type,
    Date: date,
  });
  const values = {
    now: date,
    'text/xml': type,
    'SecurityToken of': keys.SecurityToken ?? '',
    AccessKeyId: keys.AccessKeyId,
    signature: sha1(keys.AccessKeySecret, text),
  };
  const headers = Object.entries<string>(scheme['x-sign'].headers)
    .map(([name, value]): [string, string] => [name, fill(value, values)])
    .filter(([, value]) => value !== '');
  const answer = await fetch(`${to.endpoint}${at}`, {
    method,
    headers,
    ...(sent === undefined ? {} : { body: sent }),
  });
  const document = new XMLParser({ parseTagValue: false }).parse(await answer.text());
  expect(Object.keys(answers), JSON.stringify(document)).toContain(String(answer.status));
  return Object(document).Message ?? {};
}

it.each([
  ['grant', 'verified'],
  ['revoke', 'revoked'],
])('a program that knows asyncapi.json alone asks for a %s and hears "%s"', async (action, status) => {
  const { accessKeyId: AccessKeyId, accessKeySecret: AccessKeySecret, endpoint } = cloud.ready.requester;
  const keys = { AccessKeyId, AccessKeySecret };
  const session = await assumeSender(keys);
  const { requests, replyQueue } = channels;
  const requestId = randomUUID();
  const request = JSON.stringify({ ...places, ownerUid: undefined, action, engines: ['redis'], requestId });
  const escaped = new XMLBuilder({}).build({ at: request }).slice('<at>'.length, -'</at>'.length);
  const owner = { endpoint: cloud.ready.owner.endpoint, address: requests.address };
  await make(owner, requests['x-calls'].publish, senderSession, session, { 'the request': escaped });
  await cloud.idle();

  const own = { endpoint, address: replyQueue.address };
  const { receive, showToOthers, delete: remove } = replyQueue['x-calls'];
  const first = await make(own, receive, requesterKeys, keys);
  const reply = JSON.parse(first['MessageBody'] ?? '{}');
  expect([reply.correlationid, reply.data.status]).toEqual([requestId, status]);

  const { ReceiptHandle = '' } = first;
  await make(own, showToOthers, requesterKeys, keys, { ReceiptHandle: encodeURIComponent(ReceiptHandle) });
  const again = await make(own, receive, requesterKeys, keys);
  expect(again['MessageBody']).toBe(first['MessageBody']);
  const handle = { ReceiptHandle: encodeURIComponent(again['ReceiptHandle'] ?? '') };
  await make(own, remove, requesterKeys, keys, handle);
  expect(cloud.requester.mns.queue(replyQueue.address).messages).toEqual([]);
});
