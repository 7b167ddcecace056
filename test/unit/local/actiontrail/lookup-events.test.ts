import { describe, expect, it } from 'vitest';
import type { PolicyStatement } from '../../../../local/cloud/caller.ts';
import { assumeAsService } from '../../../../local/cloud/sts/index.ts';
import { ramByHand } from '../../../../local/ram-by-hand.ts';
import { OWNER } from '../../../kit/accounts.ts';
import { DAY } from '../../../kit/time.ts';
import { addUser, everything } from '../../../kit/two-accounts.ts';
import { callApi, refused } from '../http/clients.ts';
import { opened } from '../http/setup.ts';

const DMS = '1000000000000001@dms.aliyuncs.com';
const ROLE = `acs:ram::${OWNER}:role/app`;
const trusting = (service: string) =>
  JSON.stringify({
    Version: '1',
    Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: [service] } }],
  });

/** The vendor's generic client, as a user of the owner, and a role that DMS may assume. */
async function trail(rights: readonly PolicyStatement[] = [everything]) {
  const { world, owner, clock, door } = await opened();
  const { keys } = addUser(owner, 'auditor', ...rights);
  const call = (query: Readonly<Record<string, string>> = {}) =>
    callApi(door, keys, { version: '2020-07-06', action: 'LookupEvents', query: { ...query } });
  const byHand = (name: string, parameters: Readonly<Record<string, string>>) =>
    ramByHand(world, owner, name, parameters);
  await byHand('CreateRole', { RoleName: 'app', AssumeRolePolicyDocument: trusting(DMS) });
  return {
    owner,
    clock,
    call,
    byHand,
    events: async (query: Readonly<Record<string, string>> = {}) =>
      (await call({ Direction: 'FORWARD', ...query }))['Events'] as Record<string, unknown>[],
    enter: (service = DMS) =>
      assumeAsService(world, { service, roleArn: ROLE, sessionName: 'dms', durationSeconds: 900 }),
  };
}

const names = (events: readonly Record<string, unknown>[]) => events.map(({ eventName }) => eventName);
const matching = (Key: string, Value: string) => ({
  'LookupAttribute.1.Key': Key,
  'LookupAttribute.1.Value': Value,
});

