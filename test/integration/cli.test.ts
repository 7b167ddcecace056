import { access, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { OUTPUT_SCHEMAS } from '../../cli/output-schemas.ts';
import { ApiError } from '../../local/cloud/error.ts';
import type { Fault } from '../../local/cloud/weather/fault.ts';
import { OWNER, REQUESTER } from '../kit/accounts.ts';
import { BINARY, type RunOptions, runCli, runProgram, stateFile } from '../kit/cli.ts';
import { callCli } from '../kit/cli-in-process.ts';
import { type TestCloud, testCloud } from '../kit/test-cloud.ts';

let cloud: TestCloud;
let state: Awaited<ReturnType<typeof stateFile>>;

beforeAll(async () => {
  // Nothing here is about old readings: what is changed by hand is seen at once.
  cloud = await testCloud({ environment: { PATIENCE_SECONDS: '0' } });
  state = await stateFile(cloud.ready);
});

afterEach(() => {
  cloud.world.weather.reset();
});

afterAll(async () => {
  await cloud.close();
  await state.remove();
});

/** Against the test's local cloud. */
const run = (line: string, options: RunOptions = {}) =>
  (options.onStart === undefined && options.input === undefined ? callCli : runCli)(
    line === '' ? [] : line.split(' '),
    {
      ...options,
      env: { DMS_HANDSHAKE_LOCAL: state.file, ...options.env },
    },
  );

/** On a terminal of so many columns. What it prints on both streams comes out in one. */
const onTerminal = (line: string, columns: number, env: Readonly<Record<string, string>> = {}) =>
  runProgram(
    'script',
    ['-qec', `stty cols ${columns}; exec '${process.execPath}' '${BINARY}' ${line}`, '/dev/null'],
    { env: { DMS_HANDSHAKE_LOCAL: state.file, TERM: 'xterm', ...env } },
  );

const ESCAPE = '\u001b[';

describe('wrong usage', () => {
  it.each([
    ['no command', '', 2, /Usage: dms-handshake/],
    ['an unknown command', 'requst', 2, /unknown command 'requst'\n\(Did you mean request\?\)/],
    [
      'an unknown option',
      'request --engnes redis',
      2,
      /unknown option '--engnes'\n\(Did you mean --engines\?\)/,
    ],
    ['an option without its value', 'request --engines', 2, /argument missing/],
    ['no engines', 'request --local', 2, /'--engines <list>' not specified/],
    ['a UID that is none', 'plan --local --engines redis --requester 12x', 2, /1 to 16 digits/],
    [
      'an engine that is none',
      'request --local --engines rediss',
      2,
      /"rediss" is no engine; the nearest is "redis"/,
    ],
    ['a past end', 'request --local --engines redis --expires 2020-01-01T00:00:00Z', 2, /it is past/],
    ['an end without a unit', 'request --local --engines redis --expires 30', 2, /12h, 30d or 4w/],
    ['an access that is none', 'request --local --access admin', 2, /register, console/],
    ['neither of two', 'verify --local', 2, /either --requester <uid> or --all/],
    ['both of two', `verify --local --all --requester ${REQUESTER}`, 2, /either --requester <uid> or --all/],
    ['a side that is none', 'doctor --local --side both', 2, /Allowed choices are owner, requester/],
    ['an ARN that is none', 'register --local --arn x --instance y', 2, /ARN of a role/],
    [
      'an instance file that is not there',
      `register --local --arn acs:ram::${OWNER}:role/x --instance /none`,
      2,
      /\/none cannot be read \(ENOENT\)/,
    ],
    [
      'an engine for console access',
      'request --local --access console --engines redis',
      2,
      /console access knows no engines/,
    ],
    ['another owner than the local cloud has', 'list --local --owner 3', 1, /is 2000000000000002, not 3/],
    [
      'a requester that these credentials are not',
      'request --local --engines redis --requester 3',
      1,
      /belong to account 1000000000000001/,
    ],
    ['an owner that is not known', 'request --engines redis', 2, /--owner, or set OWNER_UID/],
    ['no credentials', 'list', 1, /no credentials were found; set ALIBABA_CLOUD_ACCESS_KEY_ID/],
    [
      "the owner's own account",
      `plan --local --engines redis --requester ${OWNER}`,
      1,
      /the owner's own account/,
    ],
  ])('%s', async (_what, line, code, message) => {
    const ended = await run(line);
    expect(ended).toMatchObject({ code, stdout: '' });
    expect(ended.stderr).toMatch(message);
    expect(ended.stderr).not.toMatch(/\n\s+at /);
  });

  it('in the environment', async () => {
    const env = { OWNER_UID: 'me' };
    expect(await run('list', { env })).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/^dms-handshake: OWNER_UID is "me": expected the UID/),
    });
  });

  it('shows a stack with --debug only', async () => {
    expect((await run('list --debug')).stderr).toMatch(/NoCredentialsError: .*\n\s+at /);
  });
});

