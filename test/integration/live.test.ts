import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { STEPS } from '../../cli/doctor/live/run.ts';
import type { Check } from '../../events/check.ts';
import { doctorReportSchema } from '../../events/report.ts';
import type { PolicyDocument } from '../../local/cloud/caller.ts';
import { ApiError } from '../../local/cloud/error.ts';
import { beliefs } from '../../scripts/docs/beliefs.ts';
import { OWNER } from '../kit/accounts.ts';
import { type RunOptions, runCli, stateFile } from '../kit/cli.ts';
import { liveIn } from '../kit/live.ts';
import { type TestCloud, testCloud } from '../kit/test-cloud.ts';

let cloud: TestCloud;
let live: Awaited<ReturnType<typeof liveIn>>['live'];
let only: Awaited<ReturnType<typeof liveIn>>['only'];
let everything: Awaited<ReturnType<typeof liveIn>>['everything'];
let state: Awaited<ReturnType<typeof stateFile>>;

beforeAll(async () => {
  cloud = await testCloud();
  ({ live, only, everything } = await liveIn(cloud));
  state = await stateFile(cloud.ready);
});
afterEach(() => cloud.world.weather.reset());
afterAll(async () => {
  await cloud.close();
  await state.remove();
});

/** Without the function, whose event takes two seconds to be given up. */
const quick = (over: Parameters<typeof live>[0] = {}) =>
  live({ steps: STEPS.filter(({ name }) => name !== 'functions'), ...over });
const told = (checks: readonly Check[], status: Check['status']) =>
  checks.filter((check) => check.status === status).map(({ id }) => id);
const belief = (checks: readonly Check[], id: string) => checks.find((check) => check.id === `belief:${id}`);

describe('a step of a live run', () => {
  it.each(STEPS.map(({ name, after }, index) => [name, after, index] as const))(
    '%s stands on steps that come before it',
    (_name, after, index) => {
      const before = STEPS.slice(0, index).map(({ name }) => name);
      expect(after.filter((name) => !before.includes(name))).toEqual([]);
    },
  );
});

describe('a live run, under roles that may do just that', () => {
  it('makes, proves and takes back a grant, leaves nothing, and tells of every belief that it can look at', async () => {
    const before = everything();
    cloud.owner.sls.add('ops', 'dms-handshake', { time: 0, topic: '', fields: {} });
    const log = { project: 'ops', logstore: 'dms-handshake' };
    const checks = await live({ log });
    expect(told(checks, 'fail')).toEqual([]);
    expect(everything()).toEqual(before);
    const inferred = beliefs().filter(({ shownBy }) => shownBy?.kind === 'live');
    const open = inferred.filter(({ id }) => belief(checks, id)?.status !== 'pass').map(({ id }) => id);
    // DMS of the local cloud has a tenant in both accounts, and its RAM throttles nobody who did not ask for that.
    expect(open.filter((id) => id !== 'ram-rates').sort()).toEqual(['dms-tenant', 'throttle-status']);
    expect(cloud.requester.dms.instances).toEqual([]);
  });

  it('without keys of account A leaves out what needs them', async () => {
    const before = everything();
    const checks = await quick({ requester: null });
    expect(told(checks, 'fail')).toEqual([]);
    expect(told(checks, 'skip')).toEqual(
      expect.arrayContaining([
        'live:requests',
        'live:replies',
        'live:dms',
        'live:registration',
        'belief:push-with-role',
      ]),
    );
    expect(everything()).toEqual(before);
  });
});

