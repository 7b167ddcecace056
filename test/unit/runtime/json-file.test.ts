import { describe, expect, it } from 'vitest';
import { type JsonFile, readJsonFile, withPlace } from '../../../shared/runtime/json-file.ts';

const bytesOf = (text: string) => Buffer.from(text, 'utf8');

function fileOf(text: string): JsonFile {
  const read = readJsonFile(bytesOf(text));
  if ('unread' in read) throw new Error(read.unread.map(withPlace).join('; '));
  return read;
}

/** What is wrong with a file, as it is told. */
function faultsOf(file: Uint8Array | string): readonly string[] {
  const read = readJsonFile(typeof file === 'string' ? bytesOf(file) : file);
  return ('unread' in read ? read.unread : read.faults).map(withPlace);
}

const DEEP = 100_000;

describe('a file that cannot be read', () => {
  it.each([
    ['', 'line 1, column 1: the file is empty'],
    [' \n\t', 'line 1, column 1: the file is empty'],
    [
      '{a: 1}',
      'line 1, column 2: the file is not JSON: this is no value of JSON; put a text in double quotes',
    ],
    [
      '{"a": 1,}',
      'line 1, column 9: the file is not JSON: expected a name in double quotes; after the last entry stands no comma',
    ],
    [
      '[1,]',
      'line 1, column 4: the file is not JSON: expected a value; after the last entry stands no comma',
    ],
    ['{"a" 1}', 'line 1, column 6: the file is not JSON: expected ":" between the name and its value'],
    [
      '{"a": 1\n"b": 2}',
      'line 2, column 1: the file is not JSON: expected a comma between this and what stands before it',
    ],
    ['{"a": 1', 'line 1, column 8: the file is not JSON: expected "}"'],
    ['[1', 'line 1, column 3: the file is not JSON: expected "]"'],
    ['{} {}', 'line 1, column 4: the file is not JSON: expected nothing after the end of the object'],
    ['// x\n{}', 'line 1, column 1: the file is not JSON: JSON has no comments; take it out'],
    ['{} /* x', 'line 1, column 4: the file is not JSON: JSON has no comments; take it out'],
    ['{"a": "b}', 'line 1, column 7: the file is not JSON: the text has no closing double quote on its line'],
    ['[1.]', 'line 1, column 2: the file is not JSON: the number is cut off'],
    ['["\\u12"]', 'line 1, column 2: the file is not JSON: expected four hexadecimal digits after "\\u"'],
    [
      '["C:\\x"]',
      'line 1, column 2: the file is not JSON: an escape that JSON does not have; write "\\\\" for a backslash',
    ],
    [
      '["a\tb"]',
      'line 1, column 2: the file is not JSON: a tab or another control character inside of a text; write it as an escape, such as "\\t"',
    ],
    ['['.repeat(DEEP) + ']'.repeat(DEEP), 'line 1, column 1: the file is nested too deep to be read'],
  ])('%#: is told where, what and what to write', (text, told) => {
    expect(faultsOf(text)).toEqual([told]);
  });

  it('is told of as a whole where it is no text at all', () => {
    expect(faultsOf(Buffer.from('{}', 'utf16le'))).toEqual([
      'the file is UTF-16 (little-endian) from its first byte on; save or send it as UTF-8',
    ]);
  });

  it('has three faults told, and one of each line: the others may be consequences', () => {
    const what = 'the file is not JSON: this is no value of JSON; put a text in double quotes';
    expect(faultsOf('[v, w,\nx,\ny,\nz]')).toEqual([
      `line 1, column 2: ${what}`,
      `line 2, column 1: ${what}`,
      `line 3, column 1: ${what}`,
    ]);
  });

  it('shows nothing of itself that a terminal would obey', () => {
    expect(faultsOf('{"\u202e": 1, "\u202e": 2}')).toEqual([
      'line 1, column 10: "\\u202e" stands there already, at line 1; keep one',
    ]);
  });
});

describe('a file that can', () => {
  it('has its value, also after a byte order mark', () => {
    expect(fileOf('\ufeff{"a": [1, "b"]}').value).toEqual({ a: [1, 'b'] });
  });

  it('has names told that stand in one object twice, and none that stand in two', () => {
    expect(faultsOf('{\n  "a": {"b": 1},\n  "b": [{"c": 1}, {"c": 2}],\n  "a": 3, "a": 4\n}')).toEqual([
      'line 4, column 3: "a" stands there already, at line 2; keep one',
      'line 4, column 11: "a" stands there already, at line 2; keep one',
    ]);
  });

  it('has such names told down to the depth that files of ours have', () => {
    const nested = (depth: number) => `${'{"x":'.repeat(depth)}{"y":1,"y":2}${'}'.repeat(depth)}`;
    expect([7, 8].map((depth) => faultsOf(nested(depth)).length)).toEqual([1, 0]);
  });

  it.each([
    [[], 1, 1],
    [['a'], 2, 3],
    [['a', 'b'], 3, 5],
    [['a', 'b', 1], 3, 17],
    [['a', 'b', '1'], 3, 17],
    [['a', 'b', 2], 4, 7],
    [['a', 'b', 2, 'c'], 4, 8],
    [['a', 'b', 3], 3, 5],
    [['a', 'x'], 2, 3],
    [['x'], 1, 1],
    [['d'], 6, 3],
  ] as const)('says where a thing stands, or what is around it: %j', (path, line, column) => {
    const file = fileOf('{\n  "a": {\n    "b": [0.25, 1,\n      {"c": 1}]\n  },\n  "d": null\n}');
    expect(file.placeOf(path)).toEqual({ line, column });
  });

  it('says so however much stands before it', () => {
    const file = fileOf(`[${'{},[],'.repeat(10)}\n1]`);
    expect(file.placeOf([20])).toEqual({ line: 2, column: 1 });
  });

  it('says so down to the depth that files of ours have', () => {
    const file = fileOf(`${'['.repeat(8)}0, 1${']'.repeat(8)}`);
    expect(file.placeOf([0, 0, 0, 0, 0, 0, 0, 1])?.column).toBe(12);
  });

  it('has no place for what stands deeper than files of ours go', () => {
    const file = fileOf(`${'['.repeat(12)}1${']'.repeat(12)}`);
    const at = (depth: number) => file.placeOf(Array.from({ length: depth }, () => 0));
    expect([0, 7, 8, 9, 12].map((depth) => at(depth)?.column)).toEqual([1, 8, 9, 9, 9]);
  });
});
