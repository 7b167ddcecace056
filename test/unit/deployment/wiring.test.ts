import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { type DeploymentFolder, deploymentFolder, OWNER_UID } from '../../kit/deployment-folder.ts';

let folder: DeploymentFolder;
beforeEach(() => {
  folder = deploymentFolder();
});
afterEach(() => folder.remove());

const FUNCTIONS = ['dms-handshake-verify', 'dms-handshake-provision', 'dms-handshake-intake'];
const ofEach = (fault: string) => FUNCTIONS.map((name) => `${name}: ${fault}`);
const ORDER = `the functions must stand in this order: ${FUNCTIONS.join(', ')} (each needs the one before)`;
const deaf = (topic: string) =>
  `no mns_topic trigger of dms-handshake-provision listens at ${topic}: add one`;

describe('how the functions work together', () => {
  it.each<[string, string, string, string[]]>([
    [
      'a key that is a command of the tool',
      '  dms-handshake-verify:',
      '  verify:',
      ['resources.verify: verify is a command of the tool; name the resource as the function'],
    ],
    [
      'what the tool would ask about at every deployment',
      '        qualifier: LATEST\n',
      '\n',
      ofEach(
        'write qualifier: LATEST under asyncInvokeConfig, or the tool sees a change at every deployment',
      ),
    ],
    [
      'a task that is not named',
      '        asyncTask: false\n',
      '\n',
      ofEach('write asyncTask: false under asyncInvokeConfig, or the tool sees a change at every deployment'),
    ],
    [
      'an intake that is tried again',
      'maxAsyncRetryAttempts: 0',
      'maxAsyncRetryAttempts: 3',
      [
        'dms-handshake-intake: asyncInvokeConfig must have maxAsyncRetryAttempts: 0 and no destination: anybody may call it asynchronously',
      ],
    ],
    [
      'an intake whose answers go somewhere',
      '        maxAsyncEventAgeInSeconds: 60\n',
      `        destinationConfig:\n          onFailure:\n            destination: acs:mns:cn-hangzhou:${OWNER_UID}:/queues/dms-handshake-dead-letters/messages\n`,
      [
        'dms-handshake-intake: asyncInvokeConfig must have maxAsyncRetryAttempts: 0 and no destination: anybody may call it asynchronously',
      ],
    ],
    [
      'several writers',
      'reservedConcurrency: 1',
      'reservedConcurrency: 2',
      ['dms-handshake-provision: reservedConcurrency must be 1 (docs/explain/architecture.md)'],
    ],
    [
      'no limit of writers',
      '      concurrencyConfig:\n        reservedConcurrency: 1\n',
      '',
      ['dms-handshake-provision: reservedConcurrency must be 1 (docs/explain/architecture.md)'],
    ],
    [
      'a missing function',
      'functionName: dms-handshake-intake',
      'functionName: take',
      ['the function dms-handshake-intake is missing'],
    ],
    [
      'the one writer where it is missing',
      'functionName: dms-handshake-provision',
      'functionName: provide',
      [
        'the function dms-handshake-provision is missing',
        ...['requests', 'upkeep', 'owner'].map((topic) => deaf(`dms-handshake-${topic}`)),
      ],
    ],
  ])('names %s', (_what, right, wrong, all) => {
    folder.spoil(right, wrong);
    expect(folder.faults()).toEqual(all);
  });

  it('names an order in which a function hears before what it needs is there', () => {
    const file: { resources: object } = parse(readFileSync('s.yaml', 'utf8'), { merge: true });
    const resources = Object.fromEntries(Object.entries(file.resources).reverse());
    folder.write('s.yaml', stringify({ ...file, resources }));
    expect(folder.faults()).toEqual([ORDER]);
  });
});
