import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readBlueprint } from '../../../local/host/blueprint.ts';
import { NOTIFY_VARIABLES } from '../../../scripts/deployment/notify.ts';
import { completed, templateOf, VARIABLES, variableFaults } from '../../../scripts/deployment/variables.ts';
import { STATE_FORMAT } from '../../../shared/record/format.ts';
import { configVariables } from '../../../shared/runtime/config.ts';
import { OWNER_UID } from '../../kit/deployment-folder.ts';

/** What each variable may be, and what not; of each, what is expected. */
const FORMS: Readonly<Record<string, { good: string[]; bad: string[]; expected: string }>> = {
  OWNER_UID: {
    good: ['1', '2000000000000002'],
    bad: ['12x', '20000000000000021'],
    expected: 'the UID of account B, 1 to 16 digits',
  },
  REGION: {
    good: ['cn-hangzhou', 'eu-central-1'],
    bad: ['Hangzhou', 'cn-narnia'],
    expected: 'the id of a region that the fc3 component knows, such as cn-hangzhou',
  },
  PROBE: {
    good: ['assume', 'structural'],
    bad: ['no', 'xassume', 'structurally'],
    expected: 'assume or structural',
  },
  PATIENCE_SECONDS: {
    good: ['0', '9', '10', '99', '100', '599', '600'],
    bad: ['-1', '601', '00', '6000', '1.5', 'x1', '700'],
    expected: 'whole seconds, 0 to 600',
  },
  HEAL: { good: ['true', 'false'], bad: ['yes', 'untrue', 'falsely'], expected: 'true or false' },
  SIGN_IN_HOST: {
    good: ['signin.alibabacloud.com', 'a.b1-c.cn', `${'a.'.repeat(125)}com`],
    bad: [
      'signin',
      'https://a.cn',
      'a.cn/',
      'a-.cn',
      '-a.cn',
      'a.c',
      'a..cn',
      'a.c1',
      `${'a.'.repeat(126)}cn`,
    ],
    expected: 'the name of a host, such as signin.alibabacloud.com',
  },
  LOG_PROJECT: {
    good: ['ops', 'ops-logs', '1a2', 'a'.repeat(63)],
    bad: ['A', 'ab', '-ab', 'ab-', 'a_b', 'a'.repeat(64)],
    expected: 'the name of a log project, 3 to 63 of a-z, 0-9 and -',
  },
  LOG_STORE: {
    good: ['dms-handshake', 'dms-handshake-b', 'dms-handshake_2', `dms-handshake${'b'.repeat(50)}`],
    bad: [
      'handshake',
      'x-dms-handshake',
      'dms-handshake-',
      'dms-handshakeB',
      `dms-handshake${'b'.repeat(51)}`,
    ],
    expected: 'the name of a logstore that begins with dms-handshake, at most 63 of a-z, 0-9, - and _',
  },
  NOTIFY: { good: ['true', 'false'], bad: ['yes', 'untrue', 'falsely'], expected: 'true or false' },
};
const valuesOf = (kind: 'good' | 'bad') =>
  Object.entries(FORMS).flatMap(([name, form]) =>
    form[kind].map((value) => ({ name, value, expected: form.expected })),
  );

