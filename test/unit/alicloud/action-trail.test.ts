import { describe, expect, it } from 'vitest';
import { actionTrail } from '../../../shared/alicloud/action-trail.ts';
import { millis } from '../../../shared/runtime/millis.ts';
import type { TrailEvent } from '../../../shared/trail-port.ts';
import { TestClock } from '../../kit/clock.ts';
import { HOUR } from '../../kit/time.ts';
import { apiOf, patienceOf } from './setup.ts';
import { json, type Say, standIn } from './stand-in.ts';

const clockAt = () => new TestClock(Date.parse('2026-11-23T12:00:00Z'));
const minute = (n: number) => `2026-11-23T11:${String(n).padStart(2, '0')}:00Z`;

/** As the vendor's sample of an AssumeRole by a RAM user has it. */
const assumed = (eventId: string, at: number, more: object = {}) => ({
  eventId,
  eventName: 'AssumeRole',
  eventTime: minute(at),
  serviceName: 'Sts',
  requestParameters: { RoleArn: 'acs:ram::2:role/dms-cross-account-1', RoleSessionName: 169074 },
  responseElements: { Credentials: { AccessKeyId: 'STS.x', AccessKeySecret: 'SecretOfASession' } },
  userIdentity: { type: 'ram-user', accountId: '2', principalId: '3', userName: 'Alice' },
  ...more,
});
const page = (Events: readonly unknown[], NextToken?: string) =>
  json(200, { RequestId: 'r', Events, NextToken });
const nothing = page([]);
const denied = json(403, { RequestId: 'r', Code: 'NoPermission', Message: 'You are not authorized.' });

async function reading(...says: [Say, ...Say[]]) {
  const { url, seen } = await standIn(...says);
  const clock = clockAt();
  const found: TrailEvent[] = [];
  const trail = actionTrail((until) => apiOf(url, { ...patienceOf(clock), deadline: until }), 'cn-hangzhou', {
    clock,
    endpoint: null,
  });
  return {
    clock,
    found,
    ids: () => found.map(({ id }) => id),
    asked: (key: string) => seen.map(({ url: { searchParams } }) => searchParams.get(key)),
    read: (patience = HOUR) =>
      trail.read(
        {
          name: 'AssumeRole',
          from: millis(clock.now() - HOUR),
          to: clock.now(),
          until: millis(clock.now() + patience),
        },
        (event) => found.push(event),
      ),
  };
}

describe('the trail', () => {
  it('is read for one name, page by page, in both regions of global events, each event once', async () => {
    const { read, ids, asked, clock } = await reading(
      page([assumed('a', 1), assumed('b', 2)], 'more'),
      page([assumed('b', 2), assumed('c', 3)]),
      page([assumed('d', 4)]),
    );
    const to = clock.now();
    expect(await read()).toEqual({ reached: to, fault: null });
    expect(ids()).toEqual(['a', 'b', 'c', 'd']);
    expect(asked('NextToken')).toEqual([null, null, 'more']);
    expect(new Set(asked('LookupAttribute.1.Value'))).toEqual(new Set(['AssumeRole']));
    expect(new Set(asked('StartTime'))).toEqual(new Set(['2026-11-23T11:00:00Z']));
  });

  it('is asked twice a second at the most', async () => {
    const { read, clock } = await reading(page([], 'a'), page([], 'b'), page([], 'c'), nothing);
    const started = clock.now();
    await read();
    expect(clock.now() - started).toBeGreaterThanOrEqual(2_000);
  });

  it('holds nothing of an answer, and a session name that looks like a number as a text', async () => {
    const { read, found } = await reading(page([assumed('a', 1)]), nothing);
    await read();
    expect(JSON.stringify(found)).not.toContain('SecretOfASession');
    expect(found[0]).toEqual({
      id: 'a',
      at: Date.parse(minute(1)),
      name: 'AssumeRole',
      requestId: 'a',
      isRefused: false,
      caller: { type: 'ram-user', accountId: '2', name: 'Alice' },
      roleArn: 'acs:ram::2:role/dms-cross-account-1',
      sessionName: '169074',
      role: null,
      policy: null,
      tagged: null,
    });
  });

  it('passes over what is no event, and tells refused ones apart', async () => {
    const odd = [
      null,
      'x',
      { eventId: 'e' },
      assumed('f', 1, { eventTime: 'soon' }),
      assumed('g', 1, { eventName: 'X' }),
    ];
    const refusal = assumed('h', 2, { errorCode: 'NoPermission', userIdentity: undefined });
    const { read, found } = await reading(page([...odd, refusal]), nothing);
    await read();
    expect(found).toMatchObject([
      { id: 'h', isRefused: true, caller: { type: '', accountId: '', name: '' } },
    ]);
  });

  it('is cut off when the time is up, and says up to when all of it was read', async () => {
    const { read, ids } = await reading(
      page([assumed('a', 10)], 'x'),
      page([assumed('b', 20)], 'y'),
      page([assumed('c', 30)], 'z'),
    );
    expect(await read(0)).toEqual({ reached: Date.parse(minute(10)), fault: null });
    expect(ids()).toEqual(['a', 'b']);
  });

  it('without the right keeps what was read before, and says which right', async () => {
    const { read, clock } = await reading(denied);
    const from = clock.now() - HOUR;
    expect(await read()).toMatchObject({
      reached: from,
      fault: { code: 'NoPermission', isDenied: true, text: expect.stringContaining('LookupEvents') },
    });
  });

  it('of one region that refuses counts as not read', async () => {
    const { read, ids, clock } = await reading(page([assumed('a', 1)]), denied);
    const from = clock.now() - HOUR;
    expect(await read()).toMatchObject({ reached: from, fault: { isDenied: true } });
    expect(ids()).toEqual(['a']);
  });

  it('waits where it is throttled, and gives up with a word after some attempts', async () => {
    const throttled = json(429, { Code: 'Throttling.User', Message: 'slow down' });
    const { read } = await reading(throttled, throttled, page([assumed('a', 1)]), nothing);
    expect((await read()).fault).toBeNull();
    const { read: always } = await reading(throttled);
    expect((await always()).fault).toMatchObject({ code: 'throttled', isDenied: false });
  });

  it.each<[what: string, says: Say, code: string]>([
    ['another shape', json(200, { RequestId: 'r', Events: 'none' }), 'internal'],
    ['no answer', 'hang up', 'internal'],
    ['a code that nobody knows', json(400, { Code: 'NotOpened', Message: 'x' }), 'NotOpened'],
  ])('that answers with %s is a fault, and no error', async (_what, says, code) => {
    const { read } = await reading(says);
    expect((await read()).fault).toMatchObject({ code, isDenied: false });
  });
});
