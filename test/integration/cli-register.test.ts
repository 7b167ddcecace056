import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { parseInstance } from '../../cli/register/instance-file.ts';
import { parametersOf, sentences } from '../../cli/register/register.ts';
import { CATALOGUE, isPolicyEngine } from '../../shared/catalogue/catalogue.ts';
import type { EngineId } from '../../shared/catalogue/engine.ts';
import { policyName } from '../../shared/catalogue/names.ts';
import { permissionDocument } from '../../shared/catalogue/permission.ts';
import { OWNER, REQUESTER } from '../kit/accounts.ts';
import { BINARY, type RunOptions, runProgram, stateFile } from '../kit/cli.ts';
import { callCli } from '../kit/cli-in-process.ts';
import { type TestCloud, testCloud } from '../kit/test-cloud.ts';

const ARN = `acs:ram::${OWNER}:role/dms-cross-account-${REQUESTER}`;
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
    const dry = await register(file, ['--json', '--dry-run']);
    for (const { code, stdout } of [again, dry]) {
      expect(code).toBe(0);
      expect(JSON.parse(stdout)).toEqual({
        instanceId: find(file)?.id,
        host: 'r-bp1.redis.rds.aliyuncs.com',
        port: 11_001,
        status: 'present',
        synchronised: false,
        dbaId: null,
      });
    }
    expect(registered().length).toBe(before);
  });

  it('reads the dictionary anew the second time, and not with --dry-run', async () => {
    const file = await instanceFile('redis', 11_003, { EnableSellCommon: 'Y', SafeRule: 'default' });
    await register(file);
    const found = find(file);
    if (found === undefined) throw new Error('it was not registered');
    found.syncedAt = null;
    const dry = await register(file, ['--json', '--dry-run']);
    expect(JSON.parse(dry.stdout)).toMatchObject({ status: 'present', synchronised: false });
    expect(found.syncedAt).toBeNull();
    const again = await register(file, ['--json']);
    expect(JSON.parse(again.stdout)).toMatchObject({ status: 'present', synchronised: true });
    expect(found.syncedAt).not.toBeNull();
  });

  it('knows an instance by its SID, too', async () => {
    const one = await instanceFile('redis', 11_004, { Sid: 'one' });
    await register(one);
    expect(JSON.parse((await register(one, ['--json'])).stdout)).toMatchObject({ status: 'present' });
    const two = await instanceFile('redis', 11_004, { Sid: 'two' });
    expect(JSON.parse((await register(two, ['--json'])).stdout)).toMatchObject({ status: 'registered' });
  });

  it('goes on where the same was registered meanwhile, by the lost try before or by somebody', async () => {
    const file = await instanceFile('redis', 11_005);
    await register(file);
    const before = registered().length;
    const unseen = vi.spyOn(cloud.requester.dms, 'find').mockReturnValueOnce(undefined);
    const again = await register(file, ['--json']);
    unseen.mockRestore();
    expect(again).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse(again.stdout)).toMatchObject({ status: 'registered', instanceId: find(file)?.id });
    expect(registered().length).toBe(before);
  });

  it('says so where DMS took it and does not show it', async () => {
    const file = await instanceFile('redis', 11_006);
    const lost = vi.spyOn(cloud.requester.dms, 'put').mockReturnValueOnce(undefined);
    const ended = await register(file);
    lost.mockRestore();
    expect(ended).toEqual({
      code: 1,
      stdout: '',
      stderr:
        'dms-handshake: DMS took the instance and does not show it yet; run the same command again to go on\n',
    });
  });

  it('says on a terminal what it waits for, and takes the line away, also where it is refused', async () => {
    const isTTY = Object.getOwnPropertyDescriptor(process.stderr, 'isTTY');
    Object.defineProperty(process.stderr, 'isTTY', { value: true, configurable: true });
    const taken = await register(await instanceFile('redis', 11_007), [], { env: { NO_COLOR: '1' } });
    const refused = await register(await instanceFile('redis', 11_008, { DbaId: 1 }), [], {
      env: { NO_COLOR: '1' },
    });
    if (isTTY === undefined) Reflect.deleteProperty(process.stderr, 'isTTY');
    else Object.defineProperty(process.stderr, 'isTTY', isTTY);
    expect([taken.code, refused.code]).toEqual([0, 1]);
    for (const { stderr } of [taken, refused]) {
      const line = 'DMS is entering the account and testing the instance';
      expect(stderr).toContain(`⠋ ${line}`);
      expect(stderr.slice(stderr.lastIndexOf(line) + line.length).startsWith('\r\u001b[2K')).toBe(true);
    }
  });

  it('does nothing with --dry-run, and asks for no password', async () => {
    const before = registered().length;
    const ended = await register(await instanceFile('redis', 11_002), ['--dry-run'], {
      env: { DMS_DATABASE_PASSWORD: '' },
    });
    expect(ended).toEqual({
      code: 0,
      stdout: `r-bp1.redis.rds.aliyuncs.com:11002 would be registered with ${ARN} and user 270001 of DMS as its DBA; nothing was done\n`,
      stderr: '',
    });
    expect(registered().length).toBe(before);
  });
});

