import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
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
import { COMPONENT, edit, type ScriptPlace, SECRET, scriptPlace, withClient } from '../kit/deploy-script.ts';
import { attachedTo, ROLE, roleOf } from '../kit/roles.ts';
import { type TestCloud, testCloud } from '../kit/test-cloud.ts';
import { addRole, addUser, document } from '../kit/two-accounts.ts';
import { ADMINISTRATOR, siteFor } from '../rights/errand.ts';

const OTHER = '3000000000000003';

const TRIGGERS = readBlueprint(readFileSync('s.yaml', 'utf8'), { OWNER_UID: OTHER }).functions.flatMap(
  ({ triggers }) => triggers,
).length;
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
const deploy = async (env: Variables = {}, words: readonly string[] = ['--local']) =>
  clean(await place.call(() => deployMain(words, async () => undefined), variables(env)));
const remove = async (env: Variables = {}) =>
  clean(await place.call(() => removeMain(['--local']), variables(env)));

/** What a deployment comes to, without the script. `variables`: over those of provision. */
async function asDeployed(variables: Variables = {}): Promise<void> {
  await deployAsTheTool(plainApi(cloud), wantedOf(cloud.owner.uid, variables));
  cloud.forget();
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
    const { code, stdout, stderr } = await deploy();
    expect(stderr).toContain(`deployed and read back: ${WHOLE}`);
    expect(code).toBe(0);
    expect(stdout.match(/^s .*$/gm)).toEqual([
      's deploy -t <home>/functions.yaml -y -a dms_handshake_serverless_devs_key',
      's deploy -t s.yaml --trigger -y -a dms_handshake_serverless_devs_key',
    ]);
    expect(stderr).toContain(
      'note: there is no terminal; nothing is asked, every question is answered with -y\n',
    );
    expect(stdout).toContain('"JIRA_TOKEN":"[hidden]"');
    const first = operations().filter((one) => /^(Create|Put)/.test(one));
    expect(first.indexOf('CreateTrigger')).toBe(first.length - TRIGGERS);
    const whole = made();
    cloud.forget();
    const again = await deploy();
    expect([again.code, again.stdout]).toEqual([0, '']);
    expect(again.stderr).toContain(`read back, unchanged, nothing was uploaded or written: ${WHOLE}`);
    expect(writes()).toEqual([]);
    expect(made()).toEqual(whole);
    expect(readdirSync(place.temporary)).toEqual([]);
  });

  it('deploys notify too where it is wanted, says that it stays where it is not, and takes it away', async () => {
    const wanted = { NOTIFY: 'true', SLACK_URL: `https://hooks.slack.com/${SECRET}` };
    const { code, stdout, stderr } = await deploy(wanted);
    const four = `4 functions with code, configuration and limits, ${TRIGGERS + 1} triggers\n`;
    expect([code, stderr]).toEqual([0, expect.stringContaining(`deployed and read back: ${four}`)]);
    expect(stdout).toContain('s deploy -t s.notify.yaml --trigger');
    expect((await deploy()).stderr).toContain(
      'note: dms-handshake-notify is deployed and NOTIFY is not true',
    );
    const gone = await remove();
    expect([gone.code, cloud.owner.fc.functions.size]).toEqual([0, 0]);
  });

  it('hands the tool the functions that have changed, and no others', async () => {
    await deploy();
    cloud.forget();
    const { code, stdout, stderr } = await deploy({ JIRA_TOKEN: `${SECRET}-2` });
    expect([code, stderr]).toEqual([0, expect.stringContaining('step 2 of 2: triggers, unchanged\n')]);
    expect(stdout.match(/^dms-handshake-\w+/gm)).toEqual(['dms-handshake-intake']);
    expect(writes().map(({ operation }) => operation)).toEqual(['UpdateFunction']);
    cloud.forget();
    const back = edit(place.folder, 's.yaml', 'CRON_TZ=UTC 0 7 * * * *', 'CRON_TZ=UTC 0 8 * * * *');
    const timed = await deploy({ JIRA_TOKEN: `${SECRET}-2` });
    back();
    expect([timed.code, timed.stderr]).toEqual([
      0,
      expect.stringContaining('step 1 of 2: functions without triggers, unchanged\n'),
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

  it.each<[string, string[], Variables, string]>([
    ['a misspelt option', ['--preveiw'], {}, '--preveiw: there is no such option; the nearest is --preview'],
    ['--debug', ['--debug'], {}, '--debug: it makes the tool'],
    [
      'another account',
      [],
      { OWNER_UID: OTHER },
      `the owner of the running local cloud is 2000000000000002, not ${OTHER}`,
    ],
    ['no local cloud', [], { DMS_HANDSHAKE_LOCAL: '/nonexistent' }, 'no local cloud is running'],
  ])('refuses %s before anything is sent', async (_what, words, env, sentence) => {
    const { code, stdout, stderr } = await deploy(env, ['--local', ...words]);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(`not deployed: ${sentence}`);
    expect(operations()).toEqual([]);
  });

  it('refuses an alias of another account before anything is sent', async () => {
    const keys = { AccountID: OTHER, AccessKeyID: 'LTAI5tNobody', AccessKeySecret: 'none' };
    const env = { OWNER_UID: '2000000000000002', ci_serverless_devs_key: JSON.stringify(keys) };
    const { code, stdout, stderr } = await deploy(env, ['-a', 'ci_serverless_devs_key']);
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
    const { code, stderr } = await deploy({ DMS_HANDSHAKE_LOCAL: file.file });
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
    const { code, stderr } = await deploy({ STAND_IN });
    expect(code).toBe(1);
    expect(stderr).toContain(`not deployed whole: the tool ended with exit status ${status} in step`);
    expect(stderr).toContain(words);
    expect(stderr).toMatch(/the trigger sweep is not there|reservedConcurrency is not set/);
    expect((await deploy()).code).toBe(0);
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
    back();
    expect(stderr).toContain(
      'note: dms-handshake-verify: the trigger sweep (timer) is not in s.yaml and still starts the function',
    );
    expect(code).toBe(0);
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
    expect(stderr).toContain(`the component ${COMPONENT} is not on this machine`);
    expect(stderr).toContain(`~/.s/components/devsapp.cn/v3/${COMPONENT}`);
  });
});

describe('npm run remove -- --local', () => {
  it('takes the triggers away, then the functions in the other order, and looks that they are gone', async () => {
    await asDeployed();
    const { code, stderr } = await remove();
    expect([code, stderr]).toEqual([0, expect.stringContaining('the functions and their triggers are gone')]);
    expect(made()).toEqual(NOTHING);
    const gone = operations().filter((one) => /^Delete(Trigger|Function)$/.test(one));
    expect(gone).toEqual([...Array(TRIGGERS).fill('DeleteTrigger'), ...Array(3).fill('DeleteFunction')]);
    expect((await remove()).code).toBe(0);
  });

  it('names what is left when the tool says that all is done', async () => {
    await asDeployed();
    const { code, stderr } = await remove({ STAND_IN: 'skip DeleteFunction' });
    expect(code).toBe(1);
    expect(stderr).toContain('not removed whole:\n  dms-handshake-intake is still there\n');
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
