import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { OWNER_UID } from '../../local/local-cloud.ts';
import { REQUESTER } from '../kit/accounts.ts';
import { type TestCloud, testCloud } from '../kit/test-cloud.ts';

let cloud: TestCloud;

beforeAll(async () => {
  cloud = await testCloud();
});
afterAll(() => cloud.close());
beforeEach(() => cloud.forget());

const good = { requesterUid: REQUESTER, engines: ['redis'] };

/** A body that is no request, and what its refusal must name. */
const BAD: readonly [what: string, body: string, names: readonly string[]][] = [
  ['not JSON', 'please give me redis', ['please give me', 'JSON object']],
  ['a list', '[]', ['an empty list', 'JSON object']],
  ['null', 'null', ['null', 'JSON object']],
  [
    'a number for a list',
    JSON.stringify({ ...good, engines: 7 }),
    ['engines', '7', 'a list of engine names'],
  ],
  [
    'a text for a list',
    JSON.stringify({ ...good, engines: 'redis' }),
    ['engines', '"redis"', '["redis", "lindorm"]'],
  ],
  [
    'no engine',
    JSON.stringify({ ...good, engines: [] }),
    ['engines', 'an empty list', 'at least one engine'],
  ],
  ['no requester', JSON.stringify({ engines: ['redis'] }), ['requesterUid', 'missing', '1000000000000001']],
  [
    'letters for a UID',
    JSON.stringify({ ...good, requesterUid: 'abc' }),
    ['requesterUid', '"abc"', '1 to 16 digits'],
  ],
  [
    'a UID that lost digits',
    '{"requesterUid":12345678901234567,"engines":["redis"]}',
    ['requesterUid', 'lost digits', 'as a string'],
  ],
  [
    'an unknown key',
    JSON.stringify({ ...good, engine: 'redis' }),
    ['"engine"', '"redis"', 'nearest is "engines"'],
  ],
  [
    'a prototype key',
    `{"__proto__":{"admin":true},"requesterUid":"${REQUESTER}","engines":["redis"]}`,
    ['"__proto__"', 'all are requesterUid'],
  ],
  [
    'a constructor key',
    JSON.stringify({ ...good, constructor: 1 }),
    ['"constructor"', 'all are requesterUid'],
  ],
  ['deep nesting', `{"requesterUid":${'['.repeat(20_000)}${']'.repeat(20_000)}}`, ['requesterUid', 'a list']],
  [
    'a past expiry',
    JSON.stringify({ ...good, expiresAt: '2020-01-01T00:00:00Z' }),
    ['expiresAt', '2020-01-01', 'later time'],
  ],
  [
    'an expiry without zone',
    JSON.stringify({ ...good, expiresAt: '2030-01-01T00:00:00' }),
    ['expiresAt', 'zone'],
  ],
];

