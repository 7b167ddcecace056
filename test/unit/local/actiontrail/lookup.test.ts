import { describe, expect, it } from 'vitest';
import { lookupEvents } from '../../../../local/cloud/actiontrail/lookup-events.ts';
import { lookupParameters } from '../../../../local/cloud/actiontrail/parameters.ts';
import { OWNER } from '../../../kit/accounts.ts';
import { TestClock } from '../../../kit/clock.ts';
import { DAY } from '../../../kit/time.ts';
import { addUser, twoAccounts } from '../../../kit/two-accounts.ts';
import { by, subject } from './subject.ts';

const NOW = Date.parse('2026-11-30T10:00:00Z');
const user = by({ type: 'user', userName: 'ann', userId: '2001' });

/** Events of four days, each a day after the other, the last one now. */
function trail() {
  const { world, owner, clock } = twoAccounts(new TestClock(NOW - 3 * DAY));
  const { caller } = addUser(owner, 'auditor');
  const call = { world, account: owner, caller, requestId: 'R' };
  const add = (name: string, who = user) => {
    owner.trail.add(`id-${name}`, clock.now(), 'cn-hangzhou', { ...subject(who), name }, { parameters: {} });
  };
  add('A');
  clock.advance(DAY);
  add('B', by({ type: 'root' }));
  clock.advance(DAY);
  add('C', { ...user, accessKeyId: 'other' });
  clock.advance(DAY);
  add('D');
  const look = (parameters: Record<string, string>) =>
    lookupEvents.run(lookupParameters.parse(parameters), call) as {
      Events: { eventName: string }[];
      StartTime: string;
      EndTime: string;
      NextToken?: string;
    };
  return {
    look,
    clock,
    names: (query: Record<string, string>) =>
      look(query)
        .Events.map((e) => e.eventName)
        .join(''),
  };
}

const where = (...conditions: readonly [key: string, value: string][]) =>
  Object.fromEntries(
    conditions.flatMap(([key, value], index) => [
      [`LookupAttribute.${index + 1}.Key`, key],
      [`LookupAttribute.${index + 1}.Value`, value],
    ]),
  );