describe('a cloud that cannot be asked', () => {
  const denyAll = (code: string, status: number): Fault => ({
    matches: ({ operation }) => operation === 'GetCallerIdentity',
    at: 'before',
    error: new ApiError(status, code, 'refused'),
    times: Number.POSITIVE_INFINITY,
  });

  it('because it died, and has left its file', async () => {
    const closed = { ...cloud.ready, owner: { ...cloud.ready.owner, endpoint: 'http://127.0.0.1:9' } };
    const file = await stateFile(closed);
    const ended = await run('list --local', { env: { DMS_HANDSHAKE_LOCAL: file.file } });
    expect(ended).toMatchObject({ code: 1, stdout: '' });
    expect(ended.stderr).toMatch(/is gone: nobody answers at http:\/\/127\.0\.0\.1:9; start it again/);
    await file.remove();
  });

  it('because no local cloud runs, or its file is garbage', async () => {
    expect((await run('list --local', { env: { DMS_HANDSHAKE_LOCAL: '/none/local.json' } })).stderr).toMatch(
      /no local cloud is running: there is no \/none\/local\.json; start one with "npx dms-handshake local"/,
    );
    const file = await stateFile({ keys: 'all' });
    const ended = await run('list --local', { env: { DMS_HANDSHAKE_LOCAL: file.file } });
    expect(ended).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('delete it and start the local cloud again'),
    });
    await file.remove();
  });

  it('because the credentials are those of the other account', async () => {
    const { owner, requester } = cloud.ready;
    const swapped = await stateFile({
      ...cloud.ready,
      owner: { ...requester, uid: OWNER },
      requester: { ...owner, uid: REQUESTER },
    });
    const env = { DMS_HANDSHAKE_LOCAL: swapped.file };
    expect(await run('list --local', { env })).toMatchObject({
      code: 1,
      stderr: expect.stringContaining(
        `these credentials belong to account ${REQUESTER}; this command works in account B`,
      ),
    });
    expect(await run('revoke --local', { env })).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('this command works in account A, the requester'),
    });
    await swapped.remove();
  });

  it.each([
    ['the session has expired', 'InvalidSecurityToken.Expired', 403, /has expired; log in again/],
    [
      'the key is unknown',
      'InvalidAccessKeyId.NotFound',
      404,
      /the credentials are not accepted; check the access key/,
    ],
    ['the clock is wrong', 'InvalidTimeStamp.Expired', 400, /the clock of this machine is wrong/],
  ])('because %s', async (_what, code, status, message) => {
    cloud.world.weather.faults.push(denyAll(code, status));
    const ended = await run('list --local');
    expect(ended).toMatchObject({ code: 1, stdout: '' });
    expect(ended.stderr).toMatch(message);
    expect(ended.stderr).not.toMatch(/\n\s+at /);
  });

  it('never shows a key', async () => {
    cloud.world.weather.faults.push(denyAll('SignatureDoesNotMatch', 400));
    const { stdout, stderr } = await run('list --local --debug', { env: { DEBUG: '*' } });
    for (const { accessKeyId, accessKeySecret } of [cloud.ready.owner, cloud.ready.requester]) {
      expect(stdout + stderr).not.toContain(accessKeySecret);
      expect(stdout + stderr).not.toContain(accessKeyId);
    }
  });
});

