import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readBlueprint } from '../../local/host/blueprint.ts';
import { type LocalCloud, startLocalCloud } from '../../local/local-cloud.ts';

const INTAKE = 'dms-handshake-intake';

let cloud: LocalCloud;
beforeEach(async () => {
  cloud = await startLocalCloud({ root: process.cwd() });
});
afterEach(() => cloud.close());

const request = (reference: string) => ({
  requesterUid: cloud.requester.uid,
  engines: ['redis'],
  reference,
});

/** As any sender can: the platform answers before the function runs. */
async function sendAsync(body: string, token: string) {
  const response = await fetch(`${cloud.ready.http}/requests`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${token}`,
      'x-fc-invocation-type': 'Async',
    },
    body,
  });
  const answer = { status: response.status, text: await response.text() };
  await cloud.idle();
  return answer;
}

const published = () => cloud.world.journal.calls.filter(({ operation }) => operation === 'PublishMessage');
const deadLetters = () => cloud.owner.mns.queue('dms-handshake-dead-letters').messages;
const replies = () => cloud.requester.mns.queue(cloud.ready.replyQueue.name).messages;
const runs = () => cloud.host.logs.filter(({ functionName }) => functionName === INTAKE);

describe('a call of the intake that its sender made asynchronous', () => {
  it('by a stranger is accepted by the platform, runs once and publishes nothing', async () => {
    expect(await sendAsync(JSON.stringify(request('x')), 'wrong')).toEqual({ status: 202, text: '' });
    expect(runs()).toHaveLength(1);
    expect([published().length, replies().length, deadLetters().length]).toEqual([0, 0, 0]);
    expect(cloud.host.undelivered).toEqual([]);
  });

  it('by a client is published once', async () => {
    await sendAsync(JSON.stringify(request('once')), cloud.httpToken);
    const own = published().filter(({ caller }) => JSON.stringify(caller).includes(INTAKE));
    expect(own).toHaveLength(1);
    expect(replies().map(({ body }) => JSON.parse(body).data.reference)).toEqual(['once']);
  });

  it('is not run again when it is killed after it has published, and tells nobody what it held', async () => {
    cloud.world.weather.killAt({ role: INTAKE, call: 1, when: 'after' });
    await sendAsync(JSON.stringify(request('killed')), cloud.httpToken);
    expect(cloud.world.weather.killsPending).toBe(0);
    expect(replies().map(({ body }) => JSON.parse(body).data.reference)).toEqual(['killed']);
    expect(deadLetters()).toHaveLength(0);
    expect(JSON.stringify([cloud.host.logs, cloud.host.undelivered])).not.toContain(cloud.httpToken);
  });

  it.each([
    ['no JSON', '{'],
    ['an event of its own making', '{"timestamp":1,"requestContext":{},"requestPayload":"{}"}'],
    ['100 KB', JSON.stringify({ engines: 'x'.repeat(100_000) })],
  ])('with %s runs once and goes nowhere', async (_what, body) => {
    expect((await sendAsync(body, cloud.httpToken)).status).toBe(202);
    expect(runs()).toHaveLength(1);
    expect([published().length, replies().length, deadLetters().length]).toEqual([0, 0, 0]);
  });
});

it('a function with a door to the internet is retried never and has no destination', () => {
  const { functions } = readBlueprint(readFileSync('s.yaml', 'utf8'), { OWNER_UID: '2000000000000002' });
  const open = functions.filter(({ triggers }) => triggers.some(({ triggerType }) => triggerType === 'http'));
  expect(open.map(({ functionName }) => functionName)).toEqual([INTAKE]);
  for (const { asyncInvokeConfig } of open)
    expect(asyncInvokeConfig).toMatchObject({ maxAsyncRetryAttempts: 0, destinationConfig: {} });
});
