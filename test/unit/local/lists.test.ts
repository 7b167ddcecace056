import { describe, expect, it } from 'vitest';
import { addBounded } from '../../../local/cloud/bounded.ts';
import { ApiError } from '../../../local/cloud/error.ts';
import { Journal } from '../../../local/cloud/journal.ts';
import { page, truncation } from '../../../local/cloud/paging.ts';
import { gatherLists } from '../../../local/cloud/parameter-lists.ts';
import { TestClock } from '../../kit/clock.ts';
import { twoAccounts } from '../../kit/two-accounts.ts';

describe('lists among parameters', () => {
  const lists = [
    { name: 'Tag', element: /^Tag\.(\d+)\.(Key|Value)$/ },
    { name: 'Name', element: /^Name\.(\d+)$/ },
  ];
  const gather = gatherLists(lists, /^(Tag|Name)(\.|$)/);

  it.each<[what: string, input: unknown, gathered: unknown]>([
    ['numbered, in the order of their numbers', { 'Name.10': 'b', 'Name.9': 'a' }, ['a', 'b']],
    ['as JSON', { Name: '["a","b"]' }, ['a', 'b']],
    ['as JSON, which counts before numbers', { Name: '["a"]', 'Name.1': 'b' }, ['a']],
    ['as what is no JSON', { Name: '[a' }, '[a'],
  ])('are taken %s', (_what, input, gathered) => {
    expect(gather(input)).toEqual({ ...Object(input), Name: gathered });
  });

  it('of objects are taken field by field, and others stay away', () => {
    const input = { 'Tag.2.Key': 'k2', 'Tag.1.Key': 'k', 'Tag.1.Value': 'v', 'Tag.1.Other': 'x', Other: 'y' };
    expect(gather(input)).toStrictEqual({ ...input, Tag: [{ Key: 'k', Value: 'v' }, { Key: 'k2' }] });
  });

  it('a number that stands for a text and for an object is the object', () => {
    const both = gatherLists([{ name: 'X', element: /^X\.(\d+)(?:\.(\w+))?$/ }], /^X/);
    expect(both({ 'X.1': 'text', 'X.1.Key': 'k' })).toMatchObject({ X: [{ Key: 'k' }] });
    expect(both({ 'X.1': 'text', 'X.1.Key': 'k' })).not.toMatchObject({ X: [{ 0: 't' }] });
  });

  it.each([[{ Other: 'x' }], [{ 'Name.1': 5 }], [{ 'Name.1': 'a', Other: 5 }], ['Name.1'], [null], [5]])(
    'what has none, or is no parameters, stays as it is: %j',
    (input) => {
      expect(gather(input)).toBe(input);
    },
  );
});

describe('a page', () => {
  const all = ['d', 'b', 'a', 'c'];
  const pageOf = (marker: string, size = 2) =>
    page(all, (item) => item, { marker, size, parameter: 'NextToken' });
  const marker = (key: string) => Buffer.from(`after:${key}`).toString('base64url');

  it('goes on after the last item of the one before', () => {
    expect(pageOf('')).toEqual({ items: ['a', 'b'], next: marker('b') });
    expect(pageOf(marker('b'))).toEqual({ items: ['c', 'd'], next: null });
    expect(pageOf(marker('b'), 1)).toEqual({ items: ['c'], next: marker('c') });
    expect(pageOf(marker('d'))).toEqual({ items: [], next: null });
  });

  it.each(['b', 'x', Buffer.from('b').toString('base64url'), `${marker('b')}=`])(
    'does not begin at the marker %s, which was never given out',
    (odd) => {
      const refused = new ApiError(
        400,
        'InvalidParameter.NextToken',
        'The parameter - "NextToken" is incorrect.',
      );
      expect(() => pageOf(odd)).toThrow(refused);
      expect(() => pageOf(odd)).toThrow(
        expect.objectContaining({ name: 'ApiError', status: 400, code: refused.code }),
      );
    },
  );

  it('says where RAM goes on', () => {
    expect([truncation(null), truncation('m')]).toEqual([
      { IsTruncated: false },
      { IsTruncated: true, Marker: 'm' },
    ]);
  });
});

it('a list of which some are kept loses the oldest a tenth at a time', () => {
  const list: number[] = [];
  const lengths = Array.from({ length: 13 }, (_, n) => {
    addBounded(list, n, 10);
    return list.length;
  });
  expect(lengths).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 10, 11]);
  expect(list).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
});

it('a journal counts upwards', () => {
  const journal = new Journal();
  expect([journal.tick(), journal.tick(), journal.tick()]).toEqual([1, 2, 3]);
});

it('a world knows its accounts, and no others', () => {
  const { world, owner } = twoAccounts(new TestClock());
  expect(world.account(owner.uid)).toBe(owner);
  expect(() => world.account('9')).toThrow(new Error('the local cloud has no account 9'));
});
