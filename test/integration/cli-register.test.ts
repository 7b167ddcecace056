import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CATALOGUE, isPolicyEngine } from '../../shared/catalogue/catalogue.ts';
import type { EngineId } from '../../shared/catalogue/engine.ts';
import { policyName } from '../../shared/catalogue/names.ts';
import { permissionDocument } from '../../shared/catalogue/permission.ts';
import { REQUESTER } from '../kit/accounts.ts';
import { BINARY, type RunOptions, runProgram, stateFile } from '../kit/cli.ts';
import { callCli } from '../kit/cli-in-process.ts';
import { type TestCloud, testCloud } from '../kit/test-cloud.ts';

const ARN = `acs:ram::2000000000000002:role/dms-cross-account-${REQUESTER}`;
const PASSWORD = 'Str0ng-password!';

/** What DMS calls each engine, and a host of the kind that it hands out. */
const TYPES: Readonly<Record<EngineId, readonly [type: string, host: string]>> = {
  clickhouse: ['clickhouse', 'cc-bp1.clickhouse.ads.aliyuncs.com'],
  gdb: ['gdb', 'gds-bp1.graphdb.rds.aliyuncs.com'],
  hologres: ['hologres', 'hgpost-cn-1.hologres.aliyuncs.com'],
  lindorm: ['lindorm_cql', 'ld-bp1.lindorm.rds.aliyuncs.com'],
  oceanbase: ['oceanbasex', 't1.oceanbase.aliyuncs.com'],
  polardbx1: ['drds', 'drds1.drds.aliyuncs.com'],
  polardbx2: ['drds', 'pxc-1.polarx.rds.aliyuncs.com'],
  redis: ['redis', 'r-bp1.redis.rds.aliyuncs.com'],
  selectdb: ['selectdb', 'selectdb-cn-1.selectdbfe.rds.aliyuncs.com'],
  rds: ['mysql', 'rm-bp1.mysql.rds.aliyuncs.com'],
  'polardb-mysql': ['polardb', 'pc-bp1.mysql.polardb.rds.aliyuncs.com'],
  'polardb-postgresql': ['polardb-pg', 'pc-bp2.pg.polardb.rds.aliyuncs.com'],
  'polardb-oracle': ['polardb-o', 'pc-bp3.o.polardb.rds.aliyuncs.com'],
};
const ENGINES = Object.keys(TYPES) as EngineId[];

let cloud: TestCloud;
let state: Awaited<ReturnType<typeof stateFile>>;
let folder: string;

beforeAll(async () => {
  cloud = await testCloud({ environment: { PATIENCE_SECONDS: '0' } });
  state = await stateFile(cloud.ready);
  folder = await mkdtemp(join(tmpdir(), 'dms-handshake-register-'));
  const reply = await cloud.ask({ requesterUid: REQUESTER, engines: ENGINES });
  expect(reply.data.status).toBe('verified');
});

afterAll(async () => {
  await cloud.close();
  await state.remove();
  await rm(folder, { recursive: true });
});

async function instanceFile(engine: EngineId, port: number, more: object = {}): Promise<string> {
  const [InstanceType, Host] = TYPES[engine];
  const file = join(folder, `${engine}-${port}.json`);
  const instance = {
    Host,
    Port: port,
    InstanceType,
    InstanceAlias: engine,
    EnvType: 'dev',
    DatabaseUser: 'u',
    ...more,
  };
  await writeFile(file, JSON.stringify(instance));
  return file;
}

const register = (file: string, args: readonly string[] = [], options: RunOptions = {}) =>
  callCli(['register', '--local', '--arn', ARN, '--instance', file, ...args], {
    ...options,
    env: { DMS_HANDSHAKE_LOCAL: state.file, DMS_DATABASE_PASSWORD: PASSWORD, ...options.env },
  });

const registered = () => cloud.requester.dms.instances;
const find = (file: string) =>
  registered().find(({ host, port }) => file.endsWith(`-${port}.json`) && host !== '');

describe('registering with a granted role', () => {
  it.each(ENGINES)('%s', async (engine) => {
    const file = await instanceFile(engine, 10_000 + ENGINES.indexOf(engine));
    const ended = await register(file, ['--json']);
    expect(ended).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse(ended.stdout)).toMatchObject({
      host: TYPES[engine][1],
      status: 'registered',
      synchronised: false,
    });
    expect(find(file)).toMatchObject({
      roleArn: ARN,
      alias: engine,
      ecsRegion: 'cn-hangzhou',
      networkType: 'VPC',
    });
  });

  it('reads the dictionary of an instance under Security Collaboration', async () => {
    const file = await instanceFile('redis', 11_000, { EnableSellCommon: 'Y', SafeRule: 'default' });
    expect((await register(file)).stdout).toContain('its dictionary is being read');
    expect(find(file)?.syncedAt).not.toBeNull();
  });

  it('changes nothing the second time', async () => {
    const file = await instanceFile('redis', 11_001);
    await register(file);
    const before = registered().length;
    const again = await register(file, ['--json']);
    expect(again.code).toBe(0);
    expect(JSON.parse(again.stdout)).toMatchObject({ status: 'present', instanceId: find(file)?.id });
    expect(registered().length).toBe(before);
  });

  it('does nothing with --dry-run, and asks for no password', async () => {
    const before = registered().length;
    const ended = await register(await instanceFile('redis', 11_002), ['--dry-run'], {
      env: { DMS_DATABASE_PASSWORD: '' },
    });
    expect(ended).toMatchObject({ code: 0, stdout: expect.stringContaining('nothing was done') });
    expect(registered().length).toBe(before);
  });
});