describe('what is printed', () => {
  it('with --json has the published shape, on one line', async () => {
    const lines = [
      'request --engines lindorm,redis',
      'request --engines redis --wait 0',
      `verify --requester ${REQUESTER}`,
      'verify --all',
      'list',
      `plan --requester ${REQUESTER} --engines gdb`,
      'bootstrap',
      'doctor',
      'sweep',
      'dead-letters',
      'revoke',
    ];
    for (const line of lines) {
      const ended = await run(`${line} --local --json`);
      expect(ended, line).toMatchObject({ code: 0, stderr: '' });
      expect(ended.stdout, line).toMatch(/^[^\n]+\n$/);
      const schema = OUTPUT_SCHEMAS[line.split(' ')[0] ?? ''];
      expect(schema?.safeParse(JSON.parse(ended.stdout)).error, line).toBeUndefined();
    }
    const policy = await run('policy --engines redis --json');
    expect(OUTPUT_SCHEMAS['policy']?.safeParse(JSON.parse(policy.stdout)).success).toBe(true);
  });

  it('of a scoped grant says how far it goes, in every command', async () => {
    const scope = '--engines redis,lindorm --instances redis=r-1,r-2';
    const document = await run(`policy --owner ${OWNER} ${scope} --json`);
    expect(JSON.parse(document.stdout).permission.Statement.at(-1)).toEqual({
      Action: ['kvstore:ModifySecurityIps'],
      Resource: [`acs:kvstore:*:${OWNER}:instance/r-1`, `acs:kvstore:*:${OWNER}:instance/r-2`],
      Effect: 'Allow',
    });
    const plan = await run(`plan --local --requester ${REQUESTER} ${scope}`);
    expect(plan.stdout).toContain('on r-1 r-2');
    const reply = await run(`request --local ${scope}`);
    expect(reply.stdout).toContain('narrowed   redis: modifies only r-1, r-2');
    expect((await run('list --local')).stdout).toContain('lindorm, redis (modifies only r-1 r-2)');
    const again = await run(`plan --local --requester ${REQUESTER} --engines redis,lindorm --read-only`);
    expect(again.stdout).toContain('read-only');
    await run('revoke --local');
  });

  it.each([
    ['--engines redis --format terraform', 'needs --requester <uid>'],
    ['--engines redis --probe assume', 'needs --owner <uid>'],
    ['--engines redis --access console', 'console access knows no engines'],
    ['--engines redis --format pulumi', 'Allowed choices are terraform, ros'],
    [`--engines redis --requester ${REQUESTER} --format ros --json`, 'cannot be used with'],
  ])('of policy %s is what provision would say, or what is missing', async (line, words) => {
    expect(await run(`policy ${line}`)).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringContaining(words),
    });
  });

  it('of policy is what provision writes, and says in what it is not', async () => {
    const who = `--requester ${REQUESTER}`;
    const role = () => cloud.owner.ram.findRole(`dms-cross-account-${REQUESTER}`);
    await run('request --local --engines redis');
    const whole = await run(`policy ${who} --engines redis --owner ${OWNER} --probe assume --json`);
    expect(JSON.parse(whole.stdout).trust).toEqual(JSON.parse(role()?.trust ?? ''));
    expect(whole.stderr).toBe('');
    const documented = await run(`policy ${who} --engines redis`);
    expect(documented.stderr).toBe('');
    const seen = await onTerminal(`policy ${who} --engines redis`, 200, { NO_COLOR: '1' });
    expect(seen.stdout).toContain('without the statement for the test of verify');
    expect(JSON.parse(documented.stdout).trust.Statement).toHaveLength(1);
    const code = await run(`policy ${who} --access console --format terraform`);
    expect(code.stdout).toContain('AliyunDMSLoginConsoleAccess');
    await run('revoke --local');
  });

  it('of a grant that cannot be scoped so is the way out, before anything is called', async () => {
    const wrong = '--engines selectdb --instances selectdb=s-1';
    expect(await run(`policy ${wrong}`)).toMatchObject({ code: 2, stdout: '' });
    expect(await run(`plan --local --requester ${REQUESTER} ${wrong}`)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('"readOnly": true'),
    });
    expect(await run('policy --engines redis --instances redis=*')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('such as redis=r-bp1zxszhcgatnx01'),
    });
  });

  it('of a refusal is its reason, and exit status 1', async () => {
    await cloud.byHand('CreateRole', {
      RoleName: `dms-console-access-${REQUESTER}`,
      AssumeRolePolicyDocument: JSON.stringify({
        Statement: [
          { Action: 'sts:AssumeRole', Effect: 'Allow', Principal: { RAM: [`acs:ram::${OWNER}:root`] } },
        ],
        Version: '1',
      }),
    });
    const ended = await run('request --local --access console');
    expect(ended).toMatchObject({ code: 1, stderr: '' });
    expect(ended.stdout).toMatch(
      /^REJECTED {2}the role dms-console-access-1000000000000001 exists without the tag/,
    );
    expect(await run(`plan --local --requester ${REQUESTER} --access console`)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('it would be refused: the role'),
    });
    await cloud.byHand('DeleteRole', { RoleName: `dms-console-access-${REQUESTER}` });
  });

  it('of a plan that has nothing to do is that, and exit status 0', async () => {
    await run('request --local --engines redis');
    const before = cloud.calls('ram').filter(({ kind }) => kind === 'write').length;
    expect(await run(`plan --local --requester ${REQUESTER} --engines redis`)).toMatchObject({
      code: 0,
      stdout: `no changes: dms-cross-account-${REQUESTER} is what the grant would make it\n`,
    });
    await run(`plan --local --requester ${REQUESTER} --engines redis,gdb`);
    expect(cloud.calls('ram').filter(({ kind }) => kind === 'write').length).toBe(before);
  });

  it('by verify names the check that failed, the way to mend it, and ends with 1', async () => {
    await run('request --local --engines redis');
    await cloud.byHand('DetachPolicyFromRole', {
      PolicyName: 'DmsCrossAccountPolicy-redis',
      PolicyType: 'Custom',
      RoleName: `dms-cross-account-${REQUESTER}`,
    });
    const ended = await run(`verify --local --requester ${REQUESTER}`);
    expect(ended.code).toBe(1);
    expect(ended.stdout).toMatch(/policies-attached\s+FAIL/);
    expect(ended.stdout).toMatch(/engine:redis\s+FAIL/);
    expect(ended.stdout).toContain('fix: send the request again');
    expect(await run('request --local --engines redis --json')).toMatchObject({ code: 0 });
  });

  it('by verify --html is a page as well', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'dms-handshake-html-'));
    const ended = await run('verify --local --all --json --html report.html', { cwd: folder });
    expect(ended).toMatchObject({ code: 0, stderr: 'wrote report.html\n' });
    expect(JSON.parse(ended.stdout).roles).toHaveLength(1);
    expect(await readFile(join(folder, 'report.html'), 'utf8')).toContain(`Owner <b>${OWNER}</b>`);
    await rm(folder, { recursive: true });
  });

  it('has no colour and no movement when piped, whatever CI says', async () => {
    const { stdout, stderr } = await run('request --local --engines redis', { env: { CI: 'true' } });
    expect(stdout + stderr).not.toContain(ESCAPE);
  });

  it('on a terminal is coloured and moves; NO_COLOR takes the colour, a dumb terminal both', async () => {
    const fancy = await onTerminal('request --local --engines redis', 100);
    expect(fancy.stdout).toContain(`${ESCAPE}32mVERIFIED`);
    expect(fancy.stdout).toContain('waiting for the reply');
    const grey = await onTerminal('request --local --engines redis', 100, { NO_COLOR: '1' });
    expect(grey.stdout).not.toContain(`${ESCAPE}32m`);
    expect(grey.stdout).toContain('waiting for the reply');
    const dumb = await onTerminal('request --local --engines redis', 100, { TERM: 'dumb' });
    expect(dumb.stdout).not.toContain(ESCAPE);
    expect(dumb.stdout).not.toContain('waiting');
    expect(dumb.stdout).toContain('VERIFIED');
  });

  it.each([40, 60, 100, 200])('fits a terminal of %i columns', async (columns) => {
    const { stdout } = await onTerminal(`verify --local --requester ${REQUESTER}`, columns, { TERM: 'dumb' });
    const lines = stdout.replaceAll('\r', '').split('\n');
    // The first line is the ARN, which is for copying and never broken.
    const [first = '', ...rest] = lines;
    expect(first).toContain(`role/dms-cross-account-${REQUESTER}`);
    expect(Math.max(...rest.map((line) => line.length))).toBeLessThanOrEqual(columns);
    expect(stdout.replaceAll(/\s/g, '')).toContain('AssumeRolewithouttheexternalidwasdenied');
  });

  it('may be cut off by whoever reads', async () => {
    const ended = await runProgram(
      'bash',
      ['-c', `'${process.execPath}' '${BINARY}' policy --engines all | head -1`],
      {},
    );
    expect(ended).toEqual({ code: 0, stdout: '{\n', stderr: '' });
  });
});

