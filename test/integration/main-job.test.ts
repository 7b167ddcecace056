import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { roundTrips } from '../../local/cloud/journal.ts';
import { OWNER, REQUESTER } from '../kit/accounts.ts';
import { attachedTo, ROLE, roleOf } from '../kit/roles.ts';
import { checksThat, type TestCloud, testCloud } from '../kit/test-cloud.ts';
import { weatherCloud } from '../kit/weather-cloud.ts';

let cloud: TestCloud;

beforeEach(async () => {
  cloud = await testCloud();
});
afterEach(() => cloud.close());

describe('a grant', () => {
  it('makes a role with the documented trust, one policy, and a reply that proves it', async () => {
    const reply = await cloud.ask({
      requesterUid: REQUESTER,
      engines: ['Redis', 'PolarDB-X 2.0', 'clickhouse'],
      connections: ['vpc'],
      requestId: 'ticket-1',
    });
    expect(reply.data).toMatchObject({
      status: 'verified',
      assurance: 'assumed',
      requestId: 'ticket-1',
      engines: ['clickhouse', 'polardbx2', 'redis'],
      connections: ['vpc'],
      roleArn: `acs:ram::${OWNER}:role/${ROLE}`,
      problem: null,
    });
    expect(reply).toMatchObject({
      type: 'dms-handshake.access.verified.v1',
      subject: REQUESTER,
      correlationid: 'ticket-1',
      source: `acs:fc:cn-hangzhou:${OWNER}:functions/dms-handshake-verify`,
    });
    expect(checksThat(reply, 'pass')).toEqual([
      'owner-account',
      'role-exists',
      'ownership',
      'trust-dms',
      'trust-closed',
      'policies-attached',
      'policy-content',
      'assume-role',
      'assume-role-denied',
      'engine:clickhouse',
      'engine:polardbx2',
      'engine:redis',
      'connection:vpc',
    ]);
    expect(JSON.parse(roleOf(cloud)?.trust ?? '')).toEqual({
      Version: '1',
      Statement: [
        {
          Action: 'sts:AssumeRole',
          Effect: 'Allow',
          Principal: { Service: [`${REQUESTER}@dms.aliyuncs.com`] },
        },
        {
          Action: 'sts:AssumeRole',
          Condition: { StringEquals: { 'sts:ExternalId': [`dms-handshake:${REQUESTER}`] } },
          Effect: 'Allow',
          Principal: { RAM: [`acs:ram::${OWNER}:role/dms-handshake-verify`] },
        },
      ],
    });
    expect(attachedTo(cloud)).toEqual(['DmsCrossAccountPolicy-clickhouse-polardbx2-redis-vpc']);
    expect(roleOf(cloud)?.tags.get('managed-by')).toBe('dms-handshake');
  });

  it('of rds alone makes a role without a policy, which verifies', async () => {
    const reply = await cloud.ask({ requesterUid: REQUESTER, engines: ['rds'] });
    expect(reply.data).toMatchObject({ status: 'verified', assurance: 'assumed', engines: ['rds'] });
    expect(checksThat(reply, 'fail')).toEqual([]);
    expect(checksThat(reply, 'skip')).toEqual(['policy-content', 'engine:rds']);
    expect(attachedTo(cloud)).toEqual([]);
  });

  it('of every engine at once verifies, within 7 round trips', async () => {
    // On a virtual clock every call takes exactly this long, whatever else the machine does.
    const latencyMs = 100;
    const calm = await weatherCloud({ latencyMs });
    onTestFinished(() => calm.close());
    const reply = await calm.ask({
      requesterUid: REQUESTER,
      engines: NINE,
      connections: ['dedicated-line'],
    });
    expect(reply.data.status).toBe('verified');
    const calls = calm.calls().filter(({ caller }) => caller?.principal.type === 'role');
    const own = calls.filter(({ operation }) => operation !== 'Push');
    expect(roundTrips(own)).toBe(7);
    const began = Math.min(...own.map(({ startedAt }) => startedAt));
    const ended = Math.max(...own.map(({ endedAt }) => endedAt));
    expect((ended - began) / latencyMs).toBe(7);
    expect(calm.writes()).toEqual(['CreateRole', 'CreatePolicy', 'AttachPolicyToRole']);
  });

  it('repeated writes nothing, whether the message or the request comes again', async () => {
    const request = { requesterUid: REQUESTER, engines: ['redis', 'gdb'] };
    const first = await cloud.ask(request);
    const before = structuredClone(roleOf(cloud));
    cloud.forget();
    const second = await cloud.ask(request);
    expect(cloud.writes()).toEqual([]);
    expect(roleOf(cloud)).toEqual(before);
    expect(second.data).toMatchObject({ status: 'verified', roleArn: first.data.roleArn });
  });

  it('adds engines: one policy, one attach, one detach, attach first', async () => {
    await cloud.ask({ requesterUid: REQUESTER, engines: ['redis'] });
    cloud.forget();
    const reply = await cloud.ask({ requesterUid: REQUESTER, engines: ['lindorm', 'gdb'] });
    expect(reply.data).toMatchObject({ status: 'verified', engines: ['gdb', 'lindorm', 'redis'] });
    expect([...cloud.writes()].sort()).toEqual([
      'AttachPolicyToRole',
      'CreatePolicy',
      'DetachPolicyFromRole',
      'TagResources',
    ]);
    expect(cloud.writes().slice(2)).toEqual(['AttachPolicyToRole', 'DetachPolicyFromRole']);
    expect(attachedTo(cloud)).toEqual(['DmsCrossAccountPolicy-gdb-lindorm-redis']);
  });

  it('shares a policy with the roles that grant the same', async () => {
    await cloud.ask({ requesterUid: REQUESTER, engines: ['redis'] });
    await cloud.ask({ requesterUid: REQUESTER, engines: ['gdb'] });
    cloud.forget();
    await cloud.ask({ requesterUid: REQUESTER, engines: ['redis', 'gdb'] });
    expect(cloud.writes()).toEqual([]);
    expect(
      [...cloud.owner.ram.policies.values()].filter(({ name }) => name.startsWith('DmsCross')),
    ).toHaveLength(2);
  });

  it('carries a reference with markup and any letters unharmed', async () => {
    const reference = 'JIRA-7 <b>&amp; "quotes"</b> ]]> 数据库 ✓';
    const reply = await cloud.ask({ requesterUid: REQUESTER, engines: ['redis'], reference });
    expect(reply.data.reference).toBe(reference);
  });

  it('delivered twice replies twice with one id', async () => {
    const { host, owner } = cloud;
    const event = topicEvent(JSON.stringify({ requesterUid: REQUESTER, engines: ['redis'] }));
    for (let copy = 0; copy < 2; copy += 1)
      await host.enqueue({
        accountId: owner.uid,
        functionName: 'dms-handshake-provision',
        payload: event,
      });
    await cloud.idle();
    const replies = cloud.requester.mns
      .queue('dms-handshake-replies')
      .messages.map(({ body }) => JSON.parse(body));
    expect(replies.map(({ data }) => data.status)).toEqual(['verified', 'verified']);
    expect(new Set(replies.map(({ id }) => id)).size).toBe(1);
    expect(cloud.writes()).toHaveLength(3);
  });
});

