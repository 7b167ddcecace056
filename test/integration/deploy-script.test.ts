import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { namesIn } from '../../cli/bootstrap/desired.ts';
import { apiOf } from '../../cli/site.ts';
import { readBlueprint } from '../../local/host/blueprint.ts';
import { main as deployMain } from '../../scripts/deploy.ts';
import { main as removeMain } from '../../scripts/remove.ts';
import { openSession } from '../../shared/alicloud/session.ts';
import { deployer } from '../../shared/installation/deployer.ts';
import { madeIn, NOTHING } from '../conformance/deploy/left.ts';
import { plainApi } from '../conformance/deploy/plain.ts';
import { deployAsTheTool } from '../conformance/deploy/tool.ts';
import { wantedOf } from '../conformance/deploy/wanted.ts';
import { type Ended, type RunOptions, stateFile } from '../kit/cli.ts';
import { connectProxy } from '../kit/connect-proxy.ts';
import { COMPONENT, edit, type ScriptPlace, SECRET, scriptPlace, withClient } from '../kit/deploy-script.ts';
import { attachedTo, ROLE, roleOf } from '../kit/roles.ts';
import { type TestCloud, testCloud } from '../kit/test-cloud.ts';
import { addRole, addUser, document } from '../kit/two-accounts.ts';
import { ADMINISTRATOR, siteFor } from '../rights/errand.ts';

const OTHER = '3000000000000003';
const OWNER_UID = '2000000000000002';
const NOBODY = { AccessKeyID: 'LTAI5tNobody', AccessKeySecret: 'none' };

const TRIGGERS = readBlueprint(readFileSync('s.yaml', 'utf8'), { OWNER_UID: OTHER }).functions.flatMap(
  ({ triggers }) => triggers,
).length;
const NO_TERMINAL = 'note: there is no terminal; nothing is asked, every question is answered with -y\n';
const FIRST = 'step 1 of 2: functions without triggers';
const SECOND = 'step 2 of 2: triggers';
const BOTH = `${FIRST}\n${SECOND}\n`;
const NOTHING_NEW = `${FIRST}, unchanged\n${SECOND}, unchanged\n`;
const WHOLE = `3 functions with code, configuration and limits, ${TRIGGERS} triggers\n`;

let place: ScriptPlace;
let cloud: TestCloud;
let state: Awaited<ReturnType<typeof stateFile>>;

beforeAll(async () => {
  place = await scriptPlace();
  withClient(place.folder);
});
afterAll(() => place.remove());

beforeEach(async () => {
  cloud = await testCloud({ empty: true, timers: 'scheduled' });
  state = await stateFile(cloud.ready);
  return async () => {
    await cloud.close();
    await state.remove();
  };
});

type Variables = Readonly<Record<string, string>>;

const variables = (env: Variables): Variables => ({
  DMS_HANDSHAKE_LOCAL: state.file,
  JIRA_TOKEN: SECRET,
  ...env,
});

/** No output may hold a secret. */
function clean(ended: Ended): Ended {
  for (const text of [ended.stdout, ended.stderr]) {
    expect(text).not.toContain(SECRET);
    expect(text).not.toContain(cloud.ready.owner.accessKeySecret);
  }
  return ended;
}

/** The script as npm starts it, which builds. */
const program = async (words: readonly string[], onStart?: RunOptions['onStart'], env: Variables = {}) =>
  clean(await place.run(words, { env: variables(env), ...(onStart ? { onStart } : {}) }));

/** The same in this process, with what is built already. */
const deploy = async (env: Variables = {}, words: readonly string[] = ['--local'], onText?: OnText) =>
  clean(await place.call(() => deployMain(words, async () => undefined), variables(env), onText));
const remove = async (env: Variables = {}, words: readonly string[] = ['--local'], onText?: OnText) =>
  clean(await place.call(() => removeMain(words), variables(env), onText));

