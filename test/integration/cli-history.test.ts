import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TRAIL_NOTE } from '../../cli/history/from-trail.ts';
import { historyOf } from '../../cli/history/history.ts';
import { asCsv, asTable } from '../../cli/history/show.ts';
import { terminal } from '../../cli/ui/terminal.ts';
import { historyReportSchema } from '../../events/report.ts';
import { REQUESTER } from '../kit/accounts.ts';
import { runCli, stateFile } from '../kit/cli.ts';
import { callCli } from '../kit/cli-in-process.ts';
import { VERIFY_ROLE } from '../kit/roles.ts';
import { type TestCloud, testCloud } from '../kit/test-cloud.ts';
import { siteFor } from '../rights/errand.ts';

let cloud: TestCloud;
let state: Awaited<ReturnType<typeof stateFile>>;

const run = (line: string) => callCli(line.split(' '), { env: { DMS_HANDSHAKE_LOCAL: state.file } });
const ENDS = '2099-01-31T00:00:00.000Z';

beforeAll(async () => {
  cloud = await testCloud({ environment: { PATIENCE_SECONDS: '0' } });
  state = await stateFile(cloud.ready);
  const ask = (body: object) => cloud.ask({ requesterUid: REQUESTER, ...body });
  await ask({ engines: ['redis'], requestId: 'c-1', reference: '=SUM(A1), "OPS-7"' });
  await ask({ engines: ['gdb'], requestId: 'c-2', expiresAt: ENDS });
  await ask({ engines: ['oracle-on-a-napkin'], requestId: 'c-3' });
  await ask({ action: 'revoke', engines: ['redis'], requestId: 'c-4' });
});
afterAll(async () => {
  await cloud.close();
  await state.remove();
});

const events = async (options = '') => {
  const { stdout, code } = await run(`history --local --json${options}`);
  expect(code).toBe(0);
  return historyReportSchema.parse(JSON.parse(stdout)).events;
};

describe('history', () => {
  it('says what every request changed, the refused one too, oldest first', async () => {
    expect(
      (await events()).map(({ requestId, status, before, after, problem }) => [
        requestId,
        status,
        before,
        after,
        problem?.code ?? null,
      ]),
    ).toEqual([
      ['c-1', 'verified', [], ['redis'], null],
      ['c-2', 'verified', ['redis'], [`gdb until ${ENDS}`, 'redis'], null],
      ['c-3', 'rejected', null, null, 'unknown-engine'],
      ['c-4', 'revoked', [`gdb until ${ENDS}`, 'redis'], [`gdb until ${ENDS}`], null],
    ]);
  });

  it('is narrowed by requester, engine and time', async () => {
    expect(await events(' --requester 1000000000000099')).toEqual([]);
    expect((await events(' --engine gdb')).map(({ requestId }) => requestId)).toEqual(['c-2', 'c-4']);
    expect(await run('history --local --since 2098-01-01T00:00Z')).toMatchObject({ code: 2 });
    expect(await run('history --local --since yesterday')).toMatchObject({ code: 2 });
    expect(await run('history --local --csv --json')).toMatchObject({ code: 2 });
  });

  it('is a table that no spreadsheet takes for formulas', async () => {
    const { stdout } = await runCli(['history', '--local', '--csv'], {
      env: { DMS_HANDSHAKE_LOCAL: state.file },
    });
    const [head, first] = stdout.split('\r\n');
    expect(head).toBe(
      'at,requestId,requesterUid,access,status,before,after,reference,approvedBy,problem,breakGlass,call,target,by',
    );
    expect(first).toMatch(/,c-1,1000000000000001,register,verified,,redis,"'=SUM\(A1\), ""OPS-7""",,,,,,$/);
  });

  it('is a table for people: what came, what went, and why', async () => {
    const { stdout } = await run('history --local');
    expect(stdout).toMatch(/verified {2}c-1 \(=SUM\(A1\), "OPS-7"\)\n +\+ redis\n/);
    expect(stdout).toMatch(/revoked {3}c-4\n +- redis\n/);
  });

  it('has a write that nobody answered for, with what the next look found', async () => {
    const line = { event: 'record-write', requestId: 'm-9', requesterUid: REQUESTER, access: 'register' };
    const time = cloud.world.clock.now() + 1;
    const message = JSON.stringify({
      ...line,
      at: new Date(time).toISOString(),
      before: ['x'],
      after: ['y'],
    });
    cloud.owner.sls.add('dms-handshake-local', 'dms-handshake', {
      time,
      topic: 'FCLogs:dms-handshake-provision',
      fields: { message },
    });
    // Another function's words, and words of a requester, make no history.
    cloud.owner.sls.add('dms-handshake-local', 'dms-handshake', {
      time,
      topic: 'FCLogs:dms-handshake-intake',
      fields: { message },
    });
    const last = (await events()).filter(({ status }) => status === 'unanswered');
    expect(last).toMatchObject([{ requestId: 'm-9', before: ['x'], after: [`gdb until ${ENDS}`] }]);
  });

  it('where logs are off is what ActionTrail has, and says what that is worth', async () => {
    const verify = cloud.owner.fc.function(VERIFY_ROLE);
    const { revision } = verify;
    const { logConfig: _, ...settings } = revision.settings;
    verify.revision = { ...revision, settings };
    const notes: string[] = [];
    const site = siteFor(cloud, cloud.ready.owner);
    // Calls are spaced by half a second, which nobody has to wait for here.
    const clock = { ...site.clock, now: site.clock.now, sleep: async () => undefined };
    const found = await historyOf({ ...site, clock }, {}, (note) => notes.push(note));
    expect(found[0]).toMatchObject({ status: 'written', requesterUid: REQUESTER, before: null, after: null });
    expect(asCsv(found)).toContain('dms-cross-account-1000000000000001,dms-handshake-provision:');
    expect(asTable(found, terminal({}, {}))).toContain(
      'CreateRole of dms-cross-account-1000000000000001, by',
    );
    expect(notes).toEqual([TRAIL_NOTE]);
    expect(await run('history --local --engine redis')).toEqual({
      code: 1,
      stdout: '',
      stderr:
        'dms-handshake: the functions write no logs, and ActionTrail does not know which engines a write was about: leave --engine out, or deploy with LOG_PROJECT\n',
    });
    for (const logConfig of [
      { project: 'p', logstore: '' },
      { project: '', logstore: 'l' },
    ]) {
      verify.revision = { ...revision, settings: { ...settings, logConfig } };
      expect((await run('history --local --engine redis')).stderr).toContain('the functions write no logs');
    }
    verify.revision = revision;
  });
});
