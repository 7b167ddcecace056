import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readBlueprint } from '../../../local/host/blueprint.ts';
import { type FunctionSpec, propsSchema } from '../../../local/host/function-spec.ts';
import { OWNER_UID } from '../../../local/local-cloud.ts';
import { areTriggersUnchanged, isFunctionUnchanged } from '../../../scripts/deployment/unchanged.ts';
import type { Deployed } from '../../../shared/alicloud/fc-deployed.ts';

const { functions } = readBlueprint(readFileSync('s.yaml', 'utf8'), { OWNER_UID });
const provision = functions.find(({ functionName }) => functionName === 'dms-handshake-provision');
assert(provision !== undefined);

/** As it is written, with all that a file may say besides. */
const spec: FunctionSpec = {
  ...provision,
  internetAccess: false,
  resourceGroupId: 'rg-1',
  tags: [{ key: 'team', value: 'dba' }],
  vpcConfig: { vpcId: 'vpc-1', vSwitchIds: ['vsw-1'], securityGroupId: 'sg-1' },
  logConfig: { project: 'ops', logstore: 'handshake', enableRequestMetrics: true },
  instanceLifecycleConfig: { preStop: { handler: 'index.stop', timeout: 3 } },
};

/** As Function Compute shows a function that was deployed from it. */
function shown(): Deployed {
  const { maxAsyncRetryAttempts, maxAsyncEventAgeInSeconds, destinationConfig } = spec.asyncInvokeConfig;
  const to = (one: typeof destinationConfig.onSuccess) => ({ destination: one?.destination.arn });
  return {
    config: { ...spec, codeChecksum: '42' },
    triggers: spec.triggers.map((one) => ({ ...one, triggerConfig: JSON.stringify(one.triggerConfig) })),
    asyncConfig: {
      asyncTask: false,
      maxAsyncRetryAttempts,
      maxAsyncEventAgeInSeconds,
      destinationConfig: {
        onSuccess: to(destinationConfig.onSuccess),
        onFailure: to(destinationConfig.onFailure),
      },
    },
    reservedConcurrency: 1,
  };
}

/** What a file may say of each part in the place of what this one says. */
const OTHERWISE: Partial<Record<keyof FunctionSpec, object>> = {
  description: { description: 'another' },
  internetAccess: { internetAccess: undefined },
  resourceGroupId: { resourceGroupId: 'rg-2' },
  tags: { tags: undefined },
  runtime: { runtime: 'nodejs18' },
  handler: { handler: 'index.other' },
  role: { role: 'acs:ram::2000000000000002:role/other' },
  cpu: { cpu: 1 },
  memorySize: { memorySize: 512 },
  diskSize: { diskSize: 10_240 },
  timeout: { timeout: 121 },
  environmentVariables: { environmentVariables: {} },
  instanceLifecycleConfig: { instanceLifecycleConfig: {} },
  vpcConfig: { vpcConfig: undefined },
  logConfig: { logConfig: { project: 'ops', logstore: 'handshake', enableInstanceMetrics: true } },
  concurrencyConfig: { concurrencyConfig: undefined },
  asyncInvokeConfig: { asyncInvokeConfig: { ...provision.asyncInvokeConfig, asyncTask: true } },
};

const isSame = (one: object, checksum = '42') =>
  isFunctionUnchanged({ spec: { ...spec, ...one }, checksum }, shown());

