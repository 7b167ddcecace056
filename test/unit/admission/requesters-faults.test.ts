import { expect, it } from 'vitest';
import { readRequesters } from '../../../shared/admission/requesters.ts';
import { describeIssue, RequestersError } from '../../../shared/admission/requesters-faults.ts';

const A = { uid: '1', name: 'a', engines: '*', access: ['register'] };

function refusal(requester: object): readonly string[] {
  try {
    readRequesters(JSON.stringify({ requesters: [{ ...A, ...requester }], clients: [] }));
  } catch (error) {
    if (error instanceof RequestersError) return error.faults;
    throw error;
  }
  throw new Error('the file was taken');
}

it.each([
  ['a list', ['x'], 'a list'],
  ['an empty list', [], 'an empty list'],
  ['an object', {}, 'an object'],
  ['a number', 7, '7'],
])('a fault shows what stands there in a few words: %s', (_what, uid, shown) => {
  expect(refusal({ uid })).toEqual([expect.stringContaining(`requesters[0].uid is ${shown}: `)]);
});

it('a long text is not repeated whole', () => {
  const [fault] = refusal({ uid: 'x'.repeat(1_000) });
  expect(fault).toContain(`requesters[0].uid is "${'x'.repeat(80)}…": `);
  expect(fault?.length).toBeLessThan(300);
});

it.each([
  ['a field', '{\n"requesters": [],\n "extra": 1}', 'line 3, column 2: extra is no field'],
  [
    'a field of an entry',
    '{\n"requesters": [ {},\n{ "uid": 7 }]}',
    'line 3, column 3: requesters[1].uid is 7',
  ],
  [
    'a field that is missing',
    '{\n"requesters": [ {},\n{ "uid": 7 }]}',
    'line 3, column 1: requesters[1].name is missing',
  ],
  [
    'an entry of a list',
    '{"requesters": [{ "topics": ["a",\n  "b c"] }]}',
    'line 2, column 3: requesters[0].topics[1] is "b c"',
  ],
  ['a name in quotes', '{\n"requesters": [],\n "x y": 1}', 'line 1, column 1: "x y" is no field'],
])('a fault names where it stands in the file: %s', (_what, text, fault) => {
  expect(() => readRequesters(text)).toThrow(fault);
});

it('a field of an object of which no fields are known', () => {
  const issue = { code: 'unrecognized_keys' as const, keys: ['x'], path: ['y', 0], message: '', input: {} };
  expect(describeIssue(issue, {}, {})).toEqual(['y[0].x is no field; all are ']);
});

it('a place inside of what is not there is missing', () => {
  const path = ['clients', 0, 'auth'];
  const issue = { code: 'custom' as const, path, message: 'expected it', input: undefined };
  expect(describeIssue(issue, {}, {})).toEqual(['clients[0].auth is missing: expected it']);
});
