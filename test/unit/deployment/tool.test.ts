import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Site } from '../../../cli/site.ts';
import { openTool } from '../../../scripts/deployment/tool.ts';
import { Credentials } from '../../../shared/alicloud/credentials.ts';
import { millis, systemClock } from '../../../shared/runtime/clock.ts';

/** The home of whoever deploys, with a program `s` that is a shell script. */
let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'dms-handshake-tool-'));
});
afterEach(() => rmSync(home, { recursive: true }));

const program = (shell: string) => {
  writeFileSync(join(home, 's'), `#!/bin/sh\n${shell}\n`);
  chmodSync(join(home, 's'), 0o755);
};
const environment = (more: Readonly<Record<string, string>> = {}) => ({
  PATH: `${home}:/usr/bin:/bin`,
  serverless_devs_config_home: home,
  ...more,
});
const site = (securityToken: string | undefined, endpoint: string | null): Site => {
  const keys = { accessKeyId: 'LTAI5tNobody', accessKeySecret: 'secret-of-nobody', securityToken };
  return {
    clock: systemClock,
    region: 'cn-hangzhou',
    accountId: '2',
    ownerUid: '2',
    credentials: new Credentials(keys, millis(Number.MAX_SAFE_INTEGER)),
    endpoint,
    local: null,
  };
};

/** Runs it, and keeps what it shows. */
async function shown(tool: ReturnType<typeof openTool>, ...words: string[]) {
  const written = { stdout: '', stderr: '' };
  const spies = (['stdout', 'stderr'] as const).map((name) =>
    vi.spyOn(process[name], 'write').mockImplementation((text) => {
      written[name] += String(text);
      return true;
    }),
  );
  const ended = await tool.run(words);
  for (const spy of spies) spy.mockRestore();
  tool.close();
  return { ...ended, ...written };
}

/** What the tool has for its environment. */
async function variables(given: Readonly<Record<string, string>>, at: Site | null) {
  program(
    'exec node -e "console.log(JSON.stringify({ ...process.env, words: process.argv.slice(1) }))" -- "$@"',
  );
  const PATH = `${home}:${process.env['PATH']}`;
  const tool = openTool(environment({ ...given, PATH }), at, []);
  const { said, code } = await shown(tool, 'deploy');
  expect(code).toBe(0);
  const { _: _self, PWD: _folder, SHLVL: _depth, PATH: _path, OLDPWD: _last, ...found } = JSON.parse(said);
  return { ...found, home: tool.folder };
}

const OF_DEPLOYMENT = {
  ...{ OWNER_UID: '2', REGION: 'cn-hangzhou', PROBE: 'assume', PATIENCE_SECONDS: '60', HEAL: 'false' },
  ...{ SIGN_IN_HOST: 'signin.aliyun.com', LOG_PROJECT: '', LOG_STORE: 'dms-handshake', NOTIFY: 'false' },
  ...{ NOTIFY_KINDS: 'off', DINGTALK_URL: 'off', DINGTALK_SECRET: 'off', FEISHU_URL: 'off' },
  ...{ FEISHU_SECRET: 'off', SLACK_URL: 'off', MAIL_URL: 'off', MAIL_FROM: 'off', MAIL_TO: 'off' },
};
const KEYS_OF_OTHERS = Object.fromEntries(
  [
    ...['AccountID', 'AccessKeyID', 'AccessKeySecret', 'SecurityToken', 'FC_REGION', 'x_serverless_devs_key'],
    ...['FC_CLIENT_CUSTOM_ENDPOINT', 'FC_CODE_TEMP_OSS_ENDPOINT'],
    ...['ALIBABA_CLOUD_ACCESS_KEY_ID', 'ALIBABACLOUD_ACCESS_KEY_SECRET'],
  ].map((name) => [name, 'of another']),
);
/** Begin or end like them, and are no keys. */
const OTHERS = { MY_AccountID: 'a', AccountIDS: 'b', x_serverless_devs_keys: 'c', MY_ALIBABA_CLOUD_X: 'd' };