type OnText = (text: string) => void;
/** As if somebody ended the process while the tool waits. */
const terminate: OnText = (text) => {
  if (text.includes('waiting before')) process.emit('SIGTERM');
};

/** What a deployment comes to, without the script. `variables`: over those of provision. */
async function asDeployed(variables: Variables = {}): Promise<void> {
  await deployAsTheTool(plainApi(cloud), wantedOf(cloud.owner.uid, variables));
  cloud.forget();
}

/** A state file with keys of somebody who may deploy but for one right. */
function keysWithout(right: string) {
  const { permission } = deployer(namesIn('cn-hangzhou', cloud.ready.owner.uid, []));
  const statements = permission.Statement.map((one) => ({
    ...one,
    Action: [one.Action].flat().filter((action) => action !== right),
  }));
  const { keys } = addUser(cloud.owner, 'deployer', ...statements.filter(({ Action }) => Action.length > 0));
  return stateFile({ ...cloud.ready, owner: { ...cloud.ready.owner, ...keys } });
}

/** Keys of a session of a role that may deploy, as a pipeline has them. */
async function session() {
  const { permission } = deployer(namesIn('cn-hangzhou', cloud.owner.uid, []));
  const Principal = { RAM: [`acs:ram::${cloud.owner.uid}:root`] };
  const trust = document({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal });
  const role = addRole(cloud.owner, 'pipeline', trust, ...permission.Statement);
  const site = siteFor(cloud, ADMINISTRATOR(cloud));
  const wish = { roleArn: role.arn, sessionName: 'ci', externalId: null, sessionPolicy: null };
  return (await openSession(apiOf(site), site.region, wish)).reveal();
}

const operations = () => cloud.calls('fc').map(({ operation }) => operation);
const writes = () =>
  cloud.calls().filter(({ service, kind }) => /^(fc|oss)$/.test(service) && kind === 'write');
const made = () => madeIn(cloud);