describe('a function', () => {
  it('is unchanged when all that the file says is shown', () => {
    expect(isSame({})).toBe(true);
  });

  it('is unchanged when the file names no log, and the component wrote that there is none', () => {
    const none = { project: '', logstore: '', logBeginRule: 'None', enableRequestMetrics: false };
    const deployed = shown();
    const withLog = (log: Record<string, unknown>) => ({
      ...deployed,
      config: { ...deployed.config, logConfig: log },
    });
    const silent = { spec: { ...spec, logConfig: undefined }, checksum: '42' };
    expect(isFunctionUnchanged(silent, withLog(none))).toBe(true);
    expect(isFunctionUnchanged(silent, withLog({ ...none, project: 'ops' }))).toBe(false);
    expect(isFunctionUnchanged(silent, withLog({ ...none, logBeginRule: 'DefaultRegex' }))).toBe(false);
  });

  it.each(Object.entries(OTHERWISE))('is changed when the file says something else of %s', (_key, one) => {
    expect(isSame(one)).toBe(false);
  });

  const { vpcConfig } = spec;
  it.each<[string, object, object, boolean]>([
    ['more of a network', {}, { vpcConfig: { ...vpcConfig, role: 'r' } }, true],
    ['less of a network', {}, { vpcConfig: { ...vpcConfig, vpcId: undefined } }, false],
    ['something else than a network', {}, { vpcConfig: 'vpc-1' }, false],
    [
      'nothing, where nothing is written',
      { vpcConfig: undefined, tags: undefined },
      { vpcConfig: null, tags: [] },
      true,
    ],
    ['a network, where none is written', { vpcConfig: undefined }, {}, false],
    ['no word of the internet, as written', { internetAccess: undefined }, { internetAccess: null }, true],
    ['no internet, where none is written', { internetAccess: undefined }, { internetAccess: false }, false],
    ['no word of the internet, where there is to be none', {}, { internetAccess: undefined }, false],
    ['a group, where none is written', { resourceGroupId: undefined }, {}, true],
  ])('that is shown with %s', (_what, written, more, same) => {
    const deployed = shown();
    const wanted = { spec: { ...spec, ...written }, checksum: '42' };
    expect(isFunctionUnchanged(wanted, { ...deployed, config: { ...deployed.config, ...more } })).toBe(same);
  });

  it.each([
    [undefined, undefined, true],
    [undefined, false, true],
    [undefined, true, false],
    [false, undefined, true],
    [true, true, true],
    [true, undefined, false],
  ])('whose task is written as %j and shown as %j is unchanged: %j', (written, asyncTask, same) => {
    const deployed = shown();
    assert(deployed.asyncConfig !== null);
    const asyncInvokeConfig = { ...spec.asyncInvokeConfig, asyncTask: written };
    const wanted = { spec: { ...spec, asyncInvokeConfig }, checksum: '42' };
    const asyncConfig = { ...deployed.asyncConfig, asyncTask };
    expect(isFunctionUnchanged(wanted, { ...deployed, asyncConfig })).toBe(same);
  });

  it('is changed when its code is, and when it is not there', () => {
    expect(isSame({}, '43')).toBe(false);
    expect(isFunctionUnchanged({ spec, checksum: '42' }, null)).toBe(false);
  });

  it('has no other part that a file may say something of', () => {
    // Its name and place, and a number that can only be 1.
    const fixed = ['region', 'functionName', 'code', 'instanceConcurrency', 'triggers'];
    expect([...Object.keys(OTHERWISE), ...fixed].sort()).toEqual(Object.keys(propsSchema.shape).sort());
  });
});

describe('the triggers of a function', () => {
  const [first, ...others] = provision.triggers;
  assert(first !== undefined);
  const same = (one: object, deployed = shown()) =>
    areTriggersUnchanged(
      { spec: { ...spec, triggers: [{ ...first, ...one }, ...others] } as FunctionSpec, checksum: '42' },
      deployed,
    );

  it('are unchanged when all that the file says is shown', () => {
    expect(same({})).toBe(true);
  });

  it.each<[string, object]>([
    ['its name', { triggerName: 'other' }],
    ['its description', { description: 'another' }],
    ['its source', { sourceArn: 'acs:mns:cn-hangzhou:2:/topics/other' }],
    ['its configuration', { triggerConfig: { ...first.triggerConfig, notifyStrategy: 'BACKOFF_RETRY' } }],
    ['less of its configuration', { triggerConfig: { notifyStrategy: 'EXPONENTIAL_DECAY_RETRY' } }],
  ])('are changed when the file says something else of %s', (_what, one) => {
    expect(same(one)).toBe(false);
  });

  it.each([
    [{ filterTag: '' }, true],
    [{ filterTag: 'x' }, false],
  ])('that show %j besides are unchanged: %j', (more, isSame) => {
    const deployed = shown();
    const triggers = deployed.triggers.map((one) => ({
      ...one,
      triggerConfig: JSON.stringify({ ...JSON.parse(one.triggerConfig ?? ''), ...more }),
    }));
    expect(same({}, { ...deployed, triggers })).toBe(isSame);
  });

  it('are changed when the function is not there', () => {
    expect(areTriggersUnchanged({ spec, checksum: '42' }, null)).toBe(false);
  });
});
