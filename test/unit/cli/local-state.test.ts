import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { announce } from '../../../cli/local-state.ts';
import { localWords, withLocalName } from '../../../cli/options.ts';
import { localCloud } from '../../../client/local.ts';
import { runningLocalCloud } from '../../../client/local-cloud.ts';
import { NoLocalCloudError } from '../../../client/no-local-cloud.ts';

let folder: string;
const servers: Server[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dms-handshake-state-'));
  vi.stubEnv('DMS_HANDSHAKE_LOCAL', join(folder, 'local.json'));
});
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => new Promise((resolve) => server.close(resolve))));
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

/** The ready line of a local cloud that answers, until the server is closed. */
async function answering(uid: string) {
  const server = createServer().listen(0, '127.0.0.1');
  servers.push(server);
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const account = (id: string) => ({
    uid: id,
    endpoint: `http://127.0.0.1:${port}`,
    accessKeyId: 'k',
    accessKeySecret: 's',
  });
  const names = { requestTopic: 'q', replyTopic: 'r', replyQueue: { name: 'r' } };
  return { server, ready: { region: 'cn-hangzhou', owner: account(uid), requester: account('1'), ...names } };
}

const ownerOf = async (name?: string): Promise<string> =>
  (await runningLocalCloud(process.env, name)).owner.uid;

it("a second local cloud takes nobody's place: it is found by 2", async () => {
  const [first, second] = [await answering('21'), await answering('22')];
  const states = [await announce(first.ready), await announce(second.ready)];
  expect(states.map(({ name }) => name)).toEqual([undefined, '2']);
  expect([await ownerOf(), await ownerOf('2')]).toEqual(['21', '22']);
  await Promise.all(states.map((state) => state.withdraw()));
  expect(states.map(({ file }) => existsSync(file))).toEqual([false, false]);
});

it('a name that is in use is refused', async () => {
  const { ready } = await answering('21');
  const { withdraw, name } = await announce(ready, 'mine');
  expect(name).toBe('mine');
  await expect(announce(ready, 'mine')).rejects.toThrow('a local cloud named mine is running');
  expect(await ownerOf('mine')).toBe('21');
  await withdraw();
  await expect(ownerOf('mine')).rejects.toThrow(/no local cloud named mine is running.*--name mine/);
});

it('the client takes the one that runs, or the one of a name', async () => {
  const [first, second] = [await answering('21'), await answering('22')];
  const states = [await announce(first.ready), await announce(second.ready, 'mine')];
  expect((await localCloud()).ownerUid).toBe('21');
  expect((await localCloud('mine')).ownerUid).toBe('22');
  await expect(localCloud('other')).rejects.toThrow(/no local cloud named other is running/);
  await expect(localCloud('../mine')).rejects.toThrow('localCloud got "../mine"; a name is 1 to 32 letters');
  await Promise.all(states.map((state) => state.withdraw()));
  await expect(localCloud('mine')).rejects.toBeInstanceOf(NoLocalCloudError);
});

it('one that died is told from one that runs, and its place is free', async () => {
  const { server, ready } = await answering('21');
  const dead = await announce(ready);
  await new Promise((resolve) => server.close(resolve));
  servers.length = 0;
  await expect(ownerOf()).rejects.toThrow(/local\.json is gone: nobody answers at http:.*start it again/);
  const { ready: alive } = await answering('22');
  const { name, withdraw } = await announce(alive);
  expect([name, await ownerOf()]).toEqual([undefined, '22']);
  // What it withdraws is its own.
  await dead.withdraw();
  expect(await ownerOf()).toBe('22');
  await withdraw();
});

it('a file that nobody can read as one is free', async () => {
  writeFileSync(join(folder, 'local.json'), '{');
  const { ready } = await answering('21');
  const { name, withdraw } = await announce(ready);
  expect(name).toBeUndefined();
  await withdraw();
});

it('--local=NAME is the option and its name; a word after a space is not', () => {
  expect(withLocalName(['list', '--local=2', '--json'])).toEqual([
    'list',
    '--local',
    '--local-name',
    '2',
    '--json',
  ]);
  expect(withLocalName(['approve', '--local', 'ID'])).toEqual(['approve', '--local', 'ID']);
});

it.each([
  [{}, ''],
  [{ local: true }, ' --local'],
  [{ local: true, localName: '2' }, ' --local=2'],
] as const)('a command that a hint names finds the same local cloud: %j', (options, words) => {
  expect(localWords(options)).toBe(words);
});

it('a third finds the next number, and what they leave goes at the latest with the process', async () => {
  const before = process.listeners('exit');
  const states = [];
  for (const uid of ['21', '22', '23']) states.push(await announce((await answering(uid)).ready));
  expect(states.map(({ name }) => name)).toEqual([undefined, '2', '3']);
  const atExit = process.listeners('exit').filter((one) => !before.includes(one));
  // A second time, as nothing may be there any more.
  for (const leave of [...atExit, ...atExit]) leave.call(process, 0);
  expect(states.map(({ file }) => existsSync(file))).toEqual([false, false, false]);
  await Promise.all(states.map((state) => state.withdraw()));
  expect(process.listeners('exit')).toEqual(before);
});
