import { expect, it } from 'vitest';
import { nearestTo, nearestWords } from '../../../events/nearest.ts';

const FIELDS = ['requesterUid', 'requestId', 'engines', 'expiresAt', 'readOnly'];

it.each<[what: string, word: string, known: readonly string[], near: readonly string[]]>([
  [
    'goes on where the word ends',
    'PolarDB',
    ['polardb-mysql', 'a-polardb', 'polardb-x'],
    ['polardb-mysql', 'polardb-x'],
  ],
  ['three go on', 'p', ['p-a', 'p-b', 'p-c'], ['p-a', 'p-b', 'p-c']],
  ['four go on, which would not help', 'pp', ['pp-a', 'pp-b', 'pp-c', 'pp-d'], []],
  ['goes on before one that is nearer', 'redis', ['redis-cluster', 'redid'], ['redis-cluster']],
  ['begins so', 'REQUESTE', FIELDS, ['requesterUid']],
  ['four letters begin it', 'expi', ['EXPIRESat', 'xxexpi'], ['EXPIRESat']],
  ['three letters begin nothing, and are a part of one', 'exp', ['expiresAt', 'engines'], ['expiresAt']],
  ['the nearer of two that begin so', 'request', FIELDS, ['requestId']],
  ['the nearest of several', 'engine', ['engage', 'Engines'], ['Engines']],
  ['the first of two as near', 'aaaab', ['aaaac', 'aaaad'], ['aaaac']],
  ['letters in another order are one mistake', 'aedcb', ['abcde', 'aedzz'], ['abcde']],
  ['one of two letters is another word', 'ab', ['ac', 'abc'], []],
  ['two letters are that word', 'ab', ['ac', 'AB'], ['AB']],
  ['one of three letters', 'abc', ['abd'], ['abd']],
  ['two of three are another word', 'abc', ['axy'], []],
  ['two of four letters', 'abcd', ['abxy'], ['abxy']],
  ['three of four are another word', 'abcd', ['axyz'], []],
  ['two of eight letters', 'abcdefgh', ['abcdefxy'], ['abcdefxy']],
  ['three of eight are another word', 'abcdefgh', ['abcdexyz'], []],
  ['three of nine letters', 'abcdefghi', ['abcdefxyz'], ['abcdefxyz']],
  ['four of nine are another word', 'abcdefghi', ['abcdewxyz'], []],
  ['a part of some', 'uid', ['theUIDof', 'auuuuid'], ['theUIDof', 'auuuuid']],
  [
    'a part of three',
    'uid',
    ['one-uid-1', 'two-uid-2', 'thr-uid-3'],
    ['one-uid-1', 'two-uid-2', 'thr-uid-3'],
  ],
  ['a part of four, which would not help', 'uid', ['1-uid-one', '2-uid-two', '3-uid-thr', '4-uid-fou'], []],
  ['two letters are a part of anything', 'ui', ['the-ui-of-it'], []],
  ['only the first 64 letters count', `${'x'.repeat(64)}redis`, ['redis'], []],
  [
    'the first 64 letters of what is longer',
    'x'.repeat(64) + 'y'.repeat(40),
    ['x'.repeat(64)],
    ['x'.repeat(64)],
  ],
  ['letters in another order, of a name in any order', 'edcab', ['bacde'], ['bacde']],
  ['no letters', '', ['a'], []],
  ['nothing is known', 'redis', [], []],
])('%s', (_what, word, known, near) => {
  expect(nearestTo(word, known)).toEqual(near);
});

it.each([
  [[], ''],
  [['a'], '; the nearest is "a"'],
  [['a', 'b'], '; it could be "a", "b"'],
])('of %j is said %j', (names, words) => {
  expect(nearestWords(names)).toBe(words);
});
