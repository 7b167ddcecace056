import { describe, expect, it } from 'vitest';
import { emptyCloud, saying, zipOf } from './setup.ts';

async function withFunction() {
  const cloud = emptyCloud();
  await cloud.call('CreateFunction', [], saying('one'));
  return cloud;
}

it.each([
  ['PutAsyncInvokeConfig', { maxAsyncRetryAttempts: 2 }],
  ['PutConcurrencyConfig', { reservedConcurrency: 3 }],
])(
  '%s takes the name of the function again, as Terraform’s provider sends it, and no other',
  async (operation, body) => {
    const { call } = await withFunction();
    const put = await call(operation, ['f'], { ...body, functionName: 'f' });
    expect(put).toMatchObject(body);
    expect(put).not.toHaveProperty('functionName');
    await expect(call(operation, ['f'], { ...body, functionName: 'g' })).rejects.toMatchObject({
      status: 400,
      message: expect.stringContaining("'f'"),
    });
  },
);

describe('the asynchronous configuration', () => {
  const config = {
    maxAsyncRetryAttempts: 1,
    maxAsyncEventAgeInSeconds: 600,
    destinationConfig: { onFailure: { destination: 'acs:mns:cn-hangzhou::/queues/dead/messages' } },
  };

  it('is put, read, listed and deleted', async () => {
    const { call } = await withFunction();
    expect(await call('GetAsyncInvokeConfig')).toBeNull();
    expect(await call('ListAsyncInvokeConfigs')).toEqual({ configs: [] });
    const put = await call('PutAsyncInvokeConfig', ['f'], config);
    expect(put).toMatchObject({ ...config, functionArn: expect.stringMatching(/functions\/f$/) });
    expect(await call('GetAsyncInvokeConfig')).toEqual(put);
    expect(await call('ListAsyncInvokeConfigs')).toEqual({ configs: [put] });
    await call('DeleteAsyncInvokeConfig');
    expect(await call('GetAsyncInvokeConfig')).toBeNull();
    expect(await call('DeleteAsyncInvokeConfig')).toBeNull();
  });

  it('holds for events that are on their way', async () => {
    const { call, send, host, clock } = await withFunction();
    const failing = zipOf(
      `exports.handler = async () => { process.stdout.write('tried\\n'); throw new Error('no'); };`,
    );
    await call('UpdateFunction', ['f'], { code: { zipFile: failing.toString('base64') } });
    await send();
    await call('PutAsyncInvokeConfig', ['f'], config);
    await clock.during(host.idle());
    expect(host.logs.filter(({ line }) => line === 'tried')).toHaveLength(2);
  });

  it.each([
    ['nine retries', { maxAsyncRetryAttempts: 9 }],
    ['a week and a second', { maxAsyncEventAgeInSeconds: 604_801 }],
    ['a destination of another kind', { destinationConfig: { onFailure: { destination: 'acs:oss:::x' } } }],
    ['a misspelt member', { destinations: {} }],
  ])('%s is refused', async (_what, body) => {
    const { call } = await withFunction();
    await expect(call('PutAsyncInvokeConfig', ['f'], body)).rejects.toMatchObject({
      code: 'InvalidArgument',
    });
  });
});

describe('the limit', () => {
  it('is put, read and deleted, and holds from the next invocation on', async () => {
    const { call, invoke } = await withFunction();
    expect(await call('GetConcurrencyConfig')).toBeNull();
    const put = await call('PutConcurrencyConfig', ['f'], { reservedConcurrency: 0 });
    expect(put).toMatchObject({ reservedConcurrency: 0 });
    expect(await call('GetConcurrencyConfig')).toEqual(put);
    await expect(invoke()).rejects.toMatchObject({ code: 'ResourceThrottled' });
    await call('DeleteConcurrencyConfig');
    expect(await invoke()).toBe('one');
    expect(await call('DeleteConcurrencyConfig')).toBeNull();
    await expect(call('PutConcurrencyConfig', ['f'], { reserved: 1 })).rejects.toThrow(/reservedConcurrency/);
  });
});

it.each([
  ['ListVpcBindings', { vpcIds: [] }],
  ['GetScalingConfig', {}],
  ['GetProvisionConfig', {}],
  ['ListAliases', { aliases: [] }],
  ['ListFunctionVersions', { versions: [] }],
])('%s has nothing to show', async (operation, answer) => {
  const { call } = await withFunction();
  expect(await call(operation)).toEqual(answer);
  expect(await call(operation, ['none'])).toBeNull();
});

it('ListScalingConfigs has nothing to show', async () => {
  const { call } = await withFunction();
  expect(await call('ListScalingConfigs')).toEqual({ scalingConfigs: [] });
});