describe('the tool', () => {
  it.each<[string, Site | null]>([
    ['with keys', site(undefined, null)],
    ['with keys of a session', site('token-of-nobody', null)],
    ['with keys of the local cloud', site('', 'http://127.0.0.1:1')],
    ['without keys', null],
  ])('is started %s with what was checked, and with no keys of others', async (_what, at) => {
    const found = await variables({ OWNER_UID: '2', ...KEYS_OF_OTHERS, ...OTHERS }, at);
    const { securityToken } = at?.credentials.reveal() ?? {};
    const alias = {
      AccountID: '2',
      AccessKeyID: 'LTAI5tNobody',
      AccessKeySecret: '[hidden]',
      ...(securityToken ? { SecurityToken: '[hidden]' } : {}),
    };
    const keys = {
      dms_handshake_serverless_devs_key: JSON.stringify(alias).replace('LTAI5tNobody', '[hidden]'),
    };
    const endpoint = at?.endpoint ?? null;
    expect(found).toEqual({
      ...OF_DEPLOYMENT,
      ...OTHERS,
      HOME: found.home,
      serverless_devs_config_home: found.home,
      home: found.home,
      core_load_serverless_devs_component: 'fc3-domain@0.0.29',
      NO_COLOR: '1',
      FORCE_COLOR: '0',
      ...(at === null ? {} : keys),
      ...(endpoint === null
        ? {}
        : { FC_CLIENT_CUSTOM_ENDPOINT: endpoint, FC_CODE_TEMP_OSS_ENDPOINT: endpoint }),
      words: at === null ? ['deploy'] : ['deploy', '-a', 'dms_handshake_serverless_devs_key'],
    });
  });

  it.each([
    ['on a terminal', {}, { FORCE_COLOR: '1' }],
    ['on a terminal that is to have none', { NO_COLOR: '' }, { FORCE_COLOR: '0', NO_COLOR: '1' }],
  ])('colours what it prints as %s does', async (_where, given, colours) => {
    const before = Object.getOwnPropertyDescriptor(process.stdout, 'isTTY') ?? { value: undefined };
    Object.defineProperty(process.stdout, 'isTTY', { value: true, configurable: true });
    const found = await variables(given, null);
    Object.defineProperty(process.stdout, 'isTTY', { ...before, configurable: true });
    expect({ FORCE_COLOR: found.FORCE_COLOR, NO_COLOR: found.NO_COLOR }).toEqual({
      NO_COLOR: undefined,
      ...colours,
    });
  });

  it('has a home of its own, where it tells nobody and looks for no newer version', async () => {
    const component = join(home, '.s', 'components', 'devsapp.cn', 'v3', 'fc3@0.1.22');
    const tool = openTool(environment(), null, []);
    expect(tool.has('fc3@0.1.22')).toBe(false);
    mkdirSync(component, { recursive: true });
    expect(tool.has('fc3@0.1.22')).toBe(false);
    writeFileSync(join(component, '.s.lock'), '{}');
    expect([tool.has('fc3@0.1.22'), tool.has('fc3@0.1.21')]).toEqual([true, false]);
    const read = (file: string) => readFileSync(join(tool.folder, '.s', file), 'utf8');
    expect(read('set-config.yml')).toBe('analysis: disable\nlog: disable\n');
    expect(read('config/update-notifier.json')).toBe('{"lastUpdateCheck":9999999999999}');
    expect(read('components/devsapp.cn/v3/fc3@0.1.22/.s.lock')).toBe('{}');
    tool.close();
    expect([existsSync(tool.folder), existsSync(component)]).toEqual([false, true]);
  });

  it('shows what it writes where it writes it, without secrets and keys', async () => {
    program('echo "out plant-token-1 secret-of-nobody"; echo "err LTAI5tNobody" >&2; exit 7');
    const { said, ...ended } = await shown(
      openTool(environment(), site('', null), ['plant-token-1']),
      'deploy',
    );
    expect(ended).toEqual({ code: 7, stdout: 'out [hidden] [hidden]\n', stderr: 'err [hidden]\n' });
    expect(said.split('\n').sort()).toEqual(['', 'err [hidden]', 'out [hidden] [hidden]']);
  });

  it('is ended when somebody asks to stop, which is no success', async () => {
    program('echo waiting; exec sleep 60');
    const tool = openTool(environment(), null, []);
    tool.stop();
    const write = vi.spyOn(process.stdout, 'write').mockImplementation(() => {
      tool.stop();
      return true;
    });
    const ended = await tool.run([]);
    write.mockRestore();
    tool.close();
    expect(ended).toEqual({ code: 1, said: 'waiting\n' });
  });

  it('that is not there is told of, with what to do', async () => {
    const stderr = 'Serverless Devs (s) cannot be started (ENOENT): run npm ci, then npm run deploy\n';
    expect(await shown(openTool(environment({ PATH: home }), null, []), 'deploy')).toEqual({
      code: 1,
      said: stderr,
      stdout: '',
      stderr,
    });
  });
});
