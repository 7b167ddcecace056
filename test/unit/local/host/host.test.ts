import { existsSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { settingsSchema } from '../../../../local/cloud/fc/function-input.ts';
import type { Account } from '../../../../local/cloud/world.ts';
import { OWNER, REQUESTER, STRANGER } from '../../../kit/accounts.ts';
import { type Bench, bench, functionArn, REGION } from './setup.ts';

const sink = `
  exports.handler = async (event) => { process.stdout.write(event.toString() + '\\n'); return ''; };`;

const timer = (payload = 'p', triggerName = 'tick'): object => ({
  triggerName,
  triggerType: 'timer',
  triggerConfig: { cronExpression: '@every 5m', enable: true, payload },
});
const http = {
  triggerName: 'web',
  triggerType: 'http',
  triggerConfig: { authType: 'anonymous', methods: ['GET'] },
};
const trigger = ({ account }: Bench, functionName: string, triggerName: string) =>
  account.fc.trigger(functionName, triggerName);

describe('a timer', () => {
  it('whose event is too large for an event does not fire, and a line says so', async () => {
    const b = bench({ timers: 'scheduled' });
    await b.deploy({ f: { source: sink, props: { triggers: [timer('x'.repeat(128 * 1024))] } } });
    await b.clock.advance(5 * 60_000);
    expect(b.host.logs).toEqual([
      {
        functionName: 'f',
        requestId: '',
        line: '[platform] the timer tick did not fire: ApiError: payload size exceeds maximum allowed size (131072 bytes)',
      },
    ]);
  });

  it('of functions of one name is fired in the account that is named, or in the first that has it', async () => {
    const b = bench();
    const other = b.world.addAccount(REQUESTER);
    const said = (text: string) => ({
      f: { source: sink, props: { triggers: [timer(text)] } },
      [text]: { source: sink, props: { triggers: [timer(text)] } },
    });
    await b.deploy(said('owner'));
    await b.deploy(said('other'), other);
    await b.host.fireTimer('f', 'tick');
    await b.host.fireTimer('f', 'tick', REQUESTER);
    await b.host.fireTimer('f', 'tick', OWNER);
    await b.host.fireTimer('other', 'tick');
    await b.host.idle();
    expect(b.host.logs.map(({ line }) => JSON.parse(line).payload)).toEqual([
      'owner',
      'other',
      'owner',
      'other',
    ]);
  });

  it.each([
    ['nobody', 'tick', undefined],
    ['f', 'other', undefined],
    ['f', 'web', undefined],
    ['f', 'tick', REQUESTER],
  ])('%s/%s that is not there, or not in the account, is refused', async (fn, name, accountId) => {
    const b = bench();
    b.world.addAccount(REQUESTER);
    await b.deploy({ f: { source: sink, props: { triggers: [timer(), http] } } });
    await expect(b.host.fireTimer(fn, name, accountId)).rejects.toThrow(
      new Error(`${fn} has no enabled timer trigger ${name}`),
    );
  });
});

describe('a URL', () => {
  it('is of an HTTP trigger alone; where none is served it is one like the vendor’s', async () => {
    const b = bench();
    await b.deploy({ 'Web-App': { source: sink, props: { triggers: [http, timer()] } } });
    expect(trigger(b, 'Web-App', 'web').url).toBe('https://web-app.cn-hangzhou.fcapp.run');
    expect(trigger(b, 'Web-App', 'tick').url).toBeNull();
  });

  it('stays when another trigger goes', async () => {
    const b = bench({ urls: 'served' });
    const source = `exports.handler = async () => 'seen';`;
    await b.deploy({ f: { source, props: { triggers: [http, timer()] } } });
    await b.host.disarm(b.account.fc.function('f'), trigger(b, 'f', 'tick'));
    expect(await (await fetch(trigger(b, 'f', 'web').url ?? '')).text()).toBe('seen');
  });
});

it('what was not delivered is counted for its function alone', async () => {
  const b = bench();
  const other = b.world.addAccount(REQUESTER);
  const lost = { destinationConfig: { onSuccess: { destination: functionArn('none') } } };
  const kept = { source: sink };
  await b.deploy({ f: { source: sink, props: { asyncInvokeConfig: lost } }, g: kept });
  await b.deploy({ f: kept }, other);
  await b.send('f');
  await b.send('g');
  await b.host.idle();
  const errors = (uid: string, name: string) => b.host.metrics(uid, name).destinationErrors;
  expect([errors(OWNER, 'f'), errors(OWNER, 'g'), errors(REQUESTER, 'f')]).toEqual([1, 0, 0]);
});

it('the code of a function stays unpacked while others are run', async () => {
  const b = bench();
  const source = `exports.handler = async () => require('node:fs').readdirSync(process.env.FC_FUNC_CODE_PATH).join();`;
  const files = new Map([['index.js', Buffer.from(source)]]);
  const settings = settingsSchema.parse({ runtime: 'nodejs20' });
  const added = (account: Account, name: string) => {
    const code = { zip: Buffer.alloc(0), checksum: '', digest: `${account.uid}-${name}`, files };
    account.fc.add(name, REGION, { settings, given: {}, code });
    return { accountId: account.uid, functionName: name, payload: Buffer.alloc(0) };
  };
  const accounts = [b.account, b.world.addAccount(REQUESTER), b.world.addAccount(STRANGER)];
  const all = accounts.flatMap((account) => [added(account, 'f'), added(account, 'g')]);
  for (const event of [...all, ...all]) {
    const { body } = await b.host.invoke(event);
    expect(body.toString()).toBe('index.js');
  }
});

describe('a host that is closed', () => {
  it('fires nothing, serves nothing and leaves no code behind', async () => {
    const b = bench({ timers: 'scheduled', urls: 'served' });
    const source = `exports.handler = async () => process.env.FC_FUNC_CODE_PATH;`;
    await b.deploy({ f: { source, props: { triggers: [timer(), timer('p', 'second'), http] } } });
    const folder = (await b.call('f')).text;
    const url = trigger(b, 'f', 'web').url ?? '';
    expect([b.host.scheduled, readdirSync(folder)]).toEqual([2, ['index.js']]);
    await b.host.close();
    expect([b.host.scheduled, b.clock.sleeping, existsSync(folder)]).toEqual([0, 0, false]);
    await expect(fetch(url)).rejects.toThrow('fetch failed');
    await b.clock.advance(3_600_000);
    expect(b.host.logs).toEqual([]);
  });
});