describe('LookupEvents', () => {
  it.each<[found: string, query: Record<string, string>]>([
    ['DCBA', {}],
    ['DCBA', { Direction: 'BACKWARD' }],
    ['ABCD', { Direction: 'FORWARD' }],
    ['DCB', { StartTime: '2026-11-28T10:00:00Z' }],
    ['BA', { EndTime: '2026-11-28T10:00:00Z' }],
    ['DC', { MaxResults: '2' }],
    ['', { MaxResults: '0' }],
    ['DCBA', { MaxResults: '50' }],
    ['DCBA', where(['ServiceName', 'Ram'])],
    ['', where(['ServiceName', 'Sts'])],
    ['C', where(['EventName', 'C'])],
    ['DCBA', where(['EventRW', 'Write'])],
    ['', where(['EventRW', 'Read'])],
    ['B', where(['EventId', 'id-B'])],
    ['B', where(['User', 'root'])],
    ['C', where(['EventAccessKeyId', 'other'])],
    ['D', where(['EventAccessKeyId', 'key'], ['EventName', 'D'])],
    ['', where(['EventName', 'C'], ['EventName', 'D'])],
    ['C', { 'LookupAttribute.12.Key': 'EventName', 'LookupAttribute.12.Value': 'C' }],
  ])('finds %j by %j', (found, query) => {
    expect(trail().names(query)).toBe(found);
  });

  it('says of which time it tells, a week where nothing is said, and forgets what is older than 90 days', () => {
    const { look, clock, names } = trail();
    expect(look({})).toMatchObject({ StartTime: '2026-11-23T10:00:00Z', EndTime: '2026-11-30T10:00:00Z' });
    expect(look({ StartTime: '2026-11-30T10:00:00Z' }).Events).toHaveLength(1);
    clock.advance(5 * DAY);
    expect(names({})).toBe('DCB'); // A is eight days old
    clock.advance(83 * DAY);
    expect(names({ StartTime: '2026-01-01T00:00:00Z' })).toBe('DCB'); // B is 90 days old
    clock.advance(1_000);
    expect(names({ StartTime: '2026-01-01T00:00:00Z' })).toBe('DC');
  });

  it('comes in pages of which the last has no token', () => {
    const { look } = trail();
    const first = look({ MaxResults: '3' });
    expect(first.NextToken).toBe(Buffer.from('id-B').toString('base64url'));
    const last = look({ MaxResults: '3', NextToken: first.NextToken ?? '' });
    expect([last.Events.map((e) => e.eventName), last.NextToken]).toEqual([['A'], undefined]);
    const one = { MaxResults: '1' };
    const second = look({ ...one, NextToken: look(one).NextToken ?? '' });
    expect(second.Events.map((e) => e.eventName)).toEqual(['C']);
    expect(look({ MaxResults: '4' })).not.toHaveProperty('NextToken');
    expect(look({ MaxResults: '0' })).not.toHaveProperty('NextToken');
  });

  it.each<[code: string, message: string, query: Record<string, string>]>([
    [
      'InvalidQueryParameter',
      'StartTime must not be later than EndTime.',
      { StartTime: '2026-11-30T10:00:01Z' },
    ],
    ['InvalidNextToken', 'The specified NextToken is invalid.', { NextToken: 'eA' }],
    [
      'InvalidLookupAttribute',
      'The local cloud cannot search by ResourceName.',
      where(['ResourceName', 'x']),
    ],
    [
      'InvalidLookupAttribute',
      'The local cloud cannot search by ResourceType.',
      where(['ResourceType', 'x']),
    ],
  ])('%s: %s', (code, message, query) => {
    expect(() => trail().look(query)).toThrow(expect.objectContaining({ status: 400, code, message }));
  });

  it.each<[query: Record<string, string>, place: string, message: string]>([
    [{ StartTime: '2026-11-30T10:00:00Zx' }, 'StartTime', 'YYYY-MM-DDThh:mm:ssZ is expected.'],
    [{ EndTime: 'x2026-11-30T10:00:00Z' }, 'EndTime', 'YYYY-MM-DDThh:mm:ssZ is expected.'],
    [{ MaxResults: '1x' }, 'MaxResults', 'A whole number is expected.'],
    [{ MaxResults: 'x1' }, 'MaxResults', 'A whole number is expected.'],
    [{ MaxResults: '51' }, 'MaxResults', 'Too big: expected number to be <=50'],
    [{ Direction: 'UP' }, 'Direction', 'Invalid option: expected one of "FORWARD"|"BACKWARD"'],
    [where(['User', '']), 'LookupAttribute.0.Value', 'Too small: expected string to have >=1 characters'],
    [
      where(['User', 'a'], ['User', 'b'], ['User', 'c']),
      'LookupAttribute',
      'Too big: expected array to have <=2 items',
    ],
    [
      { 'LookupAttribute.1.Value': 'x' },
      'LookupAttribute.0.Key',
      'Invalid option: expected one of "ServiceName"|"EventName"|"User"|"EventId"|"ResourceType"|"ResourceName"|"EventRW"|"EventAccessKeyId"',
    ],
  ])('%j is refused at %s: %s', (query, place, message) => {
    const { error } = lookupParameters.safeParse(query);
    expect(error?.issues.map((one) => [one.path.join('.'), one.message])).toEqual([[place, message]]);
  });

  it.each(['xLookupAttribute.1.Key', 'LookupAttribute.1.Keys', 'LookupAttribute.123.Key'])(
    '%s is no condition',
    (name) => {
      expect(lookupParameters.parse({ [name]: 'User' }).LookupAttribute).toEqual([]);
    },
  );
});

it('its right is asked for on the account in the region', () => {
  const { world, owner } = twoAccounts(new TestClock(NOW));
  const { caller } = addUser(owner, 'auditor');
  const call = { world, account: owner, caller, requestId: 'R' };
  expect(lookupEvents.permission(lookupParameters.parse({}), call)).toEqual({
    action: 'actiontrail:LookupEvents',
    resource: `acs:actiontrail:cn-hangzhou:${OWNER}:*`,
  });
});