describe('registering with one action missing', () => {
  const ids = ENGINES.filter(isPolicyEngine);
  it.each(ids)('fails and names it: %s', async (engine) => {
    const action = CATALOGUE[engine].actions.at(-1) ?? '';
    const whole = permissionDocument(ids);
    const Statement = whole?.Statement.map((one) => ({
      ...one,
      Action: [one.Action].flat().filter((name) => name !== action),
    })).filter((one) => one.Action.length > 0);
    await cloud.byHand('CreatePolicyVersion', {
      PolicyName: policyName(ids),
      PolicyDocument: JSON.stringify({ Statement, Version: '1' }),
      SetAsDefault: 'true',
      RotateStrategy: 'DeleteOldestNonDefaultVersionWhenLimitExceeded',
    });
    const file = await instanceFile(engine, 12_000 + ids.indexOf(engine));
    const ended = await register(file);
    expect(ended).toMatchObject({ code: 1, stdout: '' });
    expect(ended.stderr).toContain(`the role may not do ${action};`);
    expect(find(file)).toBeUndefined();
  });
});

describe('the password of the database', () => {
  const shell = (script: string, file: string, env: Readonly<Record<string, string>> = {}) =>
    runProgram(
      'bash',
      [
        '-c',
        `${script.replace('REGISTER', `'${process.execPath}' '${BINARY}' register --local --arn ${ARN} --instance ${file}`)}`,
      ],
      {
        env: { DMS_HANDSHAKE_LOCAL: state.file, ...env },
      },
    );

  beforeAll(() => cloud.ask({ requesterUid: REQUESTER, engines: ['redis'] }));

  it('may come from a file descriptor', async () => {
    const file = await instanceFile('redis', 13_000);
    expect(await shell("REGISTER --password-fd 3 3<<< 'from a descriptor'", file)).toMatchObject({ code: 0 });
    expect(find(file)).toBeDefined();
  });

  it('that is nowhere is asked for on a terminal, and on standard error', async () => {
    const file = await instanceFile('redis', 13_001);
    const command = `'${process.execPath}' '${BINARY}' register --local --arn ${ARN} --instance ${file} > ${folder}/out`;
    const ended = await runProgram('script', ['-qec', command, '/dev/null'], {
      env: { DMS_HANDSHAKE_LOCAL: state.file, TERM: 'xterm' },
      input: 'typed in\n',
    });
    expect(ended.stdout).toContain('Password of u at r-bp1.redis.rds.aliyuncs.com');
    expect(find(file)).toBeDefined();
  });

  it('that is nowhere, without a terminal, is wrong usage', async () => {
    const ended = await shell('REGISTER', await instanceFile('redis', 13_002));
    expect(ended).toMatchObject({ code: 2, stdout: '' });
    expect(ended.stderr).toMatch(
      /no password: set DMS_DATABASE_PASSWORD, or name a file descriptor with --password-fd/,
    );
  });

  it('in a descriptor that is not open, or empty, is wrong usage', async () => {
    const file = await instanceFile('redis', 13_003);
    expect(await shell('REGISTER --password-fd 9', file)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('file descriptor 9 cannot be read'),
    });
    expect(await shell('REGISTER --password-fd 3 3< /dev/null', file)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('holds no password'),
    });
  });

  it('is in no output, no URL and no journal', async () => {
    const file = await instanceFile('redis', 13_004);
    const { stdout, stderr } = await register(file, ['--debug'], { env: { DEBUG: '*' } });
    expect(stdout + stderr).not.toContain(PASSWORD);
    expect(JSON.stringify(cloud.world.journal.calls)).not.toContain(PASSWORD);
  });
});

describe('the DBA of an instance', () => {
  it('is whom DMS lists as one, and the file may name another', async () => {
    const file = await instanceFile('redis', 20_001);
    const ended = await register(file, ['--json']);
    expect(JSON.parse(ended.stdout)).toMatchObject({ status: 'registered', dbaId: '270001' });
    expect(find(file)?.dbaId).toBe('270001');
    const named = await instanceFile('redis', 20_002, { DbaId: 270_009 });
    const refused = await register(named);
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('InvalidParameter.DbaId') });
  });

  it('has to be somebody: nothing is registered, and the way out is named', async () => {
    const { dms } = cloud.requester;
    const users = dms.users;
    dms.users = users.map((user) => ({ ...user, roles: ['USER'] }));
    const file = await instanceFile('redis', 20_003);
    const ended = await register(file);
    const tried = await register(file, ['--dry-run']);
    dms.users = users;
    for (const { code, stderr } of [ended, tried]) {
      expect(code).toBe(1);
      expect(stderr).toContain('nobody of this account is a DBA or an administrator in DMS');
      expect(stderr).toContain(`set DbaId in ${file}`);
    }
    expect(find(file)).toBeUndefined();
  });
});
