import { expect, it } from 'vitest';
import { requestOf } from '../../../cli/ask-verify.ts';
import { optionWords } from '../../../cli/option-words.ts';
import { wantedOf } from '../../../cli/wanted-of.ts';

it('options that are given become fields of a request, and others none', () => {
  expect(wantedOf({})).toEqual({ access: 'register' });
  const given = {
    access: 'console',
    engines: ['redis'],
    connections: ['vpc'],
    users: ['alice'],
    instances: { redis: ['r-1'] },
    readOnly: true,
    requestId: 'r-1',
    reference: 'OPS-7',
    breakGlass: 'gone',
  } as const;
  expect(wantedOf({ ...given, expires: 'never' })).toEqual({ ...given, expiresAt: 'never' });
});

it('verify is asked for what was named, and for nothing else', () => {
  expect([requestOf({}), requestOf({ requester: '1' }), requestOf({ access: 'console' })]).toEqual([
    {},
    { requesterUid: '1' },
    { access: 'console' },
  ]);
});

it.each([
  ['set "readOnly": true', 'set --read-only'],
  ['write "expiresAt": "never"', 'write --expires never'],
  ['leave "users" out', 'leave --users out'],
  ['engines[0] is none; requestId has 200', '--engines is none; --request-id has 200'],
  ['instances.redis: none; the access is none', '--instances: none; the access is none'],
])('%s is said of options as %s', (fields, options) => {
  expect(optionWords(fields)).toBe(options);
});