describe('waiting', () => {
  const ID = 'a-request-of-the-test';

  it('that is not wanted ends at once; the reply is fetched later', async () => {
    const sent = await run(`request --local --engines redis --wait 0 --request-id ${ID}`);
    expect(sent).toMatchObject({
      code: 0,
      stdout: `sent as ${ID}\nFetch the reply with: npx dms-handshake reply ${ID} --local\n`,
    });
    const reply = await run(`reply ${ID} --local --json`);
    expect(reply.code).toBe(0);
    expect(JSON.parse(reply.stdout)).toMatchObject({ correlationid: ID, data: { status: 'verified' } });
  });

  it('in vain ends with 3 and says how to look later', async () => {
    expect(await run('reply nobody-asked --local --wait 1')).toEqual({
      code: 3,
      stdout: '',
      stderr:
        'dms-handshake: no reply to nobody-asked came within 1 s; if a request was sent under this id, its reply may still come; an id that was never sent has none. Fetch the reply with: npx dms-handshake reply nobody-asked --local\n',
    });
  });

  it('that Ctrl-C ends leaves the request and its reply as they are', async () => {
    cloud.world.weather.faults.push({
      matches: ({ operation }) => operation === 'Push',
      at: 'delayed',
      delayMs: 1_500,
    });
    const stopped = await run(`request --local --engines redis --wait 60 --request-id ${ID}-2`, {
      onStart: (child) => {
        const watch = setInterval(() => {
          if (!cloud.calls('mns').some(({ operation }) => operation === 'PublishMessage')) return;
          clearInterval(watch);
          setTimeout(() => child.kill('SIGINT'), 300);
        }, 20);
        cloud.forget();
      },
    });
    expect(stopped).toMatchObject({ code: 130, stdout: '' });
    expect(stopped.stderr).toContain(`Fetch the reply with: npx dms-handshake reply ${ID}-2 --local`);
    const reply = await run(`reply ${ID}-2 --local --json --wait 45`);
    expect(JSON.parse(reply.stdout)).toMatchObject({
      correlationid: `${ID}-2`,
      data: { status: 'verified' },
    });
  });

  it("leaves others' replies in the queue", async () => {
    const queue = cloud.requester.mns.queue(cloud.ready.replyQueue.name);
    const waiting = () => queue.messages.map(({ body }) => JSON.parse(body).correlationid).sort();
    const before = waiting();
    await run('request --local --engines redis --wait 0 --request-id theirs');
    await cloud.idle();
    await run('request --local --engines redis');
    expect(waiting()).toEqual([...before, 'theirs'].sort());
    await run('reply theirs --local');
    expect(waiting()).toEqual(before);
  });
});

describe('the local cloud of the command line', () => {
  it('is found by --local while it runs, in a file that only its user can read, and not after', async () => {
    const home = await mkdtemp(join(tmpdir(), 'dms-handshake-home-'));
    const env = { XDG_STATE_HOME: home };
    const file = join(home, 'dms-handshake', 'local.json');
    let seen: unknown;
    const ended = await runCli(['local', '--json'], {
      env,
      onStart: (child) => {
        child.stdout?.once('data', async (line: string) => {
          const { mode } = await stat(file);
          const list = await runCli(['list', '--local', '--json'], { env });
          seen = { mode: mode & 0o777, same: (await readFile(file, 'utf8')) === line, list: list.stdout };
          child.kill('SIGTERM');
        });
      },
    });
    expect(ended).toMatchObject({ code: 0, stderr: '' });
    expect(seen).toEqual({ mode: 0o600, same: true, list: '{"roles":[]}\n' });
    await expect(access(file)).rejects.toThrow('ENOENT');
    await rm(home, { recursive: true });
  });
});
