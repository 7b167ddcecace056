import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { type Match, on } from '../../local/testing/stub.ts';
import { type Built, openBuilt, VERIFY } from '../chaos/built.ts';
import { OWNER, REQUESTER } from '../kit/accounts.ts';
import { attach } from '../kit/by-hand.ts';
import { ROLE } from '../kit/roles.ts';
import { sample } from '../kit/samples.ts';

/** Nothing that verify says is lost: where a topic refuses it, the invocation fails, and the platform has it again. */

const grant = { requesterUid: REQUESTER, engines: ['redis'] };

let built: Built;
beforeAll(async () => {
  built = await openBuilt({ environment: { PATIENCE_SECONDS: '0' } });
});
afterAll(() => built.close());
beforeEach(async () => {
  await built.renew();
  built.publish(grant);
  await built.settle();
  built.forgetSoFar();
});

/** Refuses the publishing to a topic from the nth on. */
const refuse = (topic: string, from = 1) => {
  let count = 0;
  const matches: Match = ({ input }) => {
    if (!JSON.stringify(input).includes(topic)) return false;
    count += 1;
    return count >= from;
  };
  on(built.world, 'mns', 'PublishMessage', matches).rejects('AccessDenied');
};
const logged = (event: string) => built.logs().filter(({ line }) => line.includes(`"event":"${event}"`));
const statuses = () => built.everyReply().map(({ data }) => data.status);

/** The event that verify gets with such an outcome. */
const eventOf = (...outcomes: readonly object[]) =>
  Buffer.from(
    JSON.stringify({ ...sample('destination-success'), responsePayload: JSON.stringify(outcomes) }),
  );
const record = {
  record: { 'dms-engine-redis': 'granted 2026-11-23T10:03:52.000Z' },
  engines: ['redis'],
  after: ['redis'],
};
const plain = { ...sample('outcome'), ...record };
const left = {
  ...plain,
  left: { requestId: 'r-0', digest: 'x'.repeat(43), why: 'replaced' },
};
const repaired = {
  ...plain,
  changes: [{ check: 'policies-attached', before: 'x was attached', after: 'detach-policy x', asked: false }],
};

/** Runs verify as the platform does, and once only. `atEnd` looks at the moment at which the answer is there. */
const invoke = (payload: Buffer, { clock, host }: Built = built, atEnd: () => void = () => undefined) =>
  clock.during(host.invoke({ accountId: OWNER, functionName: VERIFY, payload }).finally(atEnd));

describe('what the reply topic refuses fails the invocation', () => {
  it.each([
    ['the reply', plain, 1, []],
    ['that a request waits no more', left, 1, []],
    ['the same to the other side', left, 2, ['rejected']],
    ['what was repaired on the way', repaired, 2, ['verified']],
  ])('%s', async (_what, outcome, from, told) => {
    refuse(built.ready.replyTopic, from);
    expect(await invoke(eventOf(outcome))).toMatchObject({ errorType: expect.anything() });
    expect(logged('invocation-failed')).toHaveLength(1);
    expect(new Set(statuses())).toEqual(new Set(told));
  });

  it('and where it is taken, all of it is there when the invocation ends', async () => {
    const { errorType } = await invoke(eventOf({ ...left, changes: repaired.changes }));
    expect(errorType).toBeNull();
    expect(new Set(statuses())).toEqual(new Set(['rejected', 'verified', 'changed']));
  });
});

describe('what the topic of upkeep refuses', () => {
  const report = Buffer.from(JSON.stringify({ verify: { requesterUid: REQUESTER, access: 'register' } }));

  const notes = () => [...(built.owner.ram.findRole(ROLE)?.tags.values() ?? [])].join();

  it.each([
    ['on the command line', report],
    ['in a request', eventOf({ ...plain, action: 'verify', result: 'report' })],
  ])('is logged where somebody has asked %s, before the answer is there', async (_where, asked) => {
    await attach(built);
    refuse('dms-handshake-upkeep');
    let lines = 0;
    await invoke(asked, built, () => {
      lines = logged('look-not-noted').length;
    });
    expect(lines).toBe(1);
    expect(notes()).not.toContain('seen:');
  });

  it('is noted on the role where it is taken', async () => {
    await attach(built);
    await invoke(report);
    await built.settle();
    expect(notes()).toContain('seen:f~');
    expect(logged('look-not-noted')).toEqual([]);
  });

  it('fails a sweep', async () => {
    await attach(built);
    refuse('dms-handshake-upkeep');
    expect(await invoke(Buffer.from(JSON.stringify(sample('timer'))))).toMatchObject({
      errorType: expect.anything(),
    });
    expect(logged('swept')).toEqual([]);
  });
});

describe('when an invocation ends', () => {
  it('the sweep that it goes on with has ended', async () => {
    const requestPayload = JSON.stringify({
      ...sample('topic'),
      TopicName: 'dms-handshake-upkeep',
      Message: JSON.stringify(sample('upkeep-sweep')),
    });
    const responsePayload = JSON.stringify([sample('outcome-sweep')]);
    const event = { ...sample('destination-success'), requestPayload, responsePayload };
    let lines = 0;
    await invoke(Buffer.from(JSON.stringify(event)), built, () => {
      lines = logged('swept').length;
    });
    expect(lines).toBe(1);
  });

  it('the instance is prepared, if that is what it was for', async () => {
    const cold = await openBuilt({});
    onTestFinished(() => cold.close());
    let begun = 0;
    const note = () => {
      begun += 1;
    };
    subscribe('http.client.request.start', note);
    onTestFinished(() => void unsubscribe('http.client.request.start', note));
    let calls = 0;
    await invoke(eventOf(), cold, () => {
      calls = begun;
    });
    expect(calls).toBe(2);
  });
});

describe('an outcome that is too large for the platform’s record', () => {
  // One call wakes verify, each of four deliveries hands over one time, and the last once more when it gives up.
  it.each([
    [5, ['verified']],
    [6, []],
  ])('and whose handing over is refused %i times is answered with %j', async (times, told) => {
    const cold = await openBuilt({ environment: { PATIENCE_SECONDS: '0' } });
    onTestFinished(() => cold.close());
    on(cold.world, 'fc', 'InvokeFunction').rejects('AccessDenied', { times });
    cold.publish(`${'\n'.repeat(60_000)}${JSON.stringify(grant)}`);
    await cold.settle();
    expect(cold.everyReply().map(({ data }) => data.status)).toEqual(told);
  });
});
