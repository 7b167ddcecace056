import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { handler as intake } from '../../../functions/intake/index.ts';
import { REQUESTER } from '../../kit/accounts.ts';
import { eventOf, TOKEN } from '../../kit/intake.ts';
import { type OwnFunctions, ownFunctions } from '../../kit/own-functions.ts';

/** The intake function as Function Compute runs it: what it publishes, what it answers, and what it logs. */
const TOPIC = 'dms-handshake-requests';
let cloud: OwnFunctions;
beforeAll(async () => {
  const listed = { uid: REQUESTER, name: 'a', engines: '*', access: ['register'] };
  const client = (name: string, secretEnv: string) => ({
    name,
    requesters: [REQUESTER],
    auth: { type: 'bearer', secretEnv },
  });
  const clients = [client('jira', 'JIRA_TOKEN'), client('forgotten', 'NOT_SET')];
  cloud = await ownFunctions({ requesters: { requesters: [listed], clients } }, { JIRA_TOKEN: TOKEN });
});
afterAll(() => cloud.close());
beforeEach(() => cloud.forget());

const post = async (body: object, authorization = `Bearer ${TOKEN}`) => {
  const headers = { 'content-type': 'application/json', authorization, 'idempotency-key': 'key-12345678' };
  const event = eventOf('POST', '/requests', { headers, body: JSON.stringify(body) });
  const answer = Object(await cloud.run(intake, 'dms-handshake-intake', event));
  return { status: answer.statusCode, ...JSON.parse(answer.body) };
};
const UNUSABLE = {
  event: 'client-unusable',
  detail: 'client forgotten: the environment variable NOT_SET is not set',
};
const GOOD = { requesterUid: REQUESTER, engines: ['redis'] };

describe('the function for ticket systems', () => {
  it('tells where a request could not be published, and takes the same key again', async () => {
    cloud.refuse(TOPIC, 0);
    const answer = await post(GOOD);
    cloud.recover();
    expect(answer).toMatchObject({ status: 503, code: 'internal', retryable: true });
    expect(cloud.lines).toEqual([
      UNUSABLE,
      {
        event: 'answered',
        status: '503',
        problem: 'internal',
        detail: expect.stringMatching(/^MNS PublishMessage to dms-handshake-requests: AccessDenied/),
        calls: 1,
        durationMs: expect.any(Number),
      },
    ]);
  });

  it('publishes a request and answers, and a copy is answered alike and not published', async () => {
    const taken = { status: 'accepted', requestId: 'key-12345678' };
    expect(await post(GOOD)).toEqual(taken);
    expect(await post(GOOD)).toEqual(taken);
    expect(cloud.published).toEqual([TOPIC]);
    const told = {
      event: 'answered',
      requestId: 'key-12345678',
      requesterUid: REQUESTER,
      engines: ['redis'],
      detail: 'client jira',
      status: '202',
      problem: null,
      durationMs: expect.any(Number),
    };
    expect(cloud.lines).toEqual([UNUSABLE, { ...told, calls: 1 }, UNUSABLE, { ...told, calls: 0 }]);
    for (const { durationMs } of cloud.lines) expect(Number(durationMs ?? 0)).toBeLessThan(3_600_000);
  });

  it('asks nobody for what it refuses', async () => {
    expect(await post(GOOD, 'Bearer wrong')).toMatchObject({ status: 401, code: 'signature-invalid' });
    expect(cloud.published).toEqual([]);
    expect(cloud.lines).toEqual([
      UNUSABLE,
      {
        event: 'answered',
        status: '401',
        problem: 'signature-invalid',
        calls: 0,
        durationMs: expect.any(Number),
      },
    ]);
  });
});
