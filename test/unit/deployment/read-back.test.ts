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
    expect(compared({ ...whole(), triggers: [] })).toEqual(
      ['requests', 'upkeep', 'owner'].map(
        (name) => `dms-handshake-provision: the trigger ${name} is not there`,
      ),
    );
    expect(compared(null, false)).toEqual(['dms-handshake-provision is not there']);
  });

  const { config, triggers, asyncConfig } = whole();
  const [trigger] = triggers;
  assert(trigger !== undefined && asyncConfig !== null);
  const configured = (more: object): Deployed => ({ ...whole(), config: { ...config, ...more } });
  const asynchronous = (more: object): Deployed => ({ ...whole(), asyncConfig: { ...asyncConfig, ...more } });
  const triggered = (more: object): Deployed => ({
    ...whole(),
    triggers: [{ ...trigger, ...more }, ...triggers.slice(1)],
  });
  const VERIFY = 'acs:fc:cn-hangzhou:2000000000000002:functions/dms-handshake-verify';
  const TOPIC = 'acs:mns:cn-hangzhou:2000000000000002:/topics/dms-handshake-requests';
  const ROLE = 'acs:ram::2000000000000002:role/dms-handshake-';
  const AGAIN = '; delete the trigger and deploy again';

  it.each<[string, Deployed | null, string[]]>([
    ['a function', null, [' is not there']],
    ['the code', configured({ codeChecksum: '7' }), [': code is "7", not "42"']],
    ['the runtime', configured({ runtime: 'nodejs18' }), [': runtime is "nodejs18", not "nodejs20"']],
    ['the handler', configured({ handler: 'a.b' }), [': handler is "a.b", not "index.handler"']],
    ['the role', configured({ role: 'R' }), [`: role is "r", not "${ROLE}provision"`]],
    ['no role', configured({ role: undefined }), [`: role is "", not "${ROLE}provision"`]],
    ['the processor', configured({ cpu: 1 }), [': cpu is 1, not 0.25']],
    ['the memory', configured({ memorySize: 512 }), [': memorySize is 512, not 256']],
    ['the disk', configured({ diskSize: undefined }), [': diskSize is not set, not 512']],
    ['the time', configured({ timeout: null }), [': timeout is not set, not 120']],
    [
      'the description',
      configured({ description: undefined }),
      [
        ': description is "", not "The only writer of RAM. Takes requests, makes the roles what their records say."',
      ],
    ],
    ['how many at once', configured({ instanceConcurrency: 2 }), [': instanceConcurrency is 2, not 1']],
    ['one at once, which need not be told', configured({ instanceConcurrency: undefined }), []],
    [
      'a log that nobody asked for',
      configured({ logConfig: { project: 'p', logstore: 'l'.repeat(300) } }),
      [': logConfig.project is "p", not ""', `: logConfig.logstore is "${'l'.repeat(199)}, not ""`],
    ],
    [
      'variables',
      configured({ environmentVariables: { ...config.environmentVariables, HEAL: 'secret', X: 'secret' } }),
      [': the variable HEAL has another value', ': the variable X is set and is not in s.yaml'],
    ],
    [
      'all variables',
      configured({ environmentVariables: undefined }),
      Object.keys(spec.environmentVariables).map((name) => `: the variable ${name} is not set`),
    ],
    ['the limit', { ...whole(), reservedConcurrency: null }, [': reservedConcurrency is not set, not 1']],
    ['how it is called', { ...whole(), asyncConfig: null }, [': there is no asyncInvokeConfig']],
    [
      'the retries',
      asynchronous({ maxAsyncRetryAttempts: 0, maxAsyncEventAgeInSeconds: 60 }),
      [': maxAsyncRetryAttempts is 0, not 3', ': maxAsyncEventAgeInSeconds is 60, not 18000'],
    ],
    [
      'the destinations',
      asynchronous({ destinationConfig: null }),
      [`: onSuccess is "", not "${VERIFY}"`, `: onFailure is "", not "${VERIFY}"`],
    ],
    [
      'one destination',
      asynchronous({ destinationConfig: { onSuccess: { destination: VERIFY }, onFailure: null } }),
      [`: onFailure is "", not "${VERIFY}"`],
    ],
    [
      'the type of a trigger',
      triggered({ triggerType: 'timer' }),
      [`: the trigger requests: type is "timer", not "mns_topic"${AGAIN}`],
    ],
    [
      'the version behind a trigger',
      triggered({ qualifier: '1' }),
      [`: the trigger requests: qualifier is "1", not "LATEST"${AGAIN}`],
    ],
    ['the newest version, which need not be told', triggered({ qualifier: null }), []],
    [
      'the source of a trigger, which the tool never changes',
      triggered({ sourceArn: null }),
      [`: the trigger requests: sourceArn is "", not "${TOPIC}"${AGAIN}`],
    ],
    [
      'the role of a trigger',
      triggered({ invocationRole: null }),
      [`: the trigger requests: invocationRole is "", not "${ROLE}trigger"${AGAIN}`],
    ],
    [
      'the configuration of a trigger',
      triggered({ triggerConfig: null }),
      [
        `: the trigger requests: notifyContentFormat is not set, not "JSON"${AGAIN}`,
        `: the trigger requests: notifyStrategy is not set, not "EXPONENTIAL_DECAY_RETRY"${AGAIN}`,
      ],
    ],
    [
      'a configuration that is none',
      triggered({ triggerConfig: 'null' }),
      [
        `: the trigger requests: notifyContentFormat is not set, not "JSON"${AGAIN}`,
        `: the trigger requests: notifyStrategy is not set, not "EXPONENTIAL_DECAY_RETRY"${AGAIN}`,
      ],
    ],
  ])('names %s that is missing or differs, and no value of a variable', (_what, deployed, words) => {
    expect(compared(deployed)).toEqual(words.map((one) => `dms-handshake-provision${one}`));
  });

  it('names triggers that are not in the file', () => {
    const old = { triggerName: 'old', triggerType: 'mns_topic', sourceArn: 'acs:mns:r:2:/topics/old' };
    const rest = { qualifier: 'LATEST', invocationRole: null, triggerConfig: '{}' };
    expect(unlistedTriggers(spec, { ...whole(), triggers: [...triggers, { ...old, ...rest }] })).toEqual([
      'dms-handshake-provision: the trigger old (mns_topic of acs:mns:r:2:/topics/old) is not in s.yaml and still starts the function: delete it in the console, or write it into s.yaml',
    ]);
    const timer = { triggerName: 'tick', triggerType: 'timer', sourceArn: null };
    expect(unlistedTriggers(spec, { ...whole(), triggers: [{ ...timer, ...rest }] })).toEqual([
      'dms-handshake-provision: the trigger tick (timer) is not in s.yaml and still starts the function: delete it in the console, or write it into s.yaml',
    ]);
    expect(unlistedTriggers(spec, whole())).toEqual([]);
    expect(unlistedTriggers(spec, null)).toEqual([]);
  });
});
