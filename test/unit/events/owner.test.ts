import { expect, it } from 'vitest';
import { parseOwnersWord } from '../../../events/owner.ts';

const of = (owner: unknown) => parseOwnersWord(JSON.stringify({ owner }));
const ROLE = { requesterUid: '1000000000000001', access: 'register' };
const ANSWER = {
  ownerUid: '2000000000000002',
  request: { requesterUid: '1000000000000001', engines: ['redis'] },
  digest: 'a'.repeat(43),
  since: '2026-11-30T08:00:00Z',
};
const UID = 'as a string of digits';
const DIGITS = 'expected a UID: 1 to 16 digits, without sign, space or leading zero';
const ONE_THING =
  'expected one thing to do, such as {"close": {"requesterUid": "...", "access": "register"}}';

it.each([
  ['close', { close: ROLE }],
  ['keep', { keep: { ...ROLE, ownerUid: '2000000000000002' } }],
  ['approve', { approve: ANSWER }],
  ['deny', { deny: { ...ANSWER, reason: 'r'.repeat(256) } }],
])('%s is a word of the owner', (_what, owner) => {
  expect(of(owner)).toEqual({ word: owner });
});

const NOT_READ =
  'the body is missing: expected {"owner": {"close": {"requesterUid": "1000000000000001", "access": "register"}}}';

it.each([
  [
    'null',
    'the body is null: expected {"owner": {"close": {"requesterUid": "1000000000000001", "access": "register"}}}',
  ],
  ['nonsense', NOT_READ],
  [
    Buffer.concat([Buffer.from('{"owner": {"name": "'), Buffer.from([0xb6, 0xa9])]).toString('base64'),
    'the body in base64 is not UTF-8: byte 0xb6 at line 1, column 21 (byte 21); save or send it as UTF-8',
  ],
])('a body of %s is none', (body, bad) => {
  expect(parseOwnersWord(body)).toEqual({ bad });
});

it.each([
  ['nothing to do', {}, `owner is an object: ${ONE_THING}`],
  ['two things to do', { close: ROLE, approve: ANSWER }, `owner is an object: ${ONE_THING}`],
  [
    'no requester',
    { close: { access: 'register' } },
    `owner.close.requesterUid is missing: expected the UID of the requester ${UID}`,
  ],
  [
    'a requester in figures',
    { keep: { ...ROLE, requesterUid: 1 } },
    `owner.keep.requesterUid is 1: expected the UID of the requester ${UID}`,
  ],
  [
    'a requester that is none',
    { close: { ...ROLE, requesterUid: '0x1' } },
    `owner.close.requesterUid is "0x1": ${DIGITS}`,
  ],
  [
    'an owner in figures',
    { keep: { ...ROLE, ownerUid: 2 } },
    `owner.keep.ownerUid is 2: expected the UID of the owner ${UID}`,
  ],
  [
    'a request in words',
    { approve: { ...ANSWER, request: 'it' } },
    'owner.approve.request is "it": expected the request as the "pending" event has it',
  ],
  [
    'a digest that is none',
    { approve: { ...ANSWER, digest: 5 } },
    'owner.approve.digest is 5: expected the digest of the "pending" event',
  ],
  [
    'a time that is none',
    { approve: { ...ANSWER, since: 'now' } },
    'owner.approve.since is "now": expected the time of the request as the "pending" event has it',
  ],
  [
    'an id of a request that is none',
    { close: { ...ROLE, requestId: 'a b' } },
    'owner.close.requestId is "a b": expected 1 to 128 of letters, digits, ".", "_", ":", "-"',
  ],
  [
    'six mistakes, of which five are told',
    { approve: { a: 1 }, close: { access: 'x', requestId: 5 } },
    [
      'owner.close.requesterUid is missing: expected the UID of the requester as a string of digits',
      'owner.close.access is "x": expected "register" or "console"',
      'owner.close.requestId is 5: Invalid input: expected string, received number',
      'owner.approve.ownerUid is missing: expected the UID of the owner as a string of digits',
      'owner.approve.request is missing: expected the request as the "pending" event has it',
    ].join('; '),
  ],
  ['a reason that is no text', { deny: { ...ANSWER, reason: 1 } }, 'owner.deny.reason is 1: expected a text'],
  [
    'a reason that is too long',
    { deny: { ...ANSWER, reason: 'r'.repeat(257) } },
    expect.stringMatching(/^owner\.deny\.reason is "r+.*: expected at most 256 characters$/),
  ],
])('%s is told where, what and what was expected', (_what, owner, bad) => {
  expect(of(owner)).toEqual({ bad });
});
