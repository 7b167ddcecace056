import { describe, expect, it } from 'vitest';
import { readLogs } from '../../../../local/cloud/sls/read-logs.ts';

const line = (time: number, topic: string, fields: Record<string, string>) => ({ time, topic, fields });

/** Not in the order of time. */
const LINES = [
  line(12_500, 'FCLogs:a', { message: '{"event":"swept","id":"r 1"}' }),
  line(10_000, 'FCLogs:a', { message: '{"event":"Replied","id":"r-1"}', level: 'info' }),
  line(11_999, 'FCLogs:b', { message: '(minor)\tStraße' }),
  line(13_000, '', { message: 'late' }),
];

/** The seconds of the lines found. */
const found = (parameters: object) =>
  readLogs(LINES, { from: 0, to: 100, ...parameters }).map(({ __time__ }) => Number(__time__));
const all = [10, 11, 12, 13];

describe('a search', () => {
  it.each<[query: string, seconds: readonly number[]]>([
    ['', all],
    ['  ', all],
    [' * ', all],
    ['replied', [10]],
    ['REPLIED', [10]],
    ['repli', []],
    ['info', [10]],
    ['r-1', [10]],
    ['"r 1"', [12]],
    ['"event swept"', [12]],
    ['"swept event"', []],
    ['"event:swept"', [12]],
    ['"(swept)"', [12]],
    ['minor', [11]],
    ['nothing', []],
    ['"strasse"', []],
    ['__topic__:"FCLogs:a"', [10, 12]],
    ['__topic__ : "FCLogs:b"', [11]],
    ['__topic__:""', [13]],
    ['  __topic__:"FCLogs:a"  and  swept ', [12]],
    ['swept AND replied', []],
  ])('%j finds %j', (query, seconds) => {
    expect(found({ query })).toEqual(seconds);
  });

  it.each([
    '* | select 1',
    'a b',
    'a;b',
    'x__topic__:"a"',
    '__topic__:"a" b',
    '__topic__:"a\\b"',
    '"a\\"b"',
    'or',
    'NOT',
    '""',
  ])('cannot be %s', (query) => {
    expect(() => found({ query })).toThrow(
      expect.objectContaining({
        status: 400,
        code: 'ParameterInvalid',
        message: `The local cloud cannot read this part of a query: ${query}`,
      }),
    );
  });

  it('names the part that it cannot read', () => {
    expect(() => found({ query: 'a and b or c' })).toThrow(/part of a query: b or c$/);
  });
});

describe('what is read', () => {
  it.each<[what: string, parameters: object, seconds: readonly number[]]>([
    ['the second that it begins with', { from: 11 }, [11, 12, 13]],
    ['not the second that it ends with', { to: 12 }, [10, 11]],
    ['a topic', { topic: 'FCLogs:a' }, [10, 12]],
    ['the newest first', { reverse: true, line: 2 }, [13, 12]],
    ['the newest first, as a query says it', { reverse: 'true' }, [13, 12, 11, 10]],
    ['the oldest first, as a query says it', { reverse: 'false' }, all],
    ['what is behind an offset', { offset: '1', line: '2' }, [11, 12]],
    ['nothing, where none is wanted', { line: 0 }, []],
  ])('is %s', (_what, parameters, seconds) => {
    expect(found(parameters)).toEqual(seconds);
  });

  it('is shown with topic, source and time', () => {
    expect(readLogs(LINES, { from: 10, to: 11 })).toEqual([
      {
        message: '{"event":"Replied","id":"r-1"}',
        level: 'info',
        __topic__: 'FCLogs:a',
        __source__: '',
        __time__: '10',
      },
    ]);
  });

  it('is a hundred lines where nothing else is said', () => {
    const many = Array.from({ length: 101 }, (_, n) => line(n, '', {}));
    expect(readLogs(many, { from: 0, to: 1 })).toHaveLength(100);
  });

  it.each<[parameters: object, code: string, message: string]>([
    [{ from: 5, to: 5 }, 'InvalidTimeRange', 'request time range is invalid'],
    [{ from: 6, to: 5 }, 'InvalidTimeRange', 'request time range is invalid'],
    [{ from: -1 }, 'ParameterInvalid', 'from: Too small: expected number to be >=0'],
    [{ line: 101 }, 'ParameterInvalid', 'line: Too big: expected number to be <=100'],
    [{ offset: 0.5 }, 'ParameterInvalid', 'offset: Invalid input: expected int, received number'],
    [{ reverse: 'x' }, 'ParameterInvalid', 'reverse: Invalid input'],
    [
      { topic: 1, query: 2 },
      'ParameterInvalid',
      'query: Invalid input: expected string, received number; topic: Invalid input: expected string, received number',
    ],
  ])('cannot be %j', (parameters, code, message) => {
    expect(() => found(parameters)).toThrow(expect.objectContaining({ status: 400, code, message }));
  });
});