describe('what is wrong with how it is called', () => {
  it('a file that is not there is named, with what belongs there', async () => {
    expect(await register('nowhere.yaml')).toEqual({
      code: 2,
      stdout: '',
      stderr:
        'dms-handshake: nowhere.yaml cannot be read (ENOENT); name a file that describes the instance, YAML or JSON\n',
    });
  });

  it.each<[what: string, args: readonly string[], owner: string]>([
    ['the ARN', ['--arn', 'acs:ram::2000000000000003:role/x'], '2000000000000003'],
    ['--owner', ['--owner', '2000000000000004'], '2000000000000004'],
    [
      '--owner before the ARN',
      ['--owner', '2000000000000004', '--arn', 'acs:ram::2000000000000003:role/x'],
      '2000000000000004',
    ],
  ])('an owner that this is not: by %s', async (_which, args, owner) => {
    expect(await register(await instanceFile('redis', 14_000), args)).toEqual({
      code: 1,
      stdout: '',
      stderr: `dms-handshake: the owner of the running local cloud is ${OWNER}, not ${owner}\n`,
    });
  });

  it('the help says what it needs', async () => {
    const ended = await callCli(['register', '--help']);
    expect(ended.stdout).toBe(HELP);
  });
});

const HELP = `Usage: dms-handshake register [options]

as account A: register account B's instance in DMS with the role, and read its
dictionary

Options:
  --arn <arn>             the role's ARN, as the reply gave it
  --instance <file>       the instance, YAML or JSON, by the names of
                          AddInstance
  --password-fd <number>  read the password from this file descriptor
  --dry-run               check the file and whether the instance is there;
                          register nothing
  --local                 use the local cloud that runs on this machine;
                          --local=NAME says which
  --region <id>           region of the installation (default: REGION, or
                          cn-hangzhou)
  --owner <uid>           UID of account B, the owner (default: OWNER_UID)
  --profile <name>        profile of the vendor's command line (~/.aliyun) whose
                          keys are used, and no others (default:
                          ALIBABA_CLOUD_PROFILE)
  --json                  what was done as JSON
  --debug                 stack traces with errors
  -h, --help              display help for command

The password of the database comes from DMS_DATABASE_PASSWORD, from --password-fd, or is asked for. The DBA is DbaId of
the file, the id of a user of DMS, or else the first whom DMS lists as one. Registering the same host and port again
changes nothing.

An instance file:
  Host: r-bp1zxszhcgatnx.redis.rds.aliyuncs.com
  Port: 6379
  InstanceType: redis
  InstanceAlias: orders-cache
  EnvType: product
  DatabaseUser: dms_reader

Examples:
  $ npx dms-handshake register --arn acs:ram::2000000000000002:role/dms-cross-account-1000000000000001 --instance orders.yaml
  $ npx dms-handshake register --arn "$ARN" --instance orders.yaml --password-fd 3 3< <(pass show orders)
`;

