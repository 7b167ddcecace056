import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { handler as provision } from '../../../functions/provision/index.ts';
import { handler as verify } from '../../../functions/verify/index.ts';
import { OWNER, REQUESTER } from '../../kit/accounts.ts';
import { attach } from '../../kit/by-hand.ts';
import { type OwnFunctions, ownFunctions } from '../../kit/own-functions.ts';
import { ROLE } from '../../kit/roles.ts';
import { sample } from '../../kit/samples.ts';
import { HOUR } from '../../kit/time.ts';

/** The verify function as Function Compute runs it: what it publishes, to whom, what it logs, and when it gives up. */
const REPLIES = 'dms-handshake-replies';
const UPKEEP = 'dms-handshake-upkeep';
const NAME = 'dms-handshake-verify';
const LISTED = {
  requesters: [
    {
      uid: REQUESTER,
      name: 'a',
      engines: '*',
      access: ['register', 'console'],
      approval: { unless: { engines: ['redis', 'lindorm'] } },
      breakGlass: { maxHours: 4 },
      requestsPerMinute: 6_000,
    },
  ],
};
let cloud: OwnFunctions;
beforeAll(async () => {
  cloud = await ownFunctions({ requesters: LISTED });
  await granted({ engines: ['redis'] });
});
afterAll(() => cloud.close());
beforeEach(() => cloud.forget());

/** What the platform hands to verify after provision has taken a request. */
async function recordOf(body: object, topic?: string) {
  const { event, run } = cloud.message(provision, body, topic);
  return destination(event, await run());
}
const destination = (event: object, answer: unknown) => ({
  ...sample('destination-success'),
  requestPayload: JSON.stringify(event),
  responsePayload: JSON.stringify(answer),
});
const verifying = (event: unknown) => cloud.run(verify, NAME, event);
const granted = async (rest: object) => verifying(await recordOf({ requesterUid: REQUESTER, ...rest }));
const told = async () => {
  const { owner, requester } = await cloud.replies();
  const typesOf = (all: typeof owner) => all.map(({ type }) => type.split('.')[2]).sort();
  return { owner: typesOf(owner), requester: typesOf(requester) };
};
const logged = (event: string) => cloud.lines.filter((line) => line['event'] === event);
const events = () =>
  cloud.lines
    .map(({ event }) => event)
    .filter((event) => event !== 'record-write' && event !== 'provisioned');
describe('an outcome', () => {
  it('is answered to its requester, and what was said is logged', async () => {
    const record = await recordOf({ requesterUid: REQUESTER, engines: ['redis'], requestId: 'id-1' });
    cloud.lines.length = 0;
    const [reply] = (await verifying(record)) as [{ data: { status: string } }];
    expect(reply.data.status).toBe('verified');
    expect(await told()).toEqual({ owner: ['verified'], requester: ['verified'] });
    expect(cloud.lines).toEqual([
      {
        event: 'record-outcome',
        at: expect.any(String),
        requestId: 'id-1',
        requesterUid: REQUESTER,
        access: 'register',
        status: 'verified',
        before: ['redis'],
        after: ['redis'],
        changes: [],
        reference: null,
        approvedBy: null,
        problem: null,
      },
      {
        event: 'replied',
        requestId: 'id-1',
        requesterUid: REQUESTER,
        status: 'verified',
        engines: ['redis'],
        roleArn: `acs:ram::${OWNER}:role/${ROLE}`,
        problem: null,
        failedChecks: [],
        calls: 9,
        durationMs: expect.any(Number),
      },
    ]);
    expect(cloud.lines[1]?.['durationMs']).toBeLessThan(HOUR);
  });

  it('of upkeep that nobody is told of says nothing', async () => {
    const record = await recordOf({ upkeep: { role: ROLE, expired: [] } }, UPKEEP);
    cloud.lines.length = 0;
    expect(await verifying(record)).toEqual([]);
    expect([cloud.published, cloud.lines]).toEqual([[], []]);
  });

  it('of a failure is told as what the role shows, where that is what was asked for', async () => {
    const { event } = cloud.message(provision, { requesterUid: REQUESTER, engines: ['redis'] });
    await verifying(destination(event, { errorMessage: '[throttled] too much' }));
    expect(await told()).toEqual({ owner: ['verified'], requester: ['verified'] });
    const { event: other } = cloud.message(provision, { requesterUid: REQUESTER, engines: ['lindorm'] });
    await verifying(destination(other, { errorMessage: '[throttled] too much' }));
    expect(await told()).toEqual({ owner: ['failed'], requester: ['failed'] });
  });
});

