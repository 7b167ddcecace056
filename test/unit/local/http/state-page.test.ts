import { get } from 'node:http';
import { text } from 'node:stream/consumers';
import { expect, it } from 'vitest';
import { createQueue, createTopic, sendToQueue, subscribe } from '../../../../local/cloud/mns/index.ts';
import { addRole } from '../../../kit/two-accounts.ts';
import { callApi } from './clients.ts';
import { opened } from './setup.ts';

const page = async (url: string, init: RequestInit = {}) => {
  const response = await fetch(`${url}/_local`, init);
  return { status: response.status, headers: response.headers, html: await response.text() };
};

/** `fetch` does not let a caller choose the Host. */
const asHost = (url: string, host: string): Promise<string> =>
  new Promise((resolve, reject) => {
    get(`${url}/_local`, { headers: { host } }, (response) => {
      text(response).then((body) => resolve(`${response.statusCode} ${body}`), reject);
    }).on('error', reject);
  });

it('shows what the account holds, and the last calls first', async () => {
  const { door, keys, owner, world } = await opened();
  addRole(owner, 'shown-role', {}).tags.set('a-key', 'a-value');
  createQueue(world, owner, 'shown-queue');
  createTopic(world, owner, 'shown-topic');
  await callApi(door, keys, { version: '2015-05-01', action: 'GetRole', query: { RoleName: 'shown-role' } });
  const { html, headers, status } = await page(door.url);
  expect([status, headers.get('content-type')]).toEqual([200, 'text/html;charset=utf-8']);
  for (const shown of [
    'shown-role',
    'a-key=a-value',
    'shown-queue',
    'shown-topic',
    'ram GetRole',
    'user someone',
  ])
    expect(html).toContain(shown);
  expect(headers.get('content-security-policy')).toContain("default-src 'none'");
});

it('says nothing that is secret, and everything escaped', async () => {
  const { door, keys, owner, world } = await opened();
  const role = addRole(owner, 'x', {});
  role.tags.set('<img src=x onerror=alert(1)>', '"\'&');
  createQueue(world, owner, 'q');
  createTopic(world, owner, 't');
  subscribe(world, owner, 't', 's', {
    endpoint: 'https://user:pass-word@example.com/hook?token=told-nobody',
  });
  sendToQueue(world, owner, 'q', 'the-body-of-a-message');
  await callApi(door, keys, { version: '2015-05-01', action: 'GetRole', query: { RoleName: 'x' } });
  const { html } = await page(door.url);
  for (const secret of [
    keys.accessKeySecret,
    keys.accessKeyId,
    'the-body',
    'told-nobody',
    'pass-word',
    '<img',
  ])
    expect(html, secret).not.toContain(secret);
  expect(html).toContain('&#60;img src=x onerror=alert(1)&#62;');
  expect(html).toContain('example.com/hook');
});

it('is there for GET and for names of this machine only, and is no call', async () => {
  const { door, world } = await opened();
  expect((await page(door.url, { method: 'POST' })).status).toBe(405);
  const port = new URL(door.url).port;
  expect(await asHost(door.url, `localhost:${port}`)).toMatch(/^200 /);
  expect(await asHost(door.url, `[::1]:${port}`)).toMatch(/^200 /);
  for (const host of [
    'rebound.example.com',
    `ram.aliyuncs.com`,
    'localhost.example.com',
    '127.0.0.1.example.com',
  ])
    expect(await asHost(door.url, host), host).toMatch(/^403 /);
  expect(world.journal.calls).toEqual([]);
});