describe('npm run deploy -- --local', () => {
  it('deploys the functions, then their triggers, and reads back; unchanged, it writes nothing', async () => {
    const listened = ['SIGINT', 'SIGTERM'].map((signal) => process.listenerCount(signal));
    const { code, stdout, stderr } = await deploy();
    expect([code, stderr]).toEqual([0, `${NO_TERMINAL}${BOTH}deployed and read back: ${WHOLE}`]);
    expect(stdout.match(/^s .*$/gm)).toEqual([
      's deploy -t <home>/functions.yaml -y -a dms_handshake_serverless_devs_key',
      's deploy -t s.yaml --trigger -y -a dms_handshake_serverless_devs_key',
    ]);
    expect(stdout).toContain('"JIRA_TOKEN":"[hidden]"');
    const first = operations().filter((one) => /^(Create|Put)/.test(one));
    expect(first.indexOf('CreateTrigger')).toBe(first.length - TRIGGERS);
    const whole = made();
    cloud.forget();
    expect(await deploy()).toEqual({
      code: 0,
      stdout: '',
      stderr: `${NO_TERMINAL}${NOTHING_NEW}read back, unchanged, nothing was uploaded or written: ${WHOLE}`,
    });
    expect(['SIGINT', 'SIGTERM'].map((signal) => process.listenerCount(signal))).toEqual(listened);
    expect(writes()).toEqual([]);
    expect(made()).toEqual(whole);
    expect(readdirSync(place.temporary)).toEqual([]);
  });

  it('deploys notify too where it is wanted, says that it stays where it is not, and takes it away', async () => {
    const wanted = { NOTIFY: 'true', SLACK_URL: `https://hooks.slack.com/${SECRET}` };
    const { code, stdout, stderr } = await deploy(wanted);
    const four = `4 functions with code, configuration and limits, ${TRIGGERS + 1} triggers\n`;
    expect([code, stderr]).toEqual([0, `${NO_TERMINAL}${BOTH}deployed and read back: ${four}`]);
    expect(stdout).toContain('s deploy -t s.notify.yaml --trigger');
    expect((await deploy()).stderr).toBe(
      `${NO_TERMINAL}${NOTHING_NEW}note: dms-handshake-notify is deployed and NOTIFY is not true: it goes on telling people; delete it in the console, or set NOTIFY\nread back, unchanged, nothing was uploaded or written: ${WHOLE}`,
    );
    expect((await deploy(wanted)).stderr).toBe(
      `${NO_TERMINAL}${NOTHING_NEW}read back, unchanged, nothing was uploaded or written: ${four}`,
    );
    const gone = await remove();
    expect([gone.code, cloud.owner.fc.functions.size]).toEqual([0, 0]);
    expect(gone.stdout.split('\n')).toContain(
      's remove -t <home>/remove.yaml --trigger replies,http,owner,requests,upkeep,sweep -y -a dms_handshake_serverless_devs_key',
    );
  });

  it('hands the tool the functions that have changed, and no others', async () => {
    await deploy();
    cloud.forget();
    const { code, stdout, stderr } = await deploy({ JIRA_TOKEN: `${SECRET}-2` });
    expect([code, stderr]).toEqual([
      0,
      `${NO_TERMINAL}${FIRST}\n${SECOND}, unchanged\ndeployed and read back: ${WHOLE}`,
    ]);
    expect(stdout.match(/^dms-handshake-\w+/gm)).toEqual(['dms-handshake-intake']);
    expect(writes().map(({ operation }) => operation)).toEqual(['UpdateFunction']);
    cloud.forget();
    const back = edit(place.folder, 's.yaml', 'CRON_TZ=UTC 0 7 * * * *', 'CRON_TZ=UTC 0 8 * * * *');
    const timed = await deploy({ JIRA_TOKEN: `${SECRET}-2` });
    back();
    expect([timed.code, timed.stderr]).toEqual([
      0,
      `${NO_TERMINAL}${FIRST}, unchanged\n${SECOND}\ndeployed and read back: ${WHOLE}`,
    ]);
    expect(writes().map(({ operation }) => operation)).toEqual(['UpdateTrigger']);
  });

  it('deploys with the keys of a session', async () => {
    const keys = await session();
    const file = await stateFile({ ...cloud.ready, owner: { ...cloud.ready.owner, ...keys } });
    const { code, stdout, stderr } = await deploy({ DMS_HANDSHAKE_LOCAL: file.file });
    await file.remove();
    expect([code, stderr]).toEqual([0, expect.stringContaining(`read back: ${WHOLE}`)]);
    for (const secret of [keys.accessKeySecret, keys.securityToken ?? 'none'])
      expect(`${stdout}${stderr}`).not.toContain(secret);
    const callers = cloud.calls('fc').map(({ caller }) => caller?.principal);
    expect(callers.length).toBeGreaterThan(30);
    for (const caller of callers) expect(caller).toMatchObject({ type: 'role', roleName: 'pipeline' });
  });

  it('ends with the status of the refusal when npm starts it', async () => {
    const { code, stdout, stderr } = await program(['deploy', '--local', '--preveiw']);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain('not deployed: --preveiw: there is no such option; the nearest is --preview');
  });

  const DEBUG =
    '--debug: it makes the tool talk plain HTTP and print every variable, secrets included; leave it out';
  const NO_KEYS =
    'there are no keys of account B: set ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET, or name an alias of Serverless Devs with -a';
  it.each<[string, string[], Variables, string]>([
    ['--debug', ['--local', '--debug'], {}, ` ${DEBUG}\n`],
    ['two mistakes', ['--debug', '--local=x'], {}, `\n  ${DEBUG}\n  --local=x: --local takes no value\n`],
    [
      'an alias besides the local cloud',
      ['--local', '-a', 'b'],
      {},
      ' --local has keys of its own: leave -a out\n',
    ],
    [
      'another account',
      ['--local'],
      { OWNER_UID: OTHER },
      ` the owner of the running local cloud is 2000000000000002, not ${OTHER}\n`,
    ],
    [
      'no local cloud',
      ['--local'],
      { DMS_HANDSHAKE_LOCAL: '/nonexistent' },
      ' no local cloud is running: there is no /nonexistent; start one with "npx dms-handshake local" in another terminal\n',
    ],
    ['no keys at all', [], { OWNER_UID, ALIBABA_CLOUD_ECS_METADATA_DISABLED: 'true' }, ` ${NO_KEYS}\n`],
    [
      'an alias of another account',
      ['-a', 'ci_serverless_devs_key'],
      { OWNER_UID, ci_serverless_devs_key: JSON.stringify({ ...NOBODY, AccountID: OTHER }) },
      ` the alias ci_serverless_devs_key is of account ${OTHER}, and OWNER_UID is ${OWNER_UID}: use an alias of that account, or set OWNER_UID right\n`,
    ],
  ])('refuses %s before anything is sent', async (_what, words, env, sentence) => {
    expect(await deploy(env, words)).toEqual({
      code: 2,
      stdout: '',
      stderr: `not deployed:${sentence}`,
    });
    expect(operations()).toEqual([]);
    expect(readdirSync(place.temporary)).toEqual([]);
  });

  it('goes on to the alias that is named default, and tells what went wrong with its keys', async () => {
    const proxy = await connectProxy(403);
    const home = mkdtempSync(join(tmpdir(), 'dms-handshake-home-'));
    mkdirSync(join(home, '.s'));
    const { AccessKeyID, AccessKeySecret } = NOBODY;
    const alias = `default: { AccountID: '${OWNER_UID}', AccessKeyID: ${AccessKeyID}, AccessKeySecret: ${AccessKeySecret} }`;
    writeFileSync(join(home, '.s', 'access.yaml'), alias);
    const env = { OWNER_UID, serverless_devs_config_home: home, HTTPS_PROXY: proxy.url };
    const { code, stderr } = await deploy({ ...env, ALIBABA_CLOUD_ECS_METADATA_DISABLED: 'true' }, []);
    rmSync(home, { recursive: true });
    await proxy.close();
    expect(proxy.asked.at(-1)).toBe('sts.cn-hangzhou.aliyuncs.com:443');
    expect([code, stderr]).toEqual([1, expect.stringMatching(/^not deployed: .*GetCallerIdentity.*proxy/)]);
  });

  it.each([
    ['deploy', deployMain, /^npm run deploy -- \[--preview \| --local\] \[-a ALIAS\]\n\nChecks s\.yaml/],
    ['remove', removeMain, /^npm run remove -- \[--local\] \[-a ALIAS\]\n\nTakes away the functions/],
  ])('npm run %s tells how it is used', async (_name, main, text) => {
    const { code, stdout, stderr } = await place.call(() => main(['--help']), variables({}));
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(text);
  });

  it('tells what went wrong with the keys that are named, and looks for no others', async () => {
    const { code, stdout, stderr } = await deploy({ OWNER_UID, ALIBABA_CLOUD_PROFILE: 'b' }, []);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^not deployed: .*profile .*"?b"? .*\n$/);
  });

  it('with --preview has the tool show the file, without keys, and ends as it does', async () => {
    const preview = (...words: string[]) => deploy({ OWNER_UID }, ['--preview', ...words]);
    const { code, stdout, stderr } = await preview();
    expect([code, stdout.split('\n')[0], stderr]).toEqual([0, 's preview -t s.yaml', '']);
    expect((await preview('-o', 'json')).stdout.split('\n')[0]).toBe('s preview -t s.yaml -o json');
    expect(readdirSync(place.temporary)).toEqual([]);
  });

  const AGAIN = 'run npm run deploy again, it starts from what is there\n';
  const RIGHT =
    'a right is missing: deploy/rights/dms-handshake-deployer.json has all that are needed; then ';
  it.each<[string, string, string[]]>([
    [
      'fc:PutFunctionAsyncInvokeConfig',
      'PUT /2023-03-30/functions/dms-handshake-verify/async-invoke-config',
      [
        'dms-handshake-verify: reservedConcurrency is not set, not 20',
        'dms-handshake-verify: there is no asyncInvokeConfig',
        'dms-handshake-provision is not there',
        'dms-handshake-intake is not there',
      ],
    ],
    [
      'fc:GetTempBucketToken',
      'GET /2016-08-15/tempBucketToken',
      [
        'dms-handshake-verify is not there',
        'dms-handshake-provision is not there',
        'dms-handshake-intake is not there',
      ],
    ],
  ])(
    'without the right %s, no function hears anything, and the sentence says so',
    async (right, call, missing) => {
      const file = await keysWithout(right);
      const { code, stderr } = await deploy({ DMS_HANDSHAKE_LOCAL: file.file });
      await file.remove();
      expect([code, stderr]).toEqual([
        1,
        `${NO_TERMINAL}${FIRST}\n${call}: AccessDenied: You are not authorized to do this action. You should be authorized by RAM.\nnot deployed whole: the tool ended with exit status 101 in step 1 of 2 (functions without triggers)\n${missing.map((one) => `  ${one}\n`).join('')}no trigger was made or changed; ${RIGHT}${AGAIN}`,
      ]);
      expect(operations()).not.toContain('CreateTrigger');
    },
  );

  it('without the right to read back, it says of what it cannot tell', async () => {
    const file = await keysWithout('fc:GetConcurrencyConfig');
    const { code, stderr } = await deploy({ DMS_HANDSHAKE_LOCAL: file.file });
    await file.remove();
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /\n {2}dms-handshake-verify cannot be read back: Function Compute GetConcurrencyConfig dms-handshake-verify: AccessDenied .*; allow fc:GetConcurrencyConfig to the RAM user or role that runs this\n/,
    );
    expect(operations()).not.toContain('CreateTrigger');
  });

  const STOPPED = 'not deployed whole: the tool ended with exit status';
  const MISSING = [
    'dms-handshake-verify: the trigger sweep',
    ...['requests', 'upkeep', 'owner'].map((name) => `dms-handshake-provision: the trigger ${name}`),
    'dms-handshake-intake: the trigger http',
  ].map((what) => `  ${what} is not there\n`);
  it.each([
    [
      'stopped half-way',
      'exit CreateTrigger',
      `${BOTH}ended before CreateTrigger dms-handshake-verify\n${STOPPED} 101 in step 2 of 2 (triggers)\n${MISSING.join('')}the functions are whole; `,
    ],
    [
      'skipping and saying that all is done',
      'skip PutConcurrencyConfig',
      `${FIRST}\n${STOPPED} 0 in step 1 of 2 (functions without triggers)\n  dms-handshake-verify: reservedConcurrency is not set, not 20\n  dms-handshake-provision: reservedConcurrency is not set, not 1\nno trigger was made or changed; `,
    ],
  ])('%s, it names what is missing; run again, it is whole', async (_what, STAND_IN, words) => {
    const { code, stderr } = await deploy({ STAND_IN });
    expect([code, stderr]).toEqual([1, `${NO_TERMINAL}${words}${AGAIN}`]);
    expect((await deploy()).code).toBe(0);
  });

  it('ended by SIGTERM, it stops the tool and says what is there', async () => {
    const { code, stderr } = await deploy({ STAND_IN: 'wait CreateTrigger' }, ['--local'], terminate);
    expect([code, stderr]).toEqual([
      130,
      `${NO_TERMINAL}${BOTH}not deployed whole: it was interrupted in step 2 of 2 (triggers)\n${MISSING.join('')}the functions are whole; ${AGAIN}`,
    ]);
  });

  it('interrupted, it says what is there and ends with 130', async () => {
    const { code, stderr } = await program(
      ['deploy', '--local'],
      (child) =>
        child.stdout?.on('data', (text: string) => {
          if (text.includes('waiting before')) child.kill('SIGINT');
        }),
      { STAND_IN: 'wait PutConcurrencyConfig' },
    );
    expect(code).toBe(130);
    expect(stderr).toContain(
      'not deployed whole: it was interrupted in step 1 of 2 (functions without triggers)',
    );
  });

  it('names a trigger that is not in the file', async () => {
    await asDeployed();
    const back = edit(place.folder, 's.yaml', 'triggerName: sweep', 'triggerName: hourly');
    const { code, stderr } = await deploy();
    const again = await deploy();
    back();
    const note =
      'note: dms-handshake-verify: the trigger sweep (timer) is not in s.yaml and still starts the function: delete it in the console, or write it into s.yaml\n';
    expect([code, stderr]).toEqual([0, `${NO_TERMINAL}${BOTH}${note}deployed and read back: ${WHOLE}`]);
    expect(again.stderr).toBe(
      `${NO_TERMINAL}${NOTHING_NEW}${note}read back, unchanged, nothing was uploaded or written: ${WHOLE}`,
    );
  });

  it('refuses to follow a version whose tags it cannot read', async () => {
    await asDeployed({ STATE_FORMAT: '4' });
    const { code, stderr } = await deploy();
    expect([code, stderr]).toEqual([
      2,
      expect.stringContaining(
        'not deployed: the deployed version writes tags of form 4, and this version reads 1, 2, 3 only',
      ),
    ]);
    expect(writes()).toEqual([]);
  });

  it('says how to get the component where it is not', async () => {
    const empty = mkdtempSync(join(tmpdir(), 'dms-handshake-home-'));
    const { code, stderr } = await deploy({ HOME: empty, STAND_IN: 'exit CreateFunction' });
    rmSync(empty, { recursive: true });
    expect(code).toBe(1);
    expect(stderr).toContain(`\n${HOW_TO_GET}`);
  });

  it('says nothing of a terminal where there is one', async () => {
    await asDeployed();
    const before = Object.getOwnPropertyDescriptor(process.stdin, 'isTTY') ?? { value: undefined };
    Object.defineProperty(process.stdin, 'isTTY', { value: true, configurable: true });
    const { stderr } = await deploy();
    Object.defineProperty(process.stdin, 'isTTY', { ...before, configurable: true });
    expect(stderr).toMatch(/^step 1 of 2/);
  });
});

