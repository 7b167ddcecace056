import { chmodSync, cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { OWNER_UID } from '../../local/local-cloud.ts';
import { deploymentFaults } from '../../scripts/deployment/check.ts';
import { VARIABLES } from '../../scripts/deployment/variables.ts';
import { runProgram } from '../helpers/cli.ts';
import { freshClone } from '../helpers/clone.ts';

const LOGS = { OWNER_UID, LOG_PROJECT: 'ops-logs' };

/** A folder with what is deployed, to be spoilt. */
let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'dms-handshake-deployment-'));
  for (const file of ['s.yaml', 's.logs.yaml', 'requesters.json']) cpSync(file, join(root, file));
  symlinkSync(join(process.cwd(), 'dist'), join(root, 'dist'));
});
afterEach(() => rmSync(root, { recursive: true }));

const write = (file: string, text: string) => writeFileSync(join(root, file), text);
const spoil = (right: string, wrong: string, file = 's.yaml') =>
  write(file, readFileSync(file, 'utf8').replaceAll(right, wrong));

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

describe('the check of a deployment', () => {
  test.each([{ OWNER_UID }, LOGS, { ...LOGS, REGION: 'ap-southeast-1', PROBE: 'structural', HEAL: 'true' }])(
    'finds nothing wrong with this one: %j',
    (environment) => {
      expect(deploymentFaults(root, environment)).toEqual([]);
    },
  );

  test.each<[string, Record<string, string>, RegExp]>([
    ['no owner', {}, /^OWNER_UID is not set: give it the UID of account B/],
    ['an owner that is none', { OWNER_UID: '12x' }, /^OWNER_UID is "12x": expected the UID of account B/],
    ['a region that is none', { OWNER_UID, REGION: 'Hangzhou' }, /^REGION is "Hangzhou"/],
    ['a probe that is none', { OWNER_UID, PROBE: 'no' }, /^PROBE is "no": expected assume or structural/],
    ['too much patience', { OWNER_UID, PATIENCE_SECONDS: '601' }, /^PATIENCE_SECONDS is "601": .*0 to 600/],
    ['a half healing', { OWNER_UID, HEAL: 'yes' }, /^HEAL is "yes": expected true or false/],
    ['a log project that is none', { OWNER_UID, LOG_PROJECT: 'A' }, /^LOG_PROJECT is "A"/],
  ])('names %s', (_what, environment, fault) => {
    expect(deploymentFaults(root, environment)).toEqual([expect.stringMatching(fault)]);
  });

  test.each([
    ['a typo in a key', 'cronExpression', 'cronExpresion', /cronExpresion/],
    ['a typo in a trigger', 'notifyContentFormat', 'notifyContentFormt', /notifyContentFormt/],
    ['a typo in a function', 'environmentVariables', 'environmentVariable', /environmentVariable/],
    ['a variable that does not exist', "env('OWNER_UID')", "env('OWNER')", /OWNER is not set/],
    ['a component that is not fc3', 'component: fc3', 'component: fc', /only resources of component fc3/],
    ['an ARN that is none', ':/topics/dms', ':topics/dms', /acs:mns:<region>:<uid>:\/topics\/<topic>/],
    [
      'a destination that is none',
      'functions/dms-handshake-verify',
      'dms-handshake-verify',
      /destination acs:fc/,
    ],
    [
      'an unknown topic',
      'topics/dms-handshake-requests',
      'topics/requests',
      /listens at dms-handshake-requests/,
    ],
    [
      'an unknown queue',
      'queues/dms-handshake-dead-letters',
      'queues/letters',
      /queues\/letters\/messages is not/,
    ],
    [
      'an unknown function',
      'functions/dms-handshake-verify',
      'functions/verify',
      /functions\/verify is not part/,
    ],
    ['a role of nobody', 'role/dms-handshake-verify', 'role/admin', /role\/admin is none of bootstrap's/],
    ['a trigger role to invent', '          invocationRole:', '          # ', /makes the tool invent one/],
    ['no role', '      role: acs', '      # acs', /role \(none\)/],
    ['a handler that is not there', 'index.handler', 'index.handle', /index\.js exports no handle/],
    [
      'a bundle that is not there',
      './dist/intake',
      './dist/take',
      /take\/index\.js is not there; run npm run build/,
    ],
    ['several writers', 'reservedConcurrency: 1', 'reservedConcurrency: 2', /reservedConcurrency must be 1/],
    ['a missing function', 'functionName: dms-handshake-intake', 'functionName: take', /intake is missing/],
    [
      'too large an environment',
      'dms-handshake-replies',
      'r'.repeat(4_000),
      /bytes of environment, at most 4096/,
    ],
  ])('names %s', (_what, right, wrong, fault) => {
    spoil(right, wrong);
    expect(deploymentFaults(root, { OWNER_UID }).join('\n')).toMatch(fault);
  });

  test('names a misspelt key wherever it stands, and the right one', () => {
    const whole: unknown = parse(readFileSync('s.yaml', 'utf8'));
    const misspelt = keysOf(whole).filter(([key]) => !/^([A-Z]|triggerType$)/.test(key));
    expect(misspelt.length).toBeGreaterThan(60);
    for (const [key, path] of misspelt) {
      const spoilt: unknown = parse(readFileSync('s.yaml', 'utf8'));
      rename(spoilt, [...path, key], `${key}x`);
      write('s.yaml', stringify(spoilt));
      const faults = deploymentFaults(root, { OWNER_UID }).join('\n');
      const place = [...path, `${key}x`].join('.').replaceAll(/\.(\d+)\b/g, '[$1]');
      expect(faults).toContain(`${place} is no key here; the nearest is "${key}", all are `);
    }
  });

  test('takes the trigger of a queue once it is no comment any more', () => {
    const lines = readFileSync('s.yaml', 'utf8').split('\n');
    const from = lines.findIndex((line) => line.includes('# - triggerName: queue'));
    const length = lines.slice(from).findIndex((line) => !line.trim().startsWith('#'));
    const opened = lines.slice(from, from + length).map((line) => line.replace('# ', ''));
    expect(opened.length).toBeGreaterThan(10);
    write('s.yaml', lines.toSpliced(from, length, ...opened).join('\n'));
    expect(deploymentFaults(root, { OWNER_UID })).toEqual([]);
    write(
      's.yaml',
      lines
        .toSpliced(from, length, ...opened)
        .join('\n')
        .replace('runOptions', 'runOption'),
    );
    expect(deploymentFaults(root, { OWNER_UID }).join()).toMatch(/runOption/);
  });

  test('names a log store that the tool would make', () => {
    spoil('logstore:', 'logStore:', 's.logs.yaml');
    expect(deploymentFaults(root, LOGS).join('\n')).toMatch(
      /logConfig\.logStore is no key here; the nearest is "logstore"/,
    );
  });

  test('names topics of requesters that nobody listens at, and secrets that do not arrive', () => {
    const requester = { uid: '5', name: 'five', engines: '*', access: ['register'], topics: ['requests-5'] };
    const auth = { type: 'bearer', secretEnv: 'JIRA_TOKEN' };
    const clients = [{ name: 'jira', requesters: ['5'], auth }];
    write('requesters.json', JSON.stringify({ requesters: [requester], clients }));
    expect(deploymentFaults(root, { OWNER_UID })).toEqual([
      'no mns_topic trigger of dms-handshake-provision listens at requests-5: add one',
      'client jira: JIRA_TOKEN is not among the environment variables of intake',
    ]);
  });

  test('names a list of requesters that is refused', () => {
    write('requesters.json', '{"requesters":[{"uid":5}]}');
    expect(deploymentFaults(root, { OWNER_UID })[0]).toMatch(/^requesters\.json is refused/);
  });

  test('knows every variable that the files read', () => {
    const read = ['s.yaml', 's.logs.yaml'].flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(/^[^#\n]*env\('(\w+)'/gm)].map(([, name]) => name),
    );
    expect([...new Set(read)].sort()).toEqual(VARIABLES.map(({ name }) => name).sort());
  });
});

describe('npm run deploy, in a fresh clone', () => {
  let clone: ReturnType<typeof freshClone>;
  beforeAll(() => {
    clone = freshClone();
  });
  afterAll(() => clone.remove());

  const deploy = (env: Record<string, string>, ...options: string[]) =>
    runProgram('npm', ['run', '--silent', 'deploy', '--', ...options], { cwd: clone.folder, env });

  test('with --preview renders what would be deployed, without a network', async () => {
    const { code, stdout, stderr } = await deploy({ ...LOGS, HOME: clone.folder }, '--preview');
    expect([code, stderr]).toEqual([0, expect.not.stringContaining('not deployed')]);
    expect(stdout).toContain(`acs:ram::${OWNER_UID}:role/dms-handshake-provision`);
    expect(stdout.match(/ops-logs/g)).toHaveLength(4);
    expect(stdout).not.toContain('${');
  }, 60_000);

  test('without the owner ends before anything is built, and says what to set', async () => {
    const ended = await deploy({});
    expect(ended).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringContaining('OWNER_UID is not set'),
    });
  });

  test('hands the checked file and all options to Serverless Devs, and its exit code back', async () => {
    const tool = join(clone.folder, 's');
    writeFileSync(tool, '#!/bin/sh\necho "s $*"\nexit 7\n');
    chmodSync(tool, 0o755);
    const env = { OWNER_UID, PATH: `${clone.folder}:${process.env['PATH']}` };
    const ended = await runProgram('node', ['scripts/deploy.mjs', '-a', 'owner-b'], {
      cwd: clone.folder,
      env,
    });
    expect(ended).toEqual({ code: 7, stdout: 's deploy -t s.yaml -a owner-b\n', stderr: '' });
  });
});

test('the bundles hold nothing of the local cloud, the command line or the tests', () => {
  for (const name of ['intake', 'provision', 'verify']) {
    const code = readFileSync(`dist/${name}/index.js`, 'utf8');
    for (const foreign of ['startLocalCloud', 'RamState', 'commander', 'vitest', 'picocolors'])
      expect(code.includes(foreign), `${foreign} in ${name}`).toBe(false);
  }
});
