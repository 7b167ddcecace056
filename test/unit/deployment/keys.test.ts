import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { keyFaults } from '../../../scripts/deployment/template.ts';
import { type DeploymentFolder, deploymentFolder, OWNER_UID } from '../../kit/deployment-folder.ts';

let folder: DeploymentFolder;
beforeEach(() => {
  folder = deploymentFolder();
});
afterEach(() => folder.remove());

/** Every key below a value with the path of its object; but for names that are anybody's own: variables, resources. */
const keysOf = (
  value: unknown,
  path: readonly string[] = [],
): readonly (readonly [string, readonly string[]])[] =>
  typeof value !== 'object' || value === null
    ? []
    : Object.entries(value).flatMap(([key, one]) => [
        ...(Array.isArray(value) || path.at(-1) === 'resources' ? [] : [[key, path] as const]),
        ...(key === 'vars' ? [] : keysOf(one, [...path, key])),
      ]);

function rename(value: unknown, [key = '', ...rest]: readonly string[], name: string): void {
  if (typeof value !== 'object' || value === null) throw new Error(`nothing at ${key}`);
  if (rest.length > 0) rename(Reflect.get(value, key), rest, name);
  else {
    Reflect.set(value, name, Reflect.get(value, key));
    Reflect.deleteProperty(value, key);
  }
}

const PLACE = 'resources.dms-handshake';
const TOPICS = `acs:mns:cn-hangzhou:${OWNER_UID}:topics/dms-handshake-`;

describe('an s.yaml', () => {
  it('is not looked at before the variables are right', () => {
    folder.spoil('cronExpression', 'cron');
    expect(folder.faults({ OWNER_UID: 'x' })).toEqual([
      'OWNER_UID is "x": expected the UID of account B, 1 to 16 digits',
    ]);
  });

  it.each<[string, string, string, string[]]>([
    [
      'a variable that does not exist',
      "env('OWNER_UID')",
      "env('OWNER')",
      [`vars.owner: environment variable OWNER is not set ($\{env('OWNER')} has no default)`],
    ],
    [
      'a component that is not fc3',
      'component: fc3',
      'component: fc',
      ['verify', 'provision', 'intake'].map(
        (name) =>
          `s.yaml.${PLACE}-${name}.component is "fc@0.1.22": only resources of component fc3 can run here`,
      ),
    ],
    [
      'an ARN that is none',
      ':/topics/dms',
      ':topics/dms',
      ['requests', 'upkeep', 'owner'].map(
        (topic, index) =>
          `${PLACE}-provision.props.triggers[${index}].sourceArn is "${TOPICS}${topic}": must be acs:mns:<region>:<uid>:/topics/<topic>`,
      ),
    ],
    [
      'a destination that is none',
      'functions/dms-handshake-verify',
      'verify',
      ['onSuccess', 'onFailure'].map((when) => {
        const arn = `acs:fc:cn-hangzhou:${OWNER_UID}:verify`;
        return `${PLACE}-provision.props.asyncInvokeConfig.destinationConfig.${when}.destination is "${arn}": destination ${arn} must be acs:fc:<region>:<uid>:functions/<function> or acs:mns:<region>:<uid>:/queues/<queue>/messages`;
      }),
    ],
    [
      'too large an environment',
      'dms-handshake-replies',
      'r'.repeat(4_000),
      [`${PLACE}-verify.props.environmentVariables is an object: 4244 bytes of environment, at most 4096`],
    ],
  ])('with %s is refused, and the place is named', (_what, right, wrong, all) => {
    folder.spoil(right, wrong);
    expect(folder.faults()).toEqual(all);
  });

  it('names a misspelt key wherever it stands, and the right one', () => {
    const whole: unknown = parse(readFileSync('s.yaml', 'utf8'));
    const misspelt = keysOf(whole).filter(([key]) => !/^([A-Z]|triggerType$)/.test(key));
    expect(misspelt.length).toBeGreaterThan(60);
    for (const [key, path] of misspelt) {
      const spoilt: unknown = parse(readFileSync('s.yaml', 'utf8'));
      rename(spoilt, [...path, key], `${key}x`);
      folder.write('s.yaml', stringify(spoilt));
      const faults = folder.faults().join('\n');
      const place = [...path, `${key}x`].join('.').replaceAll(/\.(\d+)\b/g, '[$1]');
      expect(faults).toContain(`${place} is no key here; the nearest is "${key}", all are `);
    }
  });

  it('names a log store that the tool would make', () => {
    folder.spoil('logstore:', 'logStore:', 's.logs.yaml');
    expect(folder.faults({ OWNER_UID, LOG_PROJECT: 'ops-logs' })).toContain(
      `${PLACE}-verify.props.logConfig.logStore is no key here; the nearest is "logstore", all are project, logstore, enableRequestMetrics, enableInstanceMetrics, logBeginRule`,
    );
  });

  it('may name no resource like a command of the tool or of its component', () => {
    // As `s --help` of 3.1.10 and the folder commands-help of fc3 0.1.22 list them.
    const tool = 'clean component config env help init preview registry secret set verify';
    const component =
      'alias build concurrency deploy info instance invoke layer list local logs model plan provision remove s2tos3 scaling session sync version';
    const names = `${tool} ${component}`.split(' ');
    const one = { component: 'fc3@0.1.22', props: { functionName: 'x' } };
    const resources = Object.fromEntries([...names, 'dms-handshake-verify'].map((name) => [name, one]));
    expect(keyFaults({ resources })).toEqual(
      names.map(
        (name) => `resources.${name}: ${name} is a command of the tool; name the resource as the function`,
      ),
    );
  });
});
