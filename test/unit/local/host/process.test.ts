import { describe, expect, it } from 'vitest';
import { OWNER } from '../../../kit/accounts.ts';
import { bench } from './setup.ts';

describe('the process of an instance', () => {
  it('has the environment of its function and nothing of the host', async () => {
    const b = bench();
    const source = `exports.handler = async () => process.env;`;
    await b.deploy({ f: { source, props: { environmentVariables: { COLOUR: 'red' } } }, g: { source } });
    const f = (await b.call('f')).json();
    expect(f).toMatchObject({
      COLOUR: 'red',
      FC_FUNCTION_NAME: 'f',
      FC_REGION: 'cn-hangzhou',
      FC_ACCOUNT_ID: OWNER,
    });
    expect(f).not.toHaveProperty('PATH');
    expect((await b.call('g')).json()).not.toHaveProperty('COLOUR');
  });

  it('keeps what it changes to itself', async () => {
    const b = bench();
    const source = `
      exports.handler = async () => {
        process.env.LEAK = '1';
        process.title2 = 'x';
        Object.defineProperty(process, 'title3', { value: 'y', configurable: true });
        process.on('exit', () => {});
        return { env: process.env.LEAK, set: process.title2, defined: process.title3, heard: process.listenerCount('exit') };
      };`;
    const listeners = process.listenerCount('exit');
    await b.deploy({ f: { source } });
    expect((await b.call('f')).json()).toEqual({ env: '1', set: 'x', defined: 'y', heard: 1 });
    expect(process.env['LEAK']).toBeUndefined();
    expect(process).not.toHaveProperty('title2');
    expect(process).not.toHaveProperty('title3');
    expect(process.listenerCount('exit')).toBe(listeners);
  });

  it('is the same when it is required', async () => {
    const b = bench();
    const source = `
      const required = require('node:process');
      exports.handler = async () => ({ same: required === process, version: process.version, hr: typeof process.hrtime.bigint() });`;
    await b.deploy({ f: { source } });
    expect((await b.call('f')).json()).toEqual({ same: true, version: process.version, hr: 'bigint' });
  });

  it('raw output and console lines are kept per request', async () => {
    const heard: string[] = [];
    const b = bench({ onLog: ({ line }) => heard.push(line) });
    const source = `
      exports.handler = async (event, context) => {
        process.stdout.write('{"n":1}\\n{"n":');
        process.stdout.write('2}');
        console.info('told %s', event);
        context.logger.error('bad');
        process.stdout.write('no line break');
        return '';
      };`;
    await b.deploy({ f: { source } });
    const { requestId } = await b.call('f', 'me');
    expect(b.host.logs.every((l) => l.functionName === 'f' && l.requestId === requestId)).toBe(true);
    expect(heard).toEqual([
      '{"n":1}',
      `{"n":2}2026-11-23 10:00:00 ${requestId} [info] told me`,
      `2026-11-23 10:00:00 ${requestId} [error] bad`,
      'no line break',
    ]);
  });

  it('a test can put another Date in place', async () => {
    class Fixed extends Date {
      static override now(): number {
        return 42;
      }
    }
    const b = bench({ globals: { Date: Fixed } });
    await b.deploy({ f: { source: `exports.handler = async () => String(Date.now());` } });
    expect((await b.call('f')).text).toBe('42');
  });
});

describe('the context', () => {
  it('names request, function, account and region', async () => {
    const b = bench();
    const source = `exports.handler = async (event, context) => context;`;
    await b.deploy({ f: { source, props: { memorySize: 256, timeout: 9 } } });
    const { requestId, json } = await b.call('f');
    expect(json()).toMatchObject({
      requestId,
      accountId: OWNER,
      region: 'cn-hangzhou',
      retryCount: 0,
      function: { name: 'f', handler: 'index.handler', memory: 256, timeout: 9 },
      credentials: { accessKeyId: '', accessKeySecret: '', securityToken: '' },
    });
  });

  it('carries a session of the role, renewed before half of it is over', async () => {
    const b = bench();
    const role = b.role('runner');
    const source = `exports.handler = async (event, context) => context.credentials;`;
    await b.deploy({ f: { source, props: { role } } });
    const first = (await b.call('f')).json();
    const session = b.world.sts.session(String(first['accessKeyId']));
    expect(session).toMatchObject({ accountId: OWNER, securityToken: first['securityToken'] });
    expect(session?.principal).toMatchObject({ roleName: 'runner', sessionName: 'f-' });
    await b.clock.advance(29 * 60_000);
    expect((await b.call('f')).json()).toEqual(first);
    await b.clock.advance(2 * 60_000);
    expect((await b.call('f')).json()['accessKeyId']).not.toBe(first['accessKeyId']);
  });

  it('a role that does not trust Function Compute refuses the call', async () => {
    const b = bench();
    const role = b.role('stranger', [], '*', 'ecs.aliyuncs.com');
    await b.deploy({ f: { source: `exports.handler = async () => 'ran';`, props: { role } } });
    await expect(b.call('f')).rejects.toMatchObject({ status: 403, code: 'AccessDenied' });
  });

  it('a role that is not there refuses the call', async () => {
    const b = bench();
    await b.deploy({ f: { source: `exports.handler = async () => 'ran';`, props: { role: 'missing' } } });
    await expect(b.call('f')).rejects.toMatchObject({ status: 403, code: 'AccessDenied' });
  });
});