const HOW_TO_GET = `the component ${COMPONENT} is not on this machine, and the tool could not load it from its registry.
Where registry.devsapp.cn is reached, any run loads it: npm run deploy. Else copy it from a machine that has it,
~/.s/components/devsapp.cn/v3/${COMPONENT} (and fc3-domain@0.0.29 beside it), or build it from the tag 0.1.22
of github.com/devsapp/fc3 and put it there with a file .s.lock that holds {"version":"0.1.22"}
`;

describe('npm run remove -- --local', () => {
  const TOOL = '-y -a dms_handshake_serverless_devs_key';
  const FIRST_TRIGGERS = `s remove -t <home>/remove.yaml --trigger http,owner,requests,upkeep,sweep ${TOOL}\n`;
  const THEN_FUNCTIONS = `s remove -t <home>/remove.yaml ${TOOL}\n`;
  const GONE =
    'the functions and their triggers are gone; roles, topics and queues stay until npx dms-handshake bootstrap --remove\n';
  const LEFT = ['intake', 'provision', 'verify'].map((name) => `  dms-handshake-${name} is still there\n`);
  const ADVICE =
    'put right what the tool says above (deploy/rights/dms-handshake-remover.json has all rights), and run npm run remove again\n';
  const HEARING = [
    'http of dms-handshake-intake',
    ...['owner', 'requests', 'upkeep'].map((name) => `${name} of dms-handshake-provision`),
    'sweep of dms-handshake-verify',
  ].map((what) => `  the trigger ${what} is still there, so no function was taken away\n`);

  it('takes the triggers away, then the functions in the other order, and looks that they are gone', async () => {
    await asDeployed();
    expect(await remove()).toEqual({ code: 0, stdout: `${FIRST_TRIGGERS}${THEN_FUNCTIONS}`, stderr: GONE });
    expect(made()).toEqual(NOTHING);
    const gone = operations().filter((one) => /^Delete(Trigger|Function)$/.test(one));
    expect(gone).toEqual([...Array(TRIGGERS).fill('DeleteTrigger'), ...Array(3).fill('DeleteFunction')]);
    expect(await remove()).toEqual({ code: 0, stdout: THEN_FUNCTIONS, stderr: GONE });
  });

  it.each([
    ['functions', 'skip DeleteFunction', [...LEFT, ADVICE]],
    ['triggers', 'skip DeleteTrigger', [...LEFT, ...HEARING, ADVICE]],
  ])('names %s that are left when the tool says that all is done', async (_what, STAND_IN, lines) => {
    await asDeployed();
    const { code, stdout, stderr } = await remove({ STAND_IN });
    expect([code, stderr]).toEqual([1, `not removed whole:\n${lines.join('')}`]);
    expect(stdout).toBe(`${FIRST_TRIGGERS}${STAND_IN === 'skip DeleteTrigger' ? '' : THEN_FUNCTIONS}`);
  });

  it('ended by SIGTERM, it takes nothing more away and says what is left', async () => {
    await asDeployed();
    const { code, stderr } = await remove({ STAND_IN: 'wait DeleteFunction' }, ['--local'], terminate);
    expect([code, stderr]).toEqual([130, `not removed whole:\n${LEFT.join('')}${ADVICE}`]);
  });

  it('says how to get the component where it is not', async () => {
    await asDeployed();
    const empty = mkdtempSync(join(tmpdir(), 'dms-handshake-home-'));
    const { stderr } = await remove({ HOME: empty, STAND_IN: 'skip DeleteTrigger' });
    rmSync(empty, { recursive: true });
    expect(stderr).toBe(`not removed whole:\n${LEFT.join('')}${HEARING.join('')}${HOW_TO_GET}`);
  });

  it('refuses mistakes before anything is sent', async () => {
    expect(await remove({ REGION: 'x', OWNER_UID: 'y' }, ['--preview'])).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringMatching(
        /^not removed:\n {2}--preview: there is no such option \(there are --help, -h, --local, -a, --access, -y, --assume-yes\)\n {2}OWNER_UID is "y": .*\n {2}REGION is "x": .*\n$/,
      ),
    });
    expect(operations()).toEqual([]);
  });

  it('refuses while a role grants something; closed, the role stays and nobody is trusted by it', async () => {
    await asDeployed();
    const requesterUid = cloud.requester.uid;
    await cloud.ask({ requesterUid, engines: ['redis'] });
    const whole = made();
    const { code, stdout, stderr } = await remove();
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(
      `not removed: nothing was removed: access is still granted by dms-cross-account-${requesterUid}; revoke it first`,
    );
    expect(made()).toEqual(whole);
    await cloud.ask({ requesterUid, action: 'revoke' });
    expect((await remove()).code).toBe(0);
    expect(made()).toEqual(NOTHING);
    const left = roleOf(cloud);
    expect(left?.trust).not.toMatch(/dms\.aliyuncs\.com/);
    expect([attachedTo(cloud, ROLE), [...cloud.owner.mns.topics.keys()].length > 0]).toEqual([[], true]);
  });
});