describe('a body that is no request', () => {
  it.each(BAD)(
    '%s: one rejected reply that names place, value and way out; no call to RAM',
    async (_what, body, names) => {
      const reply = await cloud.ask(body);
      expect(reply.data).toMatchObject({
        status: 'rejected',
        roleArn: null,
        problem: { code: 'invalid-request', retryable: false },
      });
      for (const name of names) expect(reply.data.problem?.detail).toContain(name);
      expect(cloud.calls('ram')).toEqual([]);
    },
  );

  it('an empty or too long message is refused by the queue service; as an event it is refused by us', async () => {
    for (const body of ['', `{"requesterUid":"${REQUESTER}","reference":"${'x'.repeat(70 * 1024)}"}`]) {
      const payload = Buffer.from(
        JSON.stringify({
          TopicOwner: OWNER_UID,
          TopicName: 'dms-handshake-requests',
          MessageId: `id-${body.length}`,
          Message: body,
          PublishTime: cloud.world.clock.now(),
        }),
      );
      await cloud.host.enqueue({
        accountId: OWNER_UID,
        functionName: 'dms-handshake-provision',
        payload,
      });
      expect((await cloud.replies()).map(({ data }) => data)).toMatchObject([
        { status: 'rejected', requestId: `id-${body.length}`, problem: { code: 'invalid-request' } },
      ]);
    }
    expect(cloud.calls('ram')).toEqual([]);
  });

  it('an event of no known trigger is refused once, not retried', async () => {
    for (const payload of ['', 'x', '{}', '[]', JSON.stringify(good)]) {
      const { body, errorType } = await cloud.host.invoke({
        accountId: OWNER_UID,
        functionName: 'dms-handshake-provision',
        payload: Buffer.from(payload),
      });
      expect(errorType).toBeNull();
      expect(JSON.parse(body.toString())).toMatchObject([
        { result: 'rejected', problem: { code: 'invalid-request' } },
      ]);
    }
  });

  it('an unknown engine is refused with the nearest', async () => {
    const reply = await cloud.ask({ ...good, engines: ['redis', 'lindrom'] });
    expect(reply.data).toMatchObject({
      status: 'rejected',
      requesterUid: REQUESTER,
      problem: { code: 'unknown-engine' },
    });
    expect(reply.data.problem?.detail).toContain(
      'engines[1] is "lindrom", which is no engine; the nearest is "lindorm"',
    );
    expect(cloud.calls('ram')).toEqual([]);
  });
});

describe('what is not ours', () => {
  it('a role of our name without our tag is not touched', async () => {
    await cloud.byHand('CreateRole', {
      RoleName: `dms-cross-account-${REQUESTER}`,
      AssumeRolePolicyDocument: JSON.stringify({
        Version: '1',
        Statement: [
          {
            Action: 'sts:AssumeRole',
            Effect: 'Allow',
            Principal: { Service: [`${REQUESTER}@dms.aliyuncs.com`] },
          },
        ],
      }),
    });
    const reply = await cloud.ask(good);
    expect(reply.data).toMatchObject({ status: 'rejected', problem: { code: 'role-not-owned' } });
    expect(reply.data.problem?.detail).toContain(`dms-cross-account-${REQUESTER}`);
    expect(cloud.writes()).toEqual([]);
    await cloud.byHand('DeleteRole', { RoleName: `dms-cross-account-${REQUESTER}` });
  });

  it('a policy of our name without our tag is neither used nor changed', async () => {
    const PolicyDocument = JSON.stringify({
      Version: '1',
      Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
    });
    await cloud.byHand('CreatePolicy', { PolicyName: 'DmsCrossAccountPolicy-redis', PolicyDocument });
    const reply = await cloud.ask(good);
    expect(reply.data).toMatchObject({ status: 'rejected', problem: { code: 'role-not-owned' } });
    expect(reply.data.problem?.detail).toContain('DmsCrossAccountPolicy-redis');
    expect(cloud.writes()).toEqual([]);
    await cloud.byHand('DeletePolicy', {
      PolicyName: 'DmsCrossAccountPolicy-redis',
      CascadingDelete: 'true',
    });
  });

  it('the owner itself is refused as requester, without a call', async () => {
    const reply = await cloud.ask({ ...good, requesterUid: OWNER_UID });
    expect(reply.data).toMatchObject({ status: 'rejected', problem: { code: 'own-account' } });
    expect(cloud.calls('ram')).toEqual([]);
  });

  it('credentials of another account write nothing', async () => {
    const elsewhere = await testCloud({ environment: { OWNER_UID: '7777777777777777' } });
    try {
      const reply = await elsewhere.ask(good);
      expect(reply.data).toMatchObject({ status: 'rejected', problem: { code: 'wrong-account' } });
      expect(reply.data.problem?.detail).toContain('7777777777777777');
      expect(elsewhere.writes()).toEqual([]);
      expect(elsewhere.owner.ram.findRole(`dms-cross-account-${REQUESTER}`)).toBeUndefined();
    } finally {
      await elsewhere.close();
    }
  });
});