describe('a belief that does not hold', () => {
  const broken = (operation: string, code: string, status: number) =>
    cloud.world.weather.faults.push({
      matches: (call) => call.operation === operation,
      at: 'before',
      error: new ApiError(status, code, 'No.'),
      times: Number.POSITIVE_INFINITY,
    });

  it.each([
    ['an engine that refuses in unknown words', 'GetLindormInstanceList', 'Nope', 400, 'harmless-codes'],
    ['an address that DMS does not know', 'GetInstance', 'NoSuchThing', 404, 'dms-not-registered'],
    ['Graph Database under another prefix', 'DescribeDBInstances', 'NoPermission', 403, 'gdb-prefix'],
  ])('%s: is told, and all is cleaned up', async (_what, operation, code, status, id) => {
    const before = everything();
    broken(operation, code, status);
    const checks = await quick();
    expect(belief(checks, id)).toMatchObject({ status: 'fail', detail: expect.stringContaining(code) });
    expect(everything()).toEqual(before);
  });

  it('an address that DMS registers all the same is told, and taken off the list', async () => {
    const { dms } = cloud.requester;
    const known = dms.instances.length;
    // By the time that DMS enters the role, it may do everything.
    const open: PolicyDocument = {
      Version: '1',
      Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
    };
    cloud.world.weather.faults.push({
      matches: ({ operation }) => {
        const { policies } = cloud.owner.ram;
        const found = [...policies.values()].find(({ name }) => name.endsWith('dms-cross-account-refused'));
        if (operation === 'AddInstance' && found !== undefined)
          found.versions = found.versions.map((version) => ({ ...version, parsed: open }));
        return false;
      },
      at: 'before',
      error: new ApiError(500, 'Never', 'No.'),
      times: 1,
    });
    const checks = await only('registration');
    expect(told(checks, 'fail')).toEqual(['live:registration']);
    expect(dms.instances).toHaveLength(known);
  });

  it('a run whose own keys may not register tells that, and nothing of DMS', async () => {
    cloud.world.weather.faults.push({
      matches: ({ operation }) => operation === 'AddInstance',
      at: 'before',
      error: new ApiError(403, 'NoPermission', 'No.', { AuthAction: 'dms:AddInstance' }),
      times: Number.POSITIVE_INFINITY,
    });
    const checks = await only('registration');
    expect(told(checks, 'fail')).toEqual(['live:registration']);
  });

  it('a log that is not there fails its step, and one that may not be read its belief', async () => {
    const steps = STEPS.filter(({ name }) => name === 'logs');
    const none = await live({ steps, log: { project: 'ops', logstore: 'dms-handshake-none' } });
    expect(told(none, 'fail')).toEqual(['live:logs']);
    const other = await live({ steps, log: { project: 'ops', logstore: 'other' } });
    expect(belief(other, 'read-logs')).toMatchObject({ status: 'fail' });
  });

  it('a step that fails leaves its beliefs open, and nothing behind', async () => {
    const before = everything();
    broken('Subscribe', 'InternalTrouble', 400);
    const checks = await quick();
    expect(told(checks, 'fail')).toEqual(['live:replies']);
    expect(belief(checks, 'push-with-role')?.status).toBe('skip');
    expect(everything()).toEqual(before);
  });

  it('without a grant nothing is taken away: that step says what it needs', async () => {
    const steps = STEPS.filter(({ name }) => ['roles', 'grant', 'revoke'].includes(name)).map((step) =>
      step.name === 'grant' ? { ...step, run: () => Promise.reject(new Error('no grant')) } : step,
    );
    const checks = await live({ steps });
    expect(checks.find(({ id }) => id === 'live:grant')).toMatchObject({
      status: 'fail',
      detail: 'no grant',
    });
    expect(checks.find(({ id }) => id === 'live:revoke')).toMatchObject({
      status: 'skip',
      detail: 'needs what "grant" was to make',
    });
  });

  it('a role that is not closed when it should be fails the step that closes it, which says why', async () => {
    const before = everything();
    const steps = STEPS.filter(({ name }) => ['roles', 'grant', 'revoke'].includes(name));
    // Somebody else trusts DMS again before verify looks, which begins with whom it is.
    let granted: string | null = null;
    cloud.world.weather.faults.push({
      matches: ({ operation }) => {
        const role = [...cloud.owner.ram.roles.values()].find(({ name }) =>
          /-dms-cross-account-\d/.test(name),
        );
        if (role?.trust.includes('dms.aliyuncs.com') === true) granted = role.trust;
        else if (role !== undefined && granted !== null && operation === 'GetCallerIdentity')
          role.trust = granted;
        return false;
      },
      at: 'before',
      error: new ApiError(500, 'Never', 'No.'),
      times: 1,
    });
    const checks = await live({ steps });
    expect(checks.find(({ id }) => id === 'live:revoke')).toMatchObject({
      status: 'fail',
      detail: expect.stringMatching(/^the closed role is not what it should be: trust-dms: Allow /),
    });
    expect(everything()).toEqual(before);
  });

  it('what cannot be taken away is named', async () => {
    broken('DeleteTopic', 'AccessDenied', 403);
    const left = (await quick()).find(({ id }) => id === 'live:clean-up');
    expect(left).toMatchObject({
      status: 'fail',
      detail: expect.stringMatching(/topic dmshs-live-\w+-dms-handshake-/),
    });
    for (const name of [...cloud.owner.mns.topics.keys()].filter((one) => one.startsWith('dmshs-live-')))
      cloud.owner.mns.topics.delete(name);
  });

  it('an abort on the way ends it, and nothing is left', async () => {
    const before = everything();
    const abort = new AbortController();
    const checks = await quick({
      signal: abort.signal,
      say: (what) => (what.startsWith('engines taken away') ? abort.abort() : undefined),
    });
    expect(told(checks, 'pass')).toContain('live:grant');
    expect(told(checks, 'skip')).toContain('live:revoke');
    expect(everything()).toEqual(before);
  });
});

describe('doctor --live, as built', () => {
  const run = (line: string, options: RunOptions = {}) =>
    runCli(line.split(' '), { ...options, env: { DMS_HANDSHAKE_LOCAL: state.file, ...options.env } });

  it('prints every belief, and ends with 0', async () => {
    const ended = await run('doctor --local --live --json');
    expect(ended).toMatchObject({ code: 0, stderr: '' });
    const { checks } = doctorReportSchema.parse(JSON.parse(ended.stdout));
    expect(checks.filter(({ id }) => id.startsWith('belief:'))).toHaveLength(beliefs().length);
  });

  it('Ctrl-C: cleans up, and ends with 130', async () => {
    const before = everything();
    const ended = await run('doctor --local --live', {
      onStart: (child) => {
        const wait = setInterval(() => {
          if (![...cloud.owner.ram.roles.keys()].some((name) => name.includes('dms-cross-account-'))) return;
          clearInterval(wait);
          child.kill('SIGINT');
        }, 5);
      },
    });
    expect(ended.code).toBe(130);
    const [, count, ...told] =
      /\n\n(\d+) beliefs: (\d+) held, (\d+) did not, (\d+) were not told\n$/.exec(ended.stdout) ?? [];
    expect(Number(count)).toBe(beliefs().length);
    expect(told.reduce((sum, number) => sum + Number(number), 0)).toBe(beliefs().length);
    expect(everything()).toEqual(before);
  });

  it('needs to know account A', async () => {
    const ended = await run('doctor --live', { env: { OWNER_UID: OWNER } });
    expect(ended).toMatchObject({ code: 1, stdout: '' });
  });
});
