import { execFile } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { readBlueprint } from '../../local/host/blueprint.ts';
import { OWNER_UID } from '../../local/local-cloud.ts';
import { ownerRoles } from '../../shared/access/rights.ts';

const yaml = readFileSync('s.yaml', 'utf8');
const blueprint = readBlueprint(yaml, { OWNER_UID });
const run = promisify(execFile);

const installation = {
  region: 'cn-hangzhou',
  ownerUid: OWNER_UID,
  requestTopic: 'dms-handshake-requests',
  replyTopic: 'dms-handshake-replies',
  deadLetters: 'dms-handshake-dead-letters',
};

describe('s.yaml', () => {
  test('describes the three functions, each with its bundle and a role whose rights are written down', () => {
    const roles = ownerRoles(installation).map(({ name }) => `acs:ram::${OWNER_UID}:role/${name}`);
    expect(blueprint.functions.map(({ functionName }) => functionName).sort()).toEqual([
      'dms-handshake-intake',
      'dms-handshake-provision',
      'dms-handshake-verify',
    ]);
    for (const { code, handler, role, triggers } of blueprint.functions) {
      expect(handler).toBe('index.handler');
      expect(statSync(`${code}/index.js`).size).toBeGreaterThan(10_000);
      expect(roles).toContain(role);
      for (const { invocationRole } of triggers) expect([...roles, undefined]).toContain(invocationRole);
    }
  });

  test('keeps one writer', () => {
    const provision = blueprint.functions.find(
      ({ functionName }) => functionName === 'dms-handshake-provision',
    );
    expect(provision).toMatchObject({
      instanceConcurrency: 1,
      concurrencyConfig: { reservedConcurrency: 1 },
    });
  });

  test.each([
    ['a typo in a key', 'cronExpression', 'cronExpresion'],
    ['a typo in a trigger', 'notifyContentFormat', 'notifyContentFormt'],
    ['a typo in a function', 'environmentVariables', 'environmentVariable'],
    ['a variable that is not set', "env('OWNER_UID')", "env('OWNER')"],
    ['a component that is not fc3', 'component: fc3', 'component: fc'],
  ])('with %s is refused, by name', (_what, right, wrong) => {
    expect(() => readBlueprint(yaml.replaceAll(right, wrong), { OWNER_UID })).toThrow(
      wrong.replace(/^env\('|'\)$|^component: /g, '').slice(0, 5),
    );
  });

  test('is rendered by Serverless Devs without a network', async () => {
    const { stdout } = await run('npx', ['s', 'preview', '-t', 's.yaml'], {
      env: { ...process.env, OWNER_UID },
    });
    expect(stdout).toContain(`acs:ram::${OWNER_UID}:role/dms-handshake-provision`);
    expect(stdout).not.toContain('${');
  }, 60_000);
});

test('the bundles hold nothing of the local cloud, the command line or the tests', () => {
  for (const name of ['intake', 'provision', 'verify']) {
    const code = readFileSync(`dist/${name}/index.js`, 'utf8');
    for (const foreign of ['startLocalCloud', 'RamState', 'commander', 'vitest', 'picocolors'])
      expect(code.includes(foreign), `${foreign} in ${name}`).toBe(false);
  }
});
