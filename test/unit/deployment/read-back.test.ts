import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readBlueprint } from '../../../local/host/blueprint.ts';
import { OWNER_UID } from '../../../local/local-cloud.ts';
import { differences, unlistedTriggers } from '../../../scripts/deployment/read-back.ts';
import type { Deployed } from '../../../shared/alicloud/fc-deployed.ts';

const [, spec] = readBlueprint(readFileSync('s.yaml', 'utf8'), { OWNER_UID }).functions;
assert(spec !== undefined);
const wanted = { spec, checksum: '42' };

/** provision as Function Compute shows it after a whole deployment. */
const whole = (): Deployed => {
  const { maxAsyncRetryAttempts, maxAsyncEventAgeInSeconds, destinationConfig } = spec.asyncInvokeConfig;
  const to = (one: typeof destinationConfig.onSuccess) => ({ destination: one?.destination.arn });
  return {
    config: { ...spec, codeChecksum: '42', role: spec.role?.toLowerCase(), logConfig: null },
    triggers: spec.triggers.map((one) => ({
      ...one,
      invocationRole: one.invocationRole?.toLowerCase(),
      triggerConfig: JSON.stringify({ ...one.triggerConfig, added: 'by the platform' }),
    })),
    asyncConfig: {
      maxAsyncRetryAttempts,
      maxAsyncEventAgeInSeconds,
      destinationConfig: {
        onSuccess: to(destinationConfig.onSuccess),
        onFailure: to(destinationConfig.onFailure),
      },
    },
    reservedConcurrency: 1,
  };
};

const compared = (deployed: Deployed | null, triggers = true) => differences(wanted, deployed, { triggers });

describe('a deployment that is read back', () => {
  it('is whole when everything is there', () => {
    expect(compared(whole())).toEqual([]);
  });

  it('lacks no trigger after the first step', () => {
    expect(compared({ ...whole(), triggers: [] }, false)).toEqual([]);
    expect(compared({ ...whole(), triggers: [] })).toContain(
      'dms-handshake-provision: the trigger requests is not there',
    );
  });

  const { config, triggers, asyncConfig } = whole();
  const [trigger] = triggers;
  it.each<[string, Deployed | null, string]>([
    ['a function', null, 'dms-handshake-provision is not there'],
    ['the code', { ...whole(), config: { ...config, codeChecksum: '7' } }, 'code is "7", not "42"'],
    ['the limit', { ...whole(), reservedConcurrency: null }, 'reservedConcurrency is not set, not 1'],
    ['the destinations', { ...whole(), asyncConfig: null }, 'there is no asyncInvokeConfig'],
    [
      'a destination',
      { ...whole(), asyncConfig: asyncConfig && { ...asyncConfig, destinationConfig: null } },
      'onSuccess is "", not "acs:fc:cn-hangzhou:2000000000000002:functions/dms-handshake-verify"',
    ],
    [
      'a variable',
      {
        ...whole(),
        config: { ...config, environmentVariables: { ...config.environmentVariables, HEAL: 'secret' } },
      },
      'the variable HEAL has another value',
    ],
    [
      'a variable too many',
      {
        ...whole(),
        config: { ...config, environmentVariables: { ...config.environmentVariables, X: 'secret' } },
      },
      'the variable X is set and is not in s.yaml',
    ],
    [
      'a trigger of a topic, which the tool never changes',
      {
        ...whole(),
        triggers: trigger === undefined ? [] : [{ ...trigger, sourceArn: 'acs:mns:x:1:/topics/y' }],
      },
      'the trigger requests: sourceArn is "acs:mns:x:1:/topics/y", not "acs:mns:cn-hangzhou:2000000000000002:/topics/dms-handshake-requests"; delete the trigger and deploy again',
    ],
  ])('names %s that is missing or differs, and no value of a variable', (_what, deployed, words) => {
    const found = compared(deployed);
    expect(found.join('\n')).toContain(words);
    expect(found.join('\n')).not.toContain('secret');
  });

  it('names triggers that are not in the file', () => {
    const old = { triggerName: 'old', triggerType: 'mns_topic', sourceArn: 'acs:mns:r:2:/topics/old' };
    const rest = { qualifier: 'LATEST', invocationRole: null, triggerConfig: '{}' };
    expect(unlistedTriggers(spec, { ...whole(), triggers: [...triggers, { ...old, ...rest }] })).toEqual([
      'dms-handshake-provision: the trigger old (mns_topic of acs:mns:r:2:/topics/old) is not in s.yaml and still starts the function: delete it in the console, or write it into s.yaml',
    ]);
    expect(unlistedTriggers(spec, whole())).toEqual([]);
  });
});