describe('what DMS is given of a file', () => {
  const GOOD = 'Host: h\nPort: 1\nInstanceType: redis\nInstanceAlias: a\nEnvType: dev\nDatabaseUser: u\n';
  const given = (more: string) => parametersOf(parseInstance(Buffer.from(GOOD + more), 'f'), 'cn-hangzhou');

  it('is all of it as texts, and nothing that it does not name', () => {
    expect(given('')).toEqual({
      Host: 'h',
      Port: '1',
      InstanceType: 'redis',
      InstanceAlias: 'a',
      InstanceSource: 'RDS',
      NetworkType: 'VPC',
      EnvType: 'dev',
      DatabaseUser: 'u',
      QueryTimeout: '60',
      ExportTimeout: '600',
      EnableSellTrust: 'Y',
      EcsRegion: 'cn-hangzhou',
    });
    expect(given('UseSsl: true\nSkipTest: false\nTid: 3001\n')).toMatchObject({
      UseSsl: '1',
      SkipTest: 'false',
      Tid: '3001',
    });
  });

  it.each([
    ['RDS', 'cn-hangzhou'],
    ['ECS_OWN', 'cn-hangzhou'],
    ['GATEWAY', 'cn-hangzhou'],
    ['VPC_IDC', 'cn-hangzhou'],
    ['PUBLIC_OWN', undefined],
  ])('names the region of the command where the source is in one: %s', (source, region) => {
    expect(given(`InstanceSource: ${source}\n`)['EcsRegion']).toBe(region);
    expect('EcsRegion' in given(`InstanceSource: ${source}\n`)).toBe(region !== undefined);
    expect(given(`InstanceSource: ${source}\nEcsRegion: cn-beijing\n`)['EcsRegion']).toBe('cn-beijing');
  });
});

describe('what was done, in words', () => {
  const report = { instanceId: '188', host: 'h', port: 6379, dbaId: '27', synchronised: false } as const;
  const LATER =
    'its dictionary is read when somebody opens it (DMS synchronises only instances under Security Collaboration)';
  const LEFT_TO_DO =
    'Left to do in DMS (https://dms.aliyun.com): whoever is to query, change or export data applies there for the rights on this instance; its DBA or an administrator grants them.';

  it.each([
    [
      { ...report, status: 'registered' },
      `h:6379 is registered, as instance 188, with user 27 of DMS as its DBA; ${LATER}.\n${LEFT_TO_DO}`,
    ],
    [
      { ...report, status: 'registered', synchronised: true },
      `h:6379 is registered, as instance 188, with user 27 of DMS as its DBA; its dictionary is being read.\n${LEFT_TO_DO}`,
    ],
    [
      { ...report, status: 'present', dbaId: null },
      `h:6379 is registered already, as instance 188; ${LATER}. Which role it has DMS does not tell.`,
    ],
    [
      { ...report, status: 'present', dbaId: null, synchronised: true },
      'h:6379 is registered already, as instance 188; its dictionary is being read. Which role it has DMS does not tell.',
    ],
    [
      { ...report, status: 'dry-run', instanceId: null },
      'h:6379 would be registered with the ARN and user 27 of DMS as its DBA; nothing was done',
    ],
  ] as const)('of %j', (done, words) => {
    expect(sentences(done, 'the ARN')).toBe(words);
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
    expect(ended).toEqual({
      code: 1,
      stdout: '',
      stderr: `dms-handshake: DMS refused to register the instance: the role may not do ${action}; have account B verify the role, or ask for the engine again\n`,
    });
    expect(find(file)).toBeUndefined();
  });

  it('tells with --debug what DMS answered', async () => {
    const { stderr } = await register(await instanceFile('selectdb', 12_900), ['--debug']);
    expect(stderr).toMatch(/^CliError: DMS refused .*^CloudError: DMS AddInstance: NoPermission/ms);
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
    expect(refused).toMatchObject({ code: 1, stdout: '' });
    expect(refused.stderr).toMatch(
      /^dms-handshake: DMS AddInstance: InvalidParameter\.DbaId \(HTTP 400\), request id \S+\n$/,
    );
    expect(find(named)).toBeUndefined();
    const planned = await register(named, ['--dry-run', '--json']);
    expect(JSON.parse(planned.stdout)).toEqual({
      instanceId: null,
      host: 'r-bp1.redis.rds.aliyuncs.com',
      port: 20_002,
      status: 'dry-run',
      synchronised: false,
      dbaId: '270009',
    });
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
      expect(stderr).toBe(
        `dms-handshake: every instance has a DBA, and nobody of this account is a DBA or an administrator in DMS: give somebody that role at https://dms.aliyun.com (O&M, Users), or set DbaId in ${file} to the id of a user of DMS\n`,
      );
    }
    expect(find(file)).toBeUndefined();
  });
});
