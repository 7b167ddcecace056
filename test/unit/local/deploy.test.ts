import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { describe, expect, it, onTestFinished } from 'vitest';
import { packageOf } from '../../../local/deploy/package.ts';
import { asyncConfigOf, settingsOf, triggerOf } from '../../../local/deploy/requests.ts';
import { propsSchema } from '../../../local/host/function-spec.ts';
import { bench, functionArn, REGION } from './host/setup.ts';

describe('a package', () => {
  it('has every file below the folder, is the same for the same files, and is made anew for others', () => {
    const folder = mkdtempSync(join(tmpdir(), 'dms-handshake-package-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    mkdirSync(join(folder, 'sub'));
    for (const file of ['b.js', 'a.js', 'sub/c.js']) writeFileSync(join(folder, file), file);
    const first = packageOf(folder);
    expect(Object.keys(unzipSync(first))).toEqual(['a.js', 'b.js', 'sub/c.js']);
    expect(packageOf(folder)).toBe(first);
    utimesSync(join(folder, 'a.js'), 1_000, 1_000);
    expect(packageOf(folder)).not.toBe(first);
    expect(packageOf(folder)).toEqual(first);
    writeFileSync(join(folder, 'a.js'), 'other');
    expect(packageOf(folder)).not.toEqual(first);
  });
});

const SOURCE = (text: string) => `exports.handler = async () => '${text}';`;

describe('the props of a function in the words of the API', () => {
  const specOf = (more: object) =>
    propsSchema.parse({ region: REGION, functionName: 'f', runtime: 'nodejs20', code: './f', ...more });

  it.each([
    [undefined, undefined],
    ['acs:ram::2:role/Given', 'acs:ram::2:role/Given'],
    ['OfThisAccount', 'acs:ram::1:role/ofthisaccount'],
    ['of-acs:', 'acs:ram::1:role/of-acs:'],
  ])('the role %s is %s', (role, arn) => {
    const settings = settingsOf(specOf(role === undefined ? {} : { role }), '1');
    expect(settings).toMatchObject({ runtime: 'nodejs20', ...(arn === undefined ? {} : { role: arn }) });
    for (const other of [
      'region',
      'functionName',
      'code',
      'triggers',
      'asyncInvokeConfig',
      'concurrencyConfig',
    ])
      expect(settings).not.toHaveProperty(other);
  });

  it('a destination is named by its ARN', () => {
    const to = (name: string) => ({ destination: functionArn(name) });
    const given = { maxAsyncEventAgeInSeconds: 60, maxAsyncRetryAttempts: 1 };
    const configOf = (destinationConfig: object) =>
      asyncConfigOf(specOf({ asyncInvokeConfig: { ...given, destinationConfig } }));
    for (const config of [
      {},
      { onSuccess: to('s') },
      { onFailure: to('f') },
      { onSuccess: to('s'), onFailure: to('f') },
    ])
      expect(configOf(config)).toStrictEqual({ ...given, destinationConfig: config });
  });

  it('what a trigger is configured by travels as JSON text', () => {
    const config = { cronExpression: '@every 5m', enable: true, payload: 'p' };
    const trigger = { triggerName: 't', triggerType: 'timer', triggerConfig: config };
    const [read] = specOf({ triggers: [trigger] }).triggers;
    if (read === undefined) throw new Error('no trigger');
    expect(triggerOf(read)).toEqual({ ...read, triggerConfig: JSON.stringify(read.triggerConfig) });
  });
});

describe('a deployment', () => {
  it('changes the code of a function that is there, and its limit, and leaves the same code where it is', async () => {
    const b = bench();
    const deploy = (text: string, props: Readonly<Record<string, unknown>> = {}) =>
      b.deploy({ f: { source: SOURCE(text), props } });
    expect((await deploy('one', { concurrencyConfig: { reservedConcurrency: 2 } })).functions).toEqual(['f']);
    const limit = () => b.account.fc.functions.get('f')?.reservedConcurrency;
    expect([(await b.call('f')).text, limit()]).toEqual(['one', 2]);
    await deploy('two');
    expect([(await b.call('f')).text, limit()]).toEqual(['two', null]);
    const code = () => b.account.fc.functions.get('f')?.revision.code;
    const before = code();
    await deploy('two');
    expect([(await b.call('f')).text, code() === before]).toEqual(['two', true]);
  });

  it('is of the region of the cloud, and of code that is built', async () => {
    const b = bench();
    await expect(b.deploy({ f: { source: '', props: { region: 'eu-west-1' } } })).rejects.toThrow(
      new Error('f: region eu-west-1, but the local cloud is cn-hangzhou'),
    );
    const file = join(b.root, 'dist', 'f', 'other.js');
    await expect(b.deploy({ f: { source: '', props: { handler: 'other.handler' } } })).rejects.toThrow(
      new Error(`f: ${file} does not exist; build the functions first`),
    );
  });
});
