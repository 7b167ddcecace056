import { InvalidArgumentError } from 'commander';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  parseDescriptor,
  parseEngines,
  parseExpiry,
  parseInstances,
  parseRegion,
  parseRequestId,
  parseRoleArn,
  parseSeconds,
  parseUsers,
} from '../../../cli/usage.ts';

const NOW = Date.parse('2026-11-23T10:00:00.000Z');

describe('a list of engines', () => {
  it.each(['redis,', ',redis', 'redis,,gdb', ''])('%j has a comma with nothing beside it', (text) => {
    expect(() => parseEngines(text)).toThrow(/a comma with no engine beside it/);
  });
});

describe('an end of a grant', () => {
  it.each([
    ['12h', '2026-11-23T22:00:00.000Z'],
    ['30d', '2026-12-23T10:00:00.000Z'],
    ['4w', '2026-12-21T10:00:00.000Z'],
    ['2027-01-31T00:00:00Z', '2027-01-31T00:00:00.000Z'],
    ['2027-01-31T00:00+08:00', '2027-01-30T16:00:00.000Z'],
  ])('%s', (text, expected) => {
    expect(parseExpiry(text, NOW)).toBe(expected);
  });

  it.each([
    '',
    '0d',
    '-1d',
    '1',
    '1m',
    '1.5d',
    'tomorrow',
    '2027-01-31',
    '2027-01-31T00:00:00',
    '2027-13-01T00:00:00Z',
  ])('%j is refused with the forms that there are', (text) => {
    expect(() => parseExpiry(text, NOW)).toThrow(/12h, 30d or 4w/);
  });

  it('that is past is refused as past', () => {
    expect(() => parseExpiry('2026-11-23T09:59:59Z', NOW)).toThrow(/past/);
  });

  it('is refused or in the future, whatever is typed', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
        ),
        (text) => {
          try {
            expect(Date.parse(parseExpiry(text, NOW))).toBeGreaterThan(NOW);
          } catch (error) {
            expect(error).toBeInstanceOf(InvalidArgumentError);
          }
        },
      ),
    );
  });
});

describe('other values', () => {
  it.each([
    [parseRegion, 'cn-hangzhou', 'Hangzhou'],
    [parseRequestId, 'TICKET-42:1', 'a b'],
    [parseRoleArn, 'acs:ram::2000000000000002:role/dms-x', 'acs:ram::2:user/x'],
  ] as const)('%o', (parse, good, bad) => {
    expect(parse(good)).toBe(good);
    expect(() => parse(bad)).toThrow(InvalidArgumentError);
  });

  it('numbers', () => {
    expect(parseSeconds('0')).toBe(0);
    expect(parseDescriptor('3')).toBe(3);
    for (const bad of ['', '-1', '1.5', '3601', 'x', '1e3'])
      expect(() => parseSeconds(bad)).toThrow(/seconds/);
  });

  it('instances, engine by engine', () => {
    const one = parseInstances('Tair=r-1, r-2');
    expect(one).toEqual({ redis: ['r-1', 'r-2'] });
    expect(parseInstances('lindorm=ld-1', one)).toEqual({ redis: ['r-1', 'r-2'], lindorm: ['ld-1'] });
    expect(() => parseInstances('redis=r-3', one)).toThrow(/redis was given twice; name all/);
    for (const bad of ['', 'redis', 'redis=', '=r-1', 'redis=*', 'redis=r-1,', 'redis=R-1', 'redis=r-1=2'])
      expect(() => parseInstances(bad)).toThrow(/such as redis=r-/);
    expect(() => parseInstances('redsi=r-1')).toThrow(/the nearest is "redis"/);
  });

  it('lists of users', () => {
    expect(parseUsers('alice, bob')).toEqual(['alice', 'bob']);
    expect(() => parseUsers('alice,,bob')).toThrow(/RAM user/);
  });
});