it('PROBE=structural leaves exactly the documented trust and says that nothing was assumed', async () => {
  await cloud.close();
  cloud = await testCloud({ environment: { PROBE: 'structural' } });
  const reply = await cloud.ask({ requesterUid: REQUESTER, engines: ['redis'] });
  expect(reply.data).toMatchObject({ status: 'verified', assurance: 'structural' });
  expect(checksThat(reply, 'skip')).toEqual(['assume-role', 'engine:redis']);
  expect(checksThat(reply, 'pass')).toContain('assume-role-denied');
  expect(JSON.parse(roleOf(cloud)?.trust ?? '').Statement).toEqual([
    { Action: 'sts:AssumeRole', Effect: 'Allow', Principal: { Service: [`${REQUESTER}@dms.aliyuncs.com`] } },
  ]);
});

const NINE = [
  'redis',
  'polardbx1',
  'polardbx2',
  'oceanbase',
  'lindorm',
  'hologres',
  'gdb',
  'selectdb',
  'clickhouse',
];

const topicEvent = (body: string): Buffer =>
  Buffer.from(
    JSON.stringify({
      TopicOwner: OWNER,
      TopicName: 'dms-handshake-requests',
      Subscriber: OWNER,
      SubscriptionName: 'provision',
      MessageId: 'A1B2C3D4E5F60718293A4B5C6D7E8F90',
      MessageMD5: '',
      Message: body,
      PublishTime: cloud.world.clock.now(),
    }),
  );