describe('LookupEvents', () => {
  it('has writes of RAM and sessions, with who, when and what, and no readings', async () => {
    const { owner, events, byHand, enter, clock } = await trail();
    const { accessKeyId, accessKeySecret, expiration } = enter();
    await byHand('GetRole', { RoleName: 'app' });
    await byHand('UpdateRole', { RoleName: 'app', NewDescription: 'x' });
    const found = await events();
    expect(names(found)).toEqual(['CreateRole', 'AssumeRole', 'UpdateRole']);
    expect(found[1]).toMatchObject({
      serviceName: 'Sts',
      eventTime: new Date(clock.now()).toISOString().replace(/\.\d+Z$/, 'Z'),
      isGlobal: true,
      recipientAccountId: OWNER,
    });
    expect(found[1]?.['requestParameters']).toEqual({
      AcsHost: 'sts.aliyuncs.com',
      AcsProduct: 'Sts',
      RoleArn: ROLE,
      RoleSessionName: 'dms',
      DurationSeconds: 900,
    });
    expect(found[1]?.['responseElements']).toEqual({
      AssumedRoleUser: { Arn: ROLE, AssumedRoleId: owner.ram.findRole('app')?.id },
      Credentials: {
        AccessKeyId: accessKeyId,
        AccessKeySecret: accessKeySecret,
        Expiration: expiration,
      },
    });
    expect(found[2]).toMatchObject({
      serviceName: 'Ram',
      apiVersion: '2015-05-01',
      userIdentity: { type: 'ram-user', userName: 'by-hand' },
      requestParameters: { RoleName: 'app', NewDescription: 'x' },
    });
  });

  it('has what was refused, with its code', async () => {
    const { events, enter, byHand } = await trail();
    expect(() => enter('2@dms.aliyuncs.com')).toThrow(/not authorized/i);
    await byHand('DeleteRole', { RoleName: 'nobody' }).catch(() => undefined);
    expect((await events()).map(({ errorCode }) => errorCode)).toEqual([
      undefined,
      'NoPermission',
      'EntityNotExist.Role',
    ]);
  });

  it('is searched by one condition or two, the newest first by default', async () => {
    const { events, call, byHand, enter } = await trail();
    enter();
    await byHand('UpdateRole', { RoleName: 'app', NewDescription: 'x' });
    expect(names(await events(matching('EventName', 'AssumeRole')))).toEqual(['AssumeRole']);
    expect(names(await events(matching('User', 'by-hand')))).toEqual(['CreateRole', 'UpdateRole']);
    const both = {
      ...matching('ServiceName', 'Ram'),
      'LookupAttribute.2.Key': 'EventName',
      'LookupAttribute.2.Value': 'CreateRole',
    };
    expect(names(await events(both))).toEqual(['CreateRole']);
    expect((await call())['Events']).toMatchObject([{}, {}, { eventName: 'CreateRole' }]);
  });

  it('comes in pages, which events of meanwhile do not move', async () => {
    const { call, byHand } = await trail();
    for (let n = 1; n <= 4; n += 1) await byHand('UpdateRole', { RoleName: 'app', NewDescription: `${n}` });
    const described = ({ Events }: Record<string, unknown>) =>
      (Events as { requestParameters: Record<string, unknown> }[]).map(
        ({ requestParameters }) => requestParameters['NewDescription'],
      );
    const first = await call({ MaxResults: '2' });
    await byHand('UpdateRole', { RoleName: 'app', NewDescription: 'later' });
    const second = await call({ MaxResults: '3', NextToken: String(first['NextToken']) });
    expect([described(first), described(second)]).toEqual([
      ['4', '3'],
      ['2', '1', undefined],
    ]);
    expect(second).not.toHaveProperty('NextToken');
  });

  it('has a time, and forgets after 90 days', async () => {
    const { events, byHand, clock } = await trail();
    const at = (days: number) => new Date(clock.now() + days * DAY).toISOString().replace(/\.\d+Z$/, 'Z');
    clock.advance(-91 * DAY);
    await byHand('UpdateRole', { RoleName: 'app', NewDescription: 'x' });
    clock.advance(11 * DAY);
    await byHand('DeleteRole', { RoleName: 'app' });
    clock.advance(80 * DAY);
    expect(names(await events())).toEqual(['CreateRole']);
    expect(names(await events({ StartTime: at(-100) }))).toEqual(['CreateRole', 'DeleteRole']);
    expect(names(await events({ StartTime: at(-81), EndTime: at(-1) }))).toEqual(['DeleteRole']);
  });

  it.each<[what: string, query: Record<string, string>, code: string]>([
    ['a time of another form', { StartTime: '2026-01-01' }, '400 InvalidParameter.StartTime'],
    ['a time that begins after it ends', { StartTime: '2999-01-01T00:00:00Z' }, '400 InvalidQueryParameter'],
    ['more than 50 at a time', { MaxResults: '51' }, '400 InvalidParameter.MaxResults'],
    ['a condition that there is not', matching('Colour', 'red'), '400 InvalidParameter.LookupAttribute'],
    ['what the local cloud cannot search by', matching('ResourceName', 'app'), '400 InvalidLookupAttribute'],
    ['a token that was never given out', { NextToken: 'eA' }, '400 InvalidNextToken'],
  ])('%s is refused', async (_what, query, code) => {
    const { call } = await trail();
    expect(await refused(call(query))).toBe(code);
  });

  it('needs actiontrail:LookupEvents', async () => {
    const { call } = await trail([{ ...everything, Action: 'ram:*' }]);
    expect(await refused(call())).toBe('403 NoPermission');
    const { call: allowed } = await trail([{ ...everything, Action: 'actiontrail:LookupEvents' }]);
    expect(await allowed()).toHaveProperty('Events');
  });
});
