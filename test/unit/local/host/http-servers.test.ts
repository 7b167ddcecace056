import { expect, it } from 'vitest';
import { OWNER, REQUESTER } from '../../../kit/accounts.ts';
import { type Body, emptyCloud, http, saying } from '../fc/setup.ts';

/** A cloud whose HTTP triggers are served; `make` makes a function with one, and answers its URL. */
function served() {
  const cloud = emptyCloud({ urls: 'served' });
  const make = async (functionName: string): Promise<string> => {
    await cloud.call('CreateFunction', [], { ...saying(functionName), functionName });
    const made: Body | null = await cloud.call('CreateTrigger', [functionName], http());
    return String(Object(made?.['httpTrigger']).urlInternet);
  };
  return { ...cloud, make, read: async (url: string) => (await fetch(url)).text() };
}

it('a URL that is reserved for an account waits for a trigger of that account', async () => {
  const { host, world, make, read } = served();
  world.addAccount(REQUESTER);
  const other = await host.doors.reserve(REQUESTER, 0);
  const own = await host.doors.reserve(OWNER, 0);
  expect(await make('one')).toBe(own);
  expect(await read(own)).toBe('one');
  expect((await fetch(other)).status).toBe(404);
});

it('the second function of an account has a URL of its own, and loses no other', async () => {
  const { host, call, make, read } = served();
  const own = await host.doors.reserve(OWNER, 0);
  expect(await make('one')).toBe(own);
  const two = await make('two');
  const three = await make('three');
  expect(await Promise.all([own, two, three].map(read))).toEqual(['one', 'two', 'three']);
  await call('DeleteFunction', ['three']);
  await expect(fetch(three)).rejects.toThrow();
  expect(await Promise.all([own, two].map(read))).toEqual(['one', 'two']);
});

it('nothing answers once the host is closed', async () => {
  const { host, make } = served();
  const reserved = await host.doors.reserve(REQUESTER, 0);
  const urls = [await make('one'), reserved];
  await host.close();
  for (const url of urls) await expect(fetch(url)).rejects.toThrow();
});