describe('the variables of a deployment', () => {
  it('are these', () => {
    expect(VARIABLES.map(({ name }) => name)).toEqual(Object.keys(FORMS));
  });

  it.each(valuesOf('good'))('$name may be $value', ({ name, value }) => {
    expect(variableFaults({ OWNER_UID, LOG_PROJECT: 'ops', [name]: value })).toEqual([]);
  });

  it.each(valuesOf('bad'))('$name may not be $value', ({ name, value, expected }) => {
    expect(variableFaults({ OWNER_UID, LOG_PROJECT: 'ops', [name]: value })).toEqual([
      `${name} is ${JSON.stringify(value)}: expected ${expected}`,
    ]);
  });

  it.each<[string, Record<string, string>, string]>([
    [
      'no owner',
      {},
      'OWNER_UID is not set: give it the UID of account B, 1 to 16 digits (UID of account B, which the functions run in and write to)',
    ],
    [
      'an empty owner',
      { OWNER_UID: '' },
      'OWNER_UID is not set: give it the UID of account B, 1 to 16 digits (UID of account B, which the functions run in and write to)',
    ],
    [
      'a logstore without its project, which would turn no logs on',
      { OWNER_UID, LOG_STORE: 'dms-handshake-b' },
      'LOG_STORE is "dms-handshake-b", but LOG_PROJECT is not set: set it too, or leave LOG_STORE out',
    ],
  ])('may not have %s', (_what, environment, fault) => {
    expect(variableFaults(environment)).toEqual([fault]);
  });

  it('are all handed to the tool, which would read a file .env for what is not set', () => {
    const environment = { OWNER_UID, HEAL: '', REGION: 'eu-west-1', SLACK_URL: 'x', PATH: '/bin' };
    expect(completed(environment)).toEqual({
      ...{ OWNER_UID, HEAL: 'false', REGION: 'eu-west-1', SLACK_URL: 'x', PATH: '/bin' },
      ...{ PROBE: 'assume', PATIENCE_SECONDS: '60', SIGN_IN_HOST: 'signin.aliyun.com', NOTIFY: 'false' },
      ...{ LOG_PROJECT: '', LOG_STORE: 'dms-handshake', NOTIFY_KINDS: 'off', FEISHU_URL: 'off' },
      ...{ DINGTALK_URL: 'off', DINGTALK_SECRET: 'off', FEISHU_SECRET: 'off' },
      ...{ MAIL_URL: 'off', MAIL_FROM: 'off', MAIL_TO: 'off' },
    });
    expect(completed({})).toMatchObject({ OWNER_UID: '' });
  });

  it.each([
    [{}, 's.yaml'],
    [{ NOTIFY: 'false', LOG_PROJECT: '' }, 's.yaml'],
    [{ LOG_PROJECT: 'ops' }, 's.logs.yaml'],
    [{ NOTIFY: 'true' }, 's.notify.yaml'],
    [{ NOTIFY: 'true', LOG_PROJECT: 'ops' }, 's.notify.logs.yaml'],
  ])('say which file is deployed: %j, %s', (environment, file) => {
    expect(templateOf(environment)).toBe(file);
  });
});

it('docs/operate/operations.md lists the variables of a deployment as they are', () => {
  const page = readFileSync('docs/operate/operations.md', 'utf8');
  for (const { name, meaning, standard } of VARIABLES) {
    const word = standard === null ? 'required' : standard === '' ? 'none' : `\`${standard}\``;
    expect(page).toContain(`| \`${name}\` | ${meaning} | ${word} |`);
  }
});

describe('the files of a deployment', () => {
  it('sets every variable that the code reads', () => {
    const { functions } = readBlueprint(readFileSync('s.yaml', 'utf8'), { OWNER_UID });
    const set = (name: string) =>
      Object.keys(
        functions.find(({ functionName }) => functionName === name)?.environmentVariables ?? {},
      ).sort();
    // Only the local cloud has another endpoint; the form of the tags is for the deployment that comes after.
    const read = [...configVariables().filter((name) => name !== 'CLOUD_ENDPOINT'), 'STATE_FORMAT'].sort();
    expect(set('dms-handshake-provision')).toEqual(read);
    expect(set('dms-handshake-verify')).toEqual(read);
    expect(set('dms-handshake-intake')).toEqual(['OWNER_UID', 'REQUEST_TOPIC']);
  });

  it('says which form of tags it writes', () => {
    const { functions } = readBlueprint(readFileSync('s.yaml', 'utf8'), { OWNER_UID });
    const provision = functions.find(({ functionName }) => functionName === 'dms-handshake-provision');
    expect(provision?.environmentVariables['STATE_FORMAT']).toBe(String(STATE_FORMAT.writes));
    expect(STATE_FORMAT.reads).toContain(STATE_FORMAT.writes);
  });

  it('knows every variable that the files read', () => {
    const read = ['s.yaml', 's.logs.yaml'].flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(/^[^#\n]*env\('(\w+)'/gm)].map(([, name]) => name),
    );
    // NOTIFY is read by no file: it says which one is deployed.
    expect([...new Set(read), 'NOTIFY'].sort()).toEqual(VARIABLES.map(({ name }) => name).sort());
  });

  it('has the same notify with logs and without, and the same logs with notify and without', () => {
    const parsed = (file: string) => parse(readFileSync(file, 'utf8'), { merge: true });
    const [logs, notify, both] = ['s.logs.yaml', 's.notify.yaml', 's.notify.logs.yaml'].map(parsed);
    const own = structuredClone(notify.resources['dms-handshake-notify']);
    own.props.logConfig = both.vars.logs;
    expect(both.resources).toEqual({ ...logs.resources, 'dms-handshake-notify': own });
    expect(both.vars).toEqual(logs.vars);
  });

  it('knows every variable of notify', () => {
    const text = readFileSync('s.notify.yaml', 'utf8');
    const names = [...text.matchAll(/env\('(\w+)', 'off'\)/g)].map(([, name]) => name);
    expect(names).toEqual([...NOTIFY_VARIABLES]);
  });
});
