import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { namesIn } from '../../cli/bootstrap/desired.ts';
import { readBlueprint } from '../../local/host/blueprint.ts';
import { deployer } from '../../shared/installation/deployer.ts';
import { madeIn, NOTHING } from '../conformance/deploy/left.ts';
import { type Ended, type RunOptions, runProgram, stateFile } from '../kit/cli.ts';
import { freshClone } from '../kit/fresh-clone.ts';
import { type TestCloud, testCloud } from '../kit/test-cloud.ts';
import { addUser } from '../kit/two-accounts.ts';

/** A client's secret: no output may hold it. */
const SECRET = 'plant-token-0123456789-abcdef';
const OTHER = '3000000000000003';
const COMPONENT = 'fc3@0.1.22';

/** Bounds what hangs: a run builds, and starts the tool twice. */
vi.setConfig({ testTimeout: 300_000 });

const TRIGGERS = readBlueprint(readFileSync('s.yaml', 'utf8'), { OWNER_UID: OTHER }).functions.flatMap(
  ({ triggers }) => triggers,
).length;

let clone: ReturnType<typeof freshClone>;
let home: string;
/** Where the script has its temporary files. */
let temporary: string;
let cloud: TestCloud;
let state: Awaited<ReturnType<typeof stateFile>>;

beforeAll(async () => {
  clone = freshClone();
  await build({
    entryPoints: ['test/kit/stand-in-tool.ts'],
    outfile: join(clone.folder, 'bin', 's.mjs'),
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
  });
  writeFileSync(
    join(clone.folder, 'bin', 's'),
    `#!/bin/sh\nexec '${process.execPath}' '${clone.folder}/bin/s.mjs' "$@"\n`,
  );
  chmodSync(join(clone.folder, 'bin', 's'), 0o755);
  const uid = '1000000000000001';
  writeFileSync(
    join(clone.folder, 'requesters.json'),
    JSON.stringify({
      requesters: [
        { uid, name: 'dba', engines: '*', access: ['register'], topics: ['dms-handshake-requests'] },
      ],
      clients: [{ name: 'jira', requesters: [uid], auth: { type: 'bearer', secretEnv: 'JIRA_TOKEN' } }],
    }),
  );
  const yaml = join(clone.folder, 's.yaml');
  writeFileSync(yaml, readFileSync(yaml, 'utf8').replace('# JIRA_TOKEN:', 'JIRA_TOKEN:'));
  home = mkdtempSync(join(tmpdir(), 'dms-handshake-home-'));
  temporary = join(home, 'temporary');
  mkdirSync(temporary);
  const component = join(home, '.s', 'components', 'devsapp.cn', 'v3', COMPONENT);
  mkdirSync(component, { recursive: true });
  writeFileSync(join(component, '.s.lock'), '{}');
});
afterAll(() => {
  clone.remove();
  rmSync(home, { recursive: true });
});

beforeEach(async () => {
  cloud = await testCloud({ empty: true, timers: 'scheduled' });
  state = await stateFile(cloud.ready);
  return async () => {
    await cloud.close();
    await state.remove();
  };
});

type Run = Pick<RunOptions, 'env' | 'onStart'>;

async function script(words: readonly string[], { env = {}, onStart }: Run = {}): Promise<Ended> {
  const ended = await runProgram(process.execPath, ['scripts/run.mjs', ...words], {
    cwd: clone.folder,
    env: {
      PATH: `${join(clone.folder, 'bin')}:${process.env['PATH']}`,
      HOME: home,
      TMPDIR: temporary,
      DMS_HANDSHAKE_LOCAL: state.file,
      JIRA_TOKEN: SECRET,
      ...env,
    },
    ...(onStart ? { onStart } : {}),
  });
  for (const text of [ended.stdout, ended.stderr]) {
    expect(text).not.toContain(SECRET);
    expect(text).not.toContain(cloud.ready.owner.accessKeySecret);
  }
  return ended;
}
const deploy = (run?: Run, ...words: string[]) => script(['deploy', '--local', ...words], run);
const operations = () => cloud.calls('fc').map(({ operation }) => operation);
const made = () => madeIn(cloud);

