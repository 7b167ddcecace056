import { InvalidArgumentError } from 'commander';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseExpiry, parseInstances, parseSince } from '../../../cli/usage.ts';
import { ALL_ENGINES } from '../../../shared/catalogue/catalogue.ts';

const NOW = Date.parse('2026-11-23T10:00:00.000Z');
const KNOWN = ALL_ENGINES.join(', ');
const INSTANCES =
  'expected an engine and ids of its instances, such as redis=r-bp1zxszhcgatnx01,r-bp1zxszhcgatnx02.';
const END = `expected a time in ISO 8601 with a zone, such as "2027-01-31T00:00:00Z", or one from now such as 12h, 30d or 4w.`;

describe('a time before now', () => {
  it.each([
    ['12h', 43_200_000],
    ['30d', 2_592_000_000],
    ['99999w', 60_479_395_200_000],
  ])('%s', (text, before) => {
    const [from, at, to] = [Date.now(), parseSince(text) + before, Date.now()];
    expect(from <= at && at <= to).toBe(true);
  });

  it('is one in ISO 8601, too', () => {
    expect(parseSince('2026-01-31T00:00+08:00')).toBe(Date.parse('2026-01-30T16:00:00.000Z'));
  });
});

describe('an end of a grant', () => {
  it.each([
    ['never', 'never'],
    ['12h', '2026-11-23T22:00:00.000Z'],
    ['30d', '2026-12-23T10:00:00.000Z'],
    ['4w', '2026-12-21T10:00:00.000Z'],
    ['99999h', '2038-04-21T01:00:00.000Z'],
    ['2027-01-31T00:00:00Z', '2027-01-31T00:00:00.000Z'],
    ['2027-01-31T00:00+08:00', '2027-01-30T16:00:00.000Z'],
  ])('%s', (text, expected) => {
    expect(parseExpiry(text, NOW)).toBe(expected);
  });

  it.each([
    ...['', '0d', '-1d', '1', '1m', '1.5d', 'x1d', '1dx', '100000d', 'tomorrow', '2027-01-31'],
    '2027-01-31T00:00:00',
  ])('%j is refused with the forms that there are', (text) => {
    expect(() => parseExpiry(text, NOW)).toThrow(new InvalidArgumentError(END));
  });

  it.each([
    ['2027-13-01T00:00:00Z', `there is no month 13; ${END}`],
    ['2026-11-23T09:59:59Z', 'it is past; expected a time in the future.'],
    ['2026-11-23T10:00:00Z', 'it is past; expected a time in the future.'],
  ])('%s is refused: %s', (text, message) => {
    expect(() => parseExpiry(text, NOW)).toThrow(new InvalidArgumentError(message));
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

describe('instances', () => {
  it('are given engine by engine', () => {
    const one = parseInstances('Tair=r-1, r-2');
    expect(one).toEqual({ redis: ['r-1', 'r-2'] });
    expect(parseInstances('lindorm=ld-1', one)).toEqual({ redis: ['r-1', 'r-2'], lindorm: ['ld-1'] });
    expect(() => parseInstances('redis=r-3', one)).toThrow(
      new InvalidArgumentError('redis was given twice; name all of its instances at once.'),
    );
  });

  it.each(['', 'redis', 'redis=', '=r-1', 'redis=*', 'redis=r-1,', 'redis=R-1', 'redis=r-1=2'])(
    '%j is refused with an example',
    (value) => {
      expect(() => parseInstances(value)).toThrow(new InvalidArgumentError(INSTANCES));
    },
  );

  it('of an engine that there is not are refused with the nearest', () => {
    expect(() => parseInstances('redsi=r-1')).toThrow(
      new InvalidArgumentError(`"redsi" is no engine; the nearest is "redis". Known: ${KNOWN}.`),
    );
  });
});
