import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readTime } from '../../../events/time.ts';

const EXPECTED = 'expected a time in ISO 8601 with a zone, such as "2027-01-31T00:00:00Z"';

const utc = (text: string): string => {
  const read = readTime(text);
  return 'at' in read ? new Date(read.at).toISOString() : read.bad;
};

describe('a time', () => {
  it.each([
    ['2027-01-31T00:00:00Z', '2027-01-31T00:00:00.000Z'],
    ['2027-01-31T00:00Z', '2027-01-31T00:00:00.000Z'],
    ['2027-01-31t00:00z', '2027-01-31T00:00:00.000Z'],
    ['2027-01-31T09:00+09:00', '2027-01-31T00:00:00.000Z'],
    ['2027-01-31T00:00:00.000+0000', '2027-01-31T00:00:00.000Z'],
    ['2027-01-31T09:00:00+0900', '2027-01-31T00:00:00.000Z'],
    ['2027-01-31T05:30:00+05:30', '2027-01-31T00:00:00.000Z'],
    ['2027-01-30T16:00-08', '2027-01-31T00:00:00.000Z'],
    ['2027-01-31T00:00:00,5Z', '2027-01-31T00:00:00.500Z'],
    ['2027-01-31T00:00:00.123456789Z', '2027-01-31T00:00:00.123Z'],
    ['20270131T000000Z', '2027-01-31T00:00:00.000Z'],
    ['20270131T000000.25Z', '2027-01-31T00:00:00.250Z'],
    ['20270131T000000,5Z', '2027-01-31T00:00:00.500Z'],
    ['20270131T0900+09', '2027-01-31T00:00:00.000Z'],
    ['20270131T0900+0900', '2027-01-31T00:00:00.000Z'],
    ['2028-02-29T23:59:59Z', '2028-02-29T23:59:59.000Z'],
    ['0000-01-01T00:00:00Z', '0000-01-01T00:00:00.000Z'],
    ['9999-12-31T23:59:59.999Z', '9999-12-31T23:59:59.999Z'],
    ['2027-01-31T14:00:00+14:00', '2027-01-31T00:00:00.000Z'],
    ['2027-01-31T00:00:00-00:00', '2027-01-31T00:00:00.000Z'],
  ])('%s is %s', (text, expected) => {
    expect(utc(text)).toBe(expected);
  });

  it.each([
    ['2027-02-29T00:00:00Z', 'there is no 29 February 2027'],
    ['2027-02-30T00:00:00Z', 'there is no 30 February 2027'],
    ['2027-04-31T00:00:00Z', 'there is no 31 April 2027'],
    ['2027-01-32T00:00:00Z', 'there is no 32 January 2027'],
    ['2027-03-32T00:00:00Z', 'there is no 32 March 2027'],
    ['2027-05-32T00:00:00Z', 'there is no 32 May 2027'],
    ['2027-06-31T00:00:00Z', 'there is no 31 June 2027'],
    ['2027-07-32T00:00:00Z', 'there is no 32 July 2027'],
    ['2027-08-32T00:00:00Z', 'there is no 32 August 2027'],
    ['2027-09-31T00:00:00Z', 'there is no 31 September 2027'],
    ['2027-10-32T00:00:00Z', 'there is no 32 October 2027'],
    ['2027-11-31T00:00:00Z', 'there is no 31 November 2027'],
    ['2027-12-32T00:00:00Z', 'there is no 32 December 2027'],
    ['2100-02-29T00:00:00Z', 'there is no 29 February 2100'],
    ['2027-01-00T00:00:00Z', 'there is no 0 January 2027'],
    ['2027-13-01T00:00:00Z', 'there is no month 13'],
    ['2027-00-01T00:00:00Z', 'there is no month 00'],
    ['2027-01-31T24:00:00Z', 'there is no hour 24: write 00:00 of the next day'],
    ['2027-01-31T25:00:00Z', 'there is no hour 25'],
    ['2027-01-31T23:60:00Z', 'there is no minute 60'],
    ['2027-12-31T23:59:60Z', 'there is no second 60'],
    ['2027-01-31T00:00:00+14:01', 'there is no such zone'],
    ['2027-01-31T00:00:00-15:00', 'there is no such zone'],
    ['2027-01-31T00:00:00+15:00', 'there is no such zone'],
    ['2027-01-31T00:00:00+09:60', 'there is no such zone'],
    ['0000-01-01T00:00:00+08:00', 'in UTC it lies outside of the years 0 to 9999'],
    ['9999-12-31T23:59:59-08:00', 'in UTC it lies outside of the years 0 to 9999'],
  ])('%s is refused: %s', (text, why) => {
    expect(utc(text)).toBe(`${why}; ${EXPECTED}`);
  });

  it.each([
    ...['', 'tomorrow', '2027-01-31', '2027-01-31T00:00:00', '2027-1-31T00:00Z', '2027-01-31 00:00Z'],
    ...['2027-01-31T00Z', '20270131T00:00Z', '2027-W05-1T00:00Z', '1800000000', ' 2027-01-31T00:00Z'],
    ...[
      'x20270131T000000Z',
      '20270131T000000Zx',
      '20270131T000000.Z',
      '20270131T000000xZ',
      '20270131T0000+090',
    ],
    ...['20270131T000000.xZ', '20270131T0000+x9', '20270131T000000.1234567890123456789Z'],
    ...['2027-01-31T00:00:00.Z', '2027-01-31T00:00:00Z\n', '٢٠٢٧-01-31T00:00Z', '+002027-01-31T00:00Z'],
  ])('%j is none', (text) => {
    expect(utc(text)).toBe(EXPECTED);
  });

  it('of any moment is read back as that moment, in any zone', () => {
    const moment = fc.date({
      min: new Date('0001-01-01T00:00:00Z'),
      max: new Date('9998-12-31T00:00:00Z'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(moment, fc.integer({ min: -14 * 60, max: 14 * 60 }), (date, minutes) => {
        const local = new Date(date.getTime() + minutes * 60_000).toISOString().slice(0, -1);
        const two = (value: number) => String(Math.trunc(Math.abs(value))).padStart(2, '0');
        const zone = `${minutes < 0 ? '-' : '+'}${two(minutes / 60)}:${two(minutes % 60)}`;
        expect(readTime(local + zone)).toEqual({ at: date.getTime() });
        expect(readTime(local + zone.replace(':', ''))).toEqual({ at: date.getTime() });
      }),
    );
  });
});