describe('npm run deploy -- --local', () => {
  it('deploys the functions, then their triggers, and reads back; unchanged, it uploads nothing', async () => {
    const { code, stdout, stderr } = await deploy();
    expect(stderr).toContain(
      `deployed and read back: 3 functions with code, configuration and limits, ${TRIGGERS} triggers\n`,
    );
    expect(code).toBe(0);
    expect(stdout.match(/^s .*$/gm)).toEqual([
      's deploy -t <home>/functions.yaml -y -a dms_handshake_serverless_devs_key',
      's deploy -t s.yaml --trigger -y -a dms_handshake_serverless_devs_key',
    ]);
    expect(stderr).toContain(
      'note: there is no terminal; nothing is asked, every question is answered with -y\n',
    );
    expect(stdout).toContain('"JIRA_TOKEN":"[hidden]"');
    const writes = operations().filter((one) => /^(Create|Put)/.test(one));
    expect(writes.indexOf('CreateTrigger')).toBe(writes.length - TRIGGERS);
    const first = made();
    cloud.forget();
    expect((await deploy()).code).toBe(0);
    expect(cloud.calls().map(({ operation }) => operation)).not.toContain('PutObject');
    expect(made()).toEqual(first);
    expect(readdirSync(temporary)).toEqual([]);
  });

  it.each<[string, string[], Record<string, string>, string]>([
    ['a misspelt option', ['--preveiw'], {}, '--preveiw: there is no such option; the nearest is --preview'],
    ['--debug', ['--debug'], {}, 'secrets included; leave it out'],
    [
      'another account',
      [],
      { OWNER_UID: OTHER },
      `the owner of the running local cloud is 2000000000000002, not ${OTHER}`,
    ],
    ['no local cloud', [], { DMS_HANDSHAKE_LOCAL: '/nonexistent' }, 'no local cloud is running'],
  ])('refuses %s before anything is sent', async (_what, words, env, sentence) => {
    const { code, stdout, stderr } = await deploy({ env }, ...words);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(`not deployed: ${sentence.startsWith('--') ? sentence : ''}`);
    expect(stderr).toContain(sentence);
    expect(operations()).toEqual([]);
  });

  it('refuses an alias of another account before anything is sent', async () => {
    const keys = { AccountID: OTHER, AccessKeyID: 'LTAI5tNobody', AccessKeySecret: 'none' };
    const env = { OWNER_UID: '2000000000000002', ci_serverless_devs_key: JSON.stringify(keys) };
    const { code, stdout, stderr } = await script(['deploy', '-a', 'ci_serverless_devs_key'], { env });
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(
      `not deployed: the alias ci_serverless_devs_key is of account ${OTHER}, and OWNER_UID is 2000000000000002`,
    );
  });

  it.each([
    ['fc:PutFunctionAsyncInvokeConfig', 'dms-handshake-verify: there is no asyncInvokeConfig'],
    ['fc:GetTempBucketToken', 'dms-handshake-verify is not there'],
  ])('without the right %s, no function hears anything, and the sentence says so', async (right, missing) => {
    const { permission } = deployer(namesIn('cn-hangzhou', cloud.ready.owner.uid, []));
    const statements = permission.Statement.map((one) => ({
      ...one,
      Action: [one.Action].flat().filter((action) => action !== right),
    }));
    const { keys } = addUser(
      cloud.owner,
      'deployer',
      ...statements.filter(({ Action }) => Action.length > 0),
    );
    const file = await stateFile({ ...cloud.ready, owner: { ...cloud.ready.owner, ...keys } });
    const { code, stderr } = await deploy({ env: { DMS_HANDSHAKE_LOCAL: file.file } });
    await file.remove();
    expect(code).toBe(1);
    expect(stderr).toContain('not deployed whole: the tool ended with exit status 101 in step 1 of 2');
    expect(stderr).toContain(missing);
    expect(stderr).toContain(
      'no trigger was made or changed; a right is missing: deploy/rights/dms-handshake-deployer.json',
    );
    expect(operations()).not.toContain('CreateTrigger');
  });

  it.each([
    ['stopped half-way', 'exit CreateTrigger', 101, 'the functions are whole'],
    [
      'skipping and saying that all is done',
      'skip PutConcurrencyConfig',
      0,
      'no trigger was made or changed',
    ],
  ])('%s, it names what is missing; run again, it is whole', async (_what, STAND_IN, status, words) => {
    const { code, stderr } = await deploy({ env: { STAND_IN } });
    expect(code).toBe(1);
    expect(stderr).toContain(`not deployed whole: the tool ended with exit status ${status} in step`);
    expect(stderr).toContain(words);
    expect(stderr).toMatch(/the trigger sweep is not there|reservedConcurrency is not set/);
    expect((await deploy()).code).toBe(0);
  });

  it('interrupted, it says what is there and ends with 130', async () => {
    const { code, stderr } = await deploy({
      env: { STAND_IN: 'wait PutConcurrencyConfig' },
      onStart: (child) =>
        child.stdout?.on('data', (text: string) => {
          if (text.includes('waiting before')) child.kill('SIGINT');
        }),
    });
    expect(code).toBe(130);
    expect(stderr).toContain(
      'not deployed whole: it was interrupted in step 1 of 2 (functions without triggers)',
    );
  });

  it('names a trigger that is not in the file', async () => {
    await deploy();
    const yaml = readFileSync(join(clone.folder, 's.yaml'), 'utf8');
    writeFileSync(join(clone.folder, 's.yaml'), yaml.replace('triggerName: sweep', 'triggerName: hourly'));
    const { code, stderr } = await deploy();
    writeFileSync(join(clone.folder, 's.yaml'), yaml);
    expect(stderr).toContain(
      'note: dms-handshake-verify: the trigger sweep (timer) is not in s.yaml and still starts the function',
    );
    expect(code).toBe(0);
  });

  it('refuses to follow a version whose tags it cannot read', async () => {
    const yaml = readFileSync(join(clone.folder, 's.yaml'), 'utf8');
    writeFileSync(join(clone.folder, 's.yaml'), yaml.replace("STATE_FORMAT: '1'", "STATE_FORMAT: '2'"));
    expect((await deploy()).code).toBe(0);
    writeFileSync(join(clone.folder, 's.yaml'), yaml);
    cloud.forget();
    const { code, stderr } = await deploy();
    expect([code, stderr]).toEqual([
      2,
      expect.stringContaining(
        'not deployed: the deployed version writes tags of form 2, and this version reads 1 only',
      ),
    ]);
    expect(operations().every((one) => /^(Get|List)/.test(one))).toBe(true);
  });

  it('says how to get the component where it is not', async () => {
    const empty = mkdtempSync(join(tmpdir(), 'dms-handshake-home-'));
    const { code, stderr } = await deploy({ env: { HOME: empty, STAND_IN: 'exit CreateFunction' } });
    rmSync(empty, { recursive: true });
    expect(code).toBe(1);
    expect(stderr).toContain(`the component ${COMPONENT} is not on this machine`);
    expect(stderr).toContain(`~/.s/components/devsapp.cn/v3/${COMPONENT}`);
  });
});

describe('npm run remove -- --local', () => {
  it('takes the triggers away, then the functions in the other order, and looks that they are gone', async () => {
    await deploy();
    cloud.forget();
    const { code, stderr } = await script(['remove', '--local']);
    expect([code, stderr]).toEqual([0, expect.stringContaining('the functions and their triggers are gone')]);
    expect(made()).toEqual(NOTHING);
    const gone = cloud.calls('fc').filter(({ operation }) => /^Delete(Trigger|Function)$/.test(operation));
    expect(gone.slice(-3).map(({ operation }) => operation)).toEqual(Array(3).fill('DeleteFunction'));
    expect((await script(['remove', '--local'])).code).toBe(0);
  });

  it('names what is left when the tool says that all is done', async () => {
    await deploy();
    const { code, stderr } = await script(['remove', '--local'], {
      env: { STAND_IN: 'skip DeleteFunction' },
    });
    expect(code).toBe(1);
    expect(stderr).toContain('not removed whole:\n  dms-handshake-intake is still there\n');
  });
});
