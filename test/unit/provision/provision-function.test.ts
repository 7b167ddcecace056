import { randomInt } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { handler as provision } from '../../../functions/provision/index.ts';
import { type OwnFunctions, ownFunctions } from '../../kit/own-functions.ts';

/**
 * The provision function as Function Compute runs it: what it returns, what it logs, and what it leaves to the
 * platform.
 */
const NAME = 'dms-handshake-provision';
/** Another one in each process that runs this: the function counts what an account asks for within a minute. */
let UID = '';
let cloud: OwnFunctions;
beforeAll(async () => {
  UID = String(randomInt(1e14, 2e14));
  const listed = { uid: UID, name: 'a', engines: '*', access: ['register'], requestsPerMinute: 3 };
  cloud = await ownFunctions({ requesterUid: UID, requesters: { requesters: [listed] } });
  await cloud.message(provision, { requesterUid: UID, engines: ['redis'] }).run();
});
afterAll(() => cloud.close());
beforeEach(() => cloud.forget());

describe('an event of a topic', () => {
  it('is answered with its outcome, and what was done is logged', async () => {
    const body = { requesterUid: UID, engines: ['gdb'], requestId: 'id-1' };
    const before = cloud.world.journal.calls.length;
    const outcomes = await cloud.message(provision, body).run();
    expect(outcomes).toMatchObject([{ result: 'applied', requestId: 'id-1', engines: ['gdb', 'redis'] }]);
    const lines = cloud.lines.filter(({ event }) => event !== 'record-write');
    const { calls, durationMs } = lines[0] ?? {};
    expect(calls).toBe(cloud.world.journal.calls.length - before);
    expect(durationMs).toBeLessThan(3_600_000);
    expect(lines).toEqual([
      {
        event: 'provisioned',
        requestId: 'id-1',
        requesterUid: UID,
        status: 'applied',
        engines: ['gdb', 'redis'],
        problem: null,
        writes: expect.any(Number),
        calls: expect.any(Number),
        durationMs: expect.any(Number),
      },
    ]);
    const written = cloud.lines.filter(({ event }) => event === 'record-write');
    expect(written).toMatchObject([
      { before: ['redis'], after: ['gdb', 'redis'] },
      { requestId: 'id-1', before: ['gdb', 'redis'], after: ['gdb', 'redis'], settled: true },
    ]);
  });

  it('that comes again where no more are taken is passed over, and the log says so', async () => {
    const { run, event } = cloud.message(provision, { requesterUid: UID, engines: ['rds'] });
    await run();
    cloud.lines.length = 0;
    expect(await run()).toEqual([]);
    expect(cloud.lines).toEqual([{ event: 'copy-passed-over', requestId: Reflect.get(event, 'MessageId') }]);
  });

  it('that is refused leaves no line of a record, which is as it was', async () => {
    const body = { requesterUid: UID, access: 'console', requestId: 'id-2' };
    expect(await cloud.message(provision, body).run()).toMatchObject([{ result: 'rejected' }]);
    expect(cloud.lines).toMatchObject([{ event: 'provisioned', status: 'rejected', calls: 0 }]);
  });

  it('of none is refused under the id of the invocation', async () => {
    const outcomes = await cloud.run(provision, NAME, { some: 'thing' });
    expect(outcomes).toMatchObject([
      { result: 'rejected', requestId: expect.stringMatching(/^1-/), problem: { code: 'invalid-request' } },
    ]);
  });
});

describe('requesters.json that cannot be used', () => {
  beforeEach(() => {
    vi.stubEnv('REQUESTERS_FILE', 'package.json');
    vi.stubEnv('FC_FUNC_CODE_PATH', process.cwd());
  });
  afterEach(() => {
    vi.stubEnv('REQUESTERS_FILE', cloud.ready.requestersFile ?? '');
    vi.stubEnv('FC_FUNC_CODE_PATH', undefined);
  });
  const large = (length: number) => ({
    requesterUid: UID,
    engines: ['redis'],
    reference: 'x'.repeat(length),
  });

  it.each([
    ['the first delivery', 0, 10],
    ['the last one, which the platform tells verify of', 3, 10],
    ['one that is not the last, however large', 2, 130_000],
  ])('is thrown on %s', async (_what, attempt, length) => {
    const { event } = cloud.message(provision, large(length));
    await expect(cloud.run(provision, NAME, event, attempt)).rejects.toThrow(/^\[internal\] .*package\.json/);
  });

  it('is handed over by provision itself where the last event is too large for the platform', async () => {
    const { event } = cloud.message(provision, large(130_000));
    await expect(cloud.run(provision, NAME, event, 3)).rejects.toThrow(/InvokeFunction: FunctionNotFound/);
  });
});