/** What takes several messages: all of them go out, or the event fails and is delivered again. */
interface Several {
  readonly what: string;
  readonly make: () => Promise<object>;
  /** What is logged before the first message is refused, before the second, and so on. */
  readonly before: readonly (readonly string[])[];
  readonly owner: readonly string[];
  readonly requester: readonly string[];
  readonly log: readonly string[];
  /** The first line of these. */
  readonly line: object;
}
const SEVERAL: readonly Several[] = [
  {
    what: 'a request that waits, and one that waits no more, to requester and owner',
    make: () => recordOf({ requesterUid: REQUESTER, engines: ['gdb'], requestId: 'second' }),
    before: [[], [], ['replied'], ['replied']],
    owner: ['pending', 'pending', 'rejected', 'rejected'],
    requester: ['pending', 'rejected'],
    log: ['replied', 'record-outcome', 'replied'],
    line: { requestId: 'first', status: 'rejected', problem: 'superseded' },
  },
  {
    what: 'an emergency, to the owner once more',
    make: () => recordOf({ requesterUid: REQUESTER, engines: ['gdb'], breakGlass: 'it burns' }),
    before: [[], []],
    owner: ['break-glass', 'verified'],
    requester: ['verified'],
    log: ['break-glass', 'record-outcome', 'replied'],
    line: { requesterUid: REQUESTER, status: 'verified', engines: ['gdb', 'redis'], failedChecks: [] },
  },
  {
    what: 'a repair, to the owner once more',
    make: async () => {
      await attach(cloud);
      return recordOf({ requesterUid: REQUESTER, engines: ['redis'] });
    },
    before: [[], []],
    owner: ['changed', 'verified'],
    requester: ['verified'],
    log: ['repaired', 'record-outcome', 'replied'],
    line: {
      status: 'changed',
      problem: 'verification-failed',
      detail: expect.stringContaining('AdministratorAccess is attached (detach-policy AdministratorAccess)'),
    },
  },
];

describe('what takes several messages', () => {
  beforeAll(async () => {
    await granted({ engines: ['gdb'], requestId: 'first' });
  });

  it.each(SEVERAL)(
    'is told whole, or again: $what',
    async ({ make, before, owner, requester, log, line }) => {
      const record = await make();
      for (const [taken, written] of before.entries()) {
        await cloud.forget();
        cloud.refuse(REPLIES, taken);
        await expect(verifying(record)).rejects.toThrow(
          /^\[permission-missing\] MNS PublishMessage to dms-handshake-replies: AccessDenied/,
        );
        expect(events()).toEqual([...written, 'invocation-failed']);
        expect((await cloud.replies()).owner).toHaveLength(taken);
        cloud.recover();
      }
      await cloud.forget();
      await verifying(record);
      expect(await told()).toEqual({ owner, requester });
      expect(events()).toEqual(log);
      expect(logged(log[0] ?? '')[0]).toMatchObject(line);
    },
  );
});

describe('an event that is no outcome', () => {
  it('of the command line is answered, and what it finds is noted on the role', async () => {
    const answer = await verifying({ verify: { requesterUid: REQUESTER, access: 'register' } });
    expect(answer).toMatchObject({ roles: [{ requesterUid: REQUESTER, status: 'verified' }], total: 1 });
    expect(cloud.published).toEqual([UPKEEP]);
    expect(cloud.lines).toEqual([]);
  });

  it('of the command line is answered also where that cannot be noted', async () => {
    cloud.refuse(UPKEEP, 0);
    const answer = await verifying({ verify: { requesterUid: REQUESTER, access: 'register' } });
    cloud.recover();
    expect(answer).toMatchObject({ total: 1 });
    expect(cloud.lines).toEqual([
      {
        event: 'look-not-noted',
        detail: expect.stringMatching(/^MNS PublishMessage to dms-handshake-upkeep: AccessDenied/),
      },
    ]);
  });

  it('of the timer is a sweep, whose figures are logged', async () => {
    const before = cloud.world.journal.calls.length;
    const swept = await verifying(sample('timer'));
    expect(swept).toMatchObject({ roles: 1, failed: 0, unjudged: 0, after: null });
    const [line] = logged('swept');
    expect(line).toEqual({
      event: 'swept',
      roles: 1,
      failed: 0,
      detail: JSON.stringify(swept),
      calls: expect.any(Number),
      durationMs: expect.any(Number),
    });
    expect(line?.['calls']).toBeGreaterThan(10);
    // Besides, the test itself takes on the role of the function.
    expect(line?.['calls']).toBeLessThanOrEqual(cloud.world.journal.calls.length - before);
    expect(line?.['durationMs']).toBeLessThan(HOUR);
  });

  it('of a sweep that goes on begins after the role that it names', async () => {
    const record = await recordOf({ upkeep: { sweep: { after: 'dms-cross-account-9' } } }, UPKEEP);
    cloud.lines.length = 0;
    expect(await verifying(record)).toEqual([]);
    expect(cloud.lines).toMatchObject([{ event: 'swept', roles: 0 }]);
  });

  it('without outcomes gets an instance ready, once', async () => {
    let begun = 0;
    const note = () => {
      begun += 1;
    };
    subscribe('http.client.request.start', note);
    onTestFinished(() => void unsubscribe('http.client.request.start', note));
    const { event } = cloud.message(provision, {});
    expect(await verifying(destination(event, []))).toEqual([]);
    expect(begun).toBeLessThanOrEqual(2);
    begun = 0;
    expect(await verifying(destination(event, []))).toEqual([]);
    expect([begun, cloud.published]).toEqual([0, []]);
  });

  it.each([{}, 'hello', { verify: 7 }])('of another kind is refused: %j', async (event) => {
    await expect(verifying(event)).rejects.toThrow(
      /^\[internal\] verify takes the events of its destination, of its timer and of the command line; this is none of them$/,
    );
    expect(cloud.lines).toMatchObject([{ event: 'invocation-failed', problem: 'internal' }]);
  });
});
