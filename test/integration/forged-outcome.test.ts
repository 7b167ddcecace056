import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OWNER, REQUESTER } from '../kit/accounts.ts';
import { sample } from '../kit/samples.ts';
import { type TestCloud, testCloud } from '../kit/test-cloud.ts';

/** Who may invoke verify can hand it an outcome that provision never made. No word of it reaches anybody. */

const WORD = 'FORGED';
const role = `dms-cross-account-${REQUESTER}`;
const claims = {
  ...sample('outcome'),
  requestId: WORD,
  fingerprint: WORD,
  reference: `${WORD} ticket`,
  engines: [WORD],
  connections: [WORD],
  revoked: [WORD],
  record: { [`dms-engine-${WORD}`]: `granted ${WORD}` },
  changedAt: 8e15,
  changes: [{ check: WORD, before: `${WORD} was here`, after: `call ${WORD}`, asked: false }],
  problem: { code: 'superseded', title: WORD, detail: `${WORD} call 555`, retryable: false },
};

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await testCloud({ environment: { PATIENCE_SECONDS: '0' } });
  await cloud.ask({ requesterUid: REQUESTER, engines: ['redis'] });
});
afterAll(() => cloud.close());

/** What verify replies to a record of that event and that answer. */
async function repliesTo(message: object | null, answer: object) {
  const event = {
    ...sample('topic'),
    Message: JSON.stringify(message),
    PublishTime: cloud.world.clock.now(),
  };
  const record = {
    ...sample('destination-success'),
    requestPayload: message === null ? '' : JSON.stringify(event),
    responseContext: { statusCode: 200, functionError: WORD },
    responsePayload: JSON.stringify(answer),
  };
  const { errorType } = await cloud.host.invoke({
    accountId: OWNER,
    functionName: 'dms-handshake-verify',
    payload: Buffer.from(JSON.stringify(record)),
  });
  expect(errorType).toBeNull();
  return cloud.replies();
}

const request = { requesterUid: REQUESTER, engines: ['redis'], requestId: 'mine', reference: 'ticket 7' };
const unread = { requesterUid: REQUESTER, engines: ['redos'], requestId: 'mine' };

describe('a forged outcome', () => {
  it.each<[what: string, message: object | null, answer: object]>([
    ['of a grant', request, [{ ...claims, result: 'applied' }]],
    ['of a refusal', request, [{ ...claims, result: 'rejected' }]],
    ['of a failure', request, [{ ...claims, result: 'failed' }]],
    ['of a refusal that says something else', unread, [{ ...claims, result: 'rejected' }]],
    ['of upkeep', request, [{ ...claims, action: 'upkeep', result: 'applied' }]],
    ['without the event', null, [{ ...claims, result: 'applied' }]],
    ['of a refusal, without the event', null, [{ ...claims, result: 'rejected' }]],
    ['of a thrown error', request, { errorMessage: `[throttled] ${WORD}` }],
    ['of several', request, [claims, claims, claims]],
  ])('%s leaves no word in any reply', async (_what, message, answer) => {
    const replies = await repliesTo(message, answer);
    const [reply = {}] = replies;
    expect(
      Object.entries(Reflect.get(reply, 'data') ?? {}).filter(([, value]) =>
        JSON.stringify(value).includes(WORD),
      ),
    ).toEqual([]);
    expect(JSON.stringify(replies)).not.toContain(WORD);
    for (const { data } of replies) expect(data.requesterUid).toBe(REQUESTER);
  });

  it('of a grant is answered with what verify found', async () => {
    const [reply] = await repliesTo(request, [{ ...claims, result: 'applied', problem: null, changes: [] }]);
    expect(reply?.data).toMatchObject({
      status: 'verified',
      requestId: 'mine',
      reference: 'ticket 7',
      engines: ['redis'],
      roleArn: expect.stringContaining(role),
    });
  });

  it('of a refusal is answered with the reason that the request itself gives', async () => {
    const [reply] = await repliesTo(unread, [{ ...claims, result: 'rejected' }]);
    expect(reply?.data.problem).toMatchObject({
      code: 'unknown-engine',
      detail: expect.stringContaining('redos'),
    });
  });

  const thrown = { errorMessage: `[throttled] ${WORD}` };
  const failed = [{ ...claims, result: 'failed' }];

  it.each<[what: string, message: object, answer: object, status: string]>([
    ['of a grant that stands, by an error', request, thrown, 'verified'],
    ['of a grant that stands, by an outcome', request, failed, 'verified'],
    ['of a verify', { ...request, engines: undefined, action: 'verify' }, thrown, 'verified'],
    ['of a grant that does not stand', { ...request, engines: ['redis', 'gdb'] }, thrown, 'failed'],
    ['of a revoke of what stands', { ...request, action: 'revoke' }, failed, 'failed'],
    [
      'of an end that stands for nothing',
      { ...request, action: 'extend', expiresAt: 'never' },
      thrown,
      'verified',
    ],
  ])('of a failure is answered with what verify found: %s', async (_what, message, answer, status) => {
    const replies = await repliesTo(message, answer);
    expect(replies.map(({ data }) => data.status)).toEqual([status]);
    expect(replies.map(({ data }) => data.engines)).toEqual([status === 'failed' ? [] : ['redis']]);
    expect(JSON.stringify(replies)).not.toContain(WORD);
  });

  it('that names another requester is answered to whom the topic proves', async () => {
    const other = {
      ...claims,
      result: 'applied',
      requesterUid: '1000000000000011',
      to: ['1000000000000011'],
    };
    const replies = await repliesTo(request, [other]);
    expect(replies.map(({ data }) => data.requesterUid)).toEqual([REQUESTER]);
  });
});
