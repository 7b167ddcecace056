import { describe, expect, it } from 'vitest';
import {
  type AccessRecord,
  EMPTY_RECORD,
  type GrantId,
  grantedBy,
  grantIdOf,
  isLive,
  liveEntries,
  liveIds,
  readRecord,
  recordTags,
  tagKey,
  trustedBy,
  userNames,
} from '../../../shared/record/record.ts';
import { millis } from '../../../shared/runtime/millis.ts';
import { MINUTE } from '../../kit/time.ts';
import { held, recordOf, textsOf, timeOf } from './words.ts';

const STAMP = '1970-01-01T00:00:00.010Z';
const EMERGENCY = `${STAMP} until 1970-01-01T00:00:00.060Z ${'A'.repeat(43)} lost`;
const read = (tags: Readonly<Record<string, string>>, now = 10) =>
  readRecord(new Map(Object.entries(tags)), millis(now));

describe('the tags of a role', () => {
  const tags = {
    'dms-engine-redis': `granted ${STAMP} on r-1`,
    'dms-connection-vpc': `granted ${STAMP}`,
    'dms-console-account': `revoked ${STAMP}`,
    'dms-console-user-dba.one': `granted ${STAMP}`,
    'dms-closed': STAMP,
    'dms-break-glass': EMERGENCY,
  };
  const emergency = { at: 10, until: 60, digest: 'A'.repeat(43), reason: 'lost' };
  const texts = [
    'redis granted 10 on r-1',
    'vpc granted 10',
    'account revoked 10',
    'user:dba.one granted 10',
  ];

  it('are a record, and a record is these tags', () => {
    const { entries, ...rest } = read(tags);
    expect(textsOf({ ...EMPTY_RECORD, entries })).toEqual(texts);
    expect(rest).toStrictEqual({ closedAt: 10, unreadable: [], emergency });
    expect(Object.fromEntries(recordTags(read(tags)))).toEqual(tags);
  });

  it('without any words are an empty record', () => {
    expect(read({ 'managed-by': 'dms-handshake', 'dms-verdict': 'x' })).toStrictEqual(EMPTY_RECORD);
    expect(recordTags(EMPTY_RECORD)).toEqual(new Map());
  });

  it('say with the notes until when a request waits, and when the owner confirmed', () => {
    const [ask, reviewed] = [`ask:a~${'A'.repeat(43)}~jira-1`, 'reviewed:b'];
    const wait = 10 + 20 * 60 * MINUTE;
    expect(read({ 'dms-notes': ask })).toStrictEqual({ ...EMPTY_RECORD, askedUntil: wait });
    expect(read({ 'dms-notes': reviewed })).toStrictEqual({ ...EMPTY_RECORD, confirmedAt: 11 });
    // Neither is a tag of the record.
    expect(recordTags(read({ 'dms-notes': `${reviewed} ${ask}` }))).toEqual(new Map());
  });

  it.each([
    ['dms-closed', 'soon'],
    ['dms-closed', '1970-01-01T00:05:00.011Z'],
    ['dms-break-glass', 'soon'],
    ['dms-break-glass', EMERGENCY.replace('00:00:00.010', '00:05:00.011')],
    ['dms-engine-gdb', 'soon'],
    ['dms-engine-gdb', 'granted 1970-01-01T00:05:00.011Z'],
    ['dms-engine-gdb', `granted a u:- s:${(5 * MINUTE + 11).toString(36)}`],
    ['dms-engine-gdb', `granted a u:- f:${(5 * MINUTE + 11).toString(36)}`],
    ['dms-engine-gdb', `granted a u:- r:${(5 * MINUTE + 11).toString(36)}`],
    ['dms-engine-rds', `granted ${STAMP} on r-1`],
    ['dms-connection-vpc', `granted ${STAMP} read-only`],
    ['dms-console-account', `granted ${STAMP} read-only`],
  ])('%s: "%s" cannot be read, and says nothing', (key, value) => {
    expect(read({ [key]: value })).toStrictEqual({ ...EMPTY_RECORD, unreadable: [key] });
  });

  it.each([
    ['dms-closed', '1970-01-01T00:05:00.010Z'],
    ['dms-break-glass', EMERGENCY.replace('00:00:00.010', '00:05:00.010')],
    ['dms-engine-gdb', 'granted 1970-01-01T00:05:00.010Z'],
    ['dms-engine-gdb', `granted ${STAMP} until 9999-01-01T00:00:00.000Z`],
  ])('%s: "%s" is of a clock that differs by five minutes, or an end', (key, value) => {
    expect(Object.fromEntries(recordTags(read({ [key]: value })))).toEqual({ [key]: value });
  });
});

it.each<readonly [GrantId, string]>([
  ['redis', 'dms-engine-redis'],
  ['vpc', 'dms-connection-vpc'],
  ['dedicated-line', 'dms-connection-dedicated-line'],
  ['account', 'dms-console-account'],
  ['user:dba.one', 'dms-console-user-dba.one'],
])('the tag of %s is %s', (id, key) => {
  expect(tagKey(id)).toBe(key);
  expect(grantIdOf(key)).toBe(id);
});

it.each([
  'dms-engine-',
  'dms-engine-vpc',
  'dms-engine-Redis',
  'xdms-engine-redis',
  'dms-connection-redis',
  'xdms-connection-vpc',
  'dms-console-accounts',
  'xdms-console-account',
  'xdms-console-user-a',
  'dms-closed',
  '',
])('the tag "%s" is about no grant', (key) => {
  expect(grantIdOf(key)).toBeNull();
});

describe('what a record grants', () => {
  const record: AccessRecord = recordOf(
    {
      redis: 'granted 10 on r-1',
      rds: 'granted 10 until 60',
      gdb: 'granted 10 read-only',
      lindorm: 'revoked 10',
      hologres: 'granted 5',
      vpc: 'granted 10',
      'user:b': 'granted 10',
      'user:a': 'granted 10 until 60',
    },
    { closedAt: timeOf(5) },
  );

  it.each([
    [59, ['gdb', 'rds', 'redis', 'user:a', 'user:b', 'vpc'], ['a', 'b']],
    [60, ['gdb', 'redis', 'user:b', 'vpc'], ['b']],
  ])('at %i is what was granted since it was closed, and has not ended', (now, ids, users) => {
    expect(liveIds(record, millis(now))).toEqual(ids);
    expect(liveEntries(record, millis(now)).map(([id]) => id)).toEqual(
      [...record.entries.keys()].filter((id) => ids.includes(id)),
    );
    expect(trustedBy(record, millis(now))).toEqual(users);
    expect(grantedBy(record, millis(now))).toEqual({
      engines: ids.filter((id) => ['gdb', 'rds', 'redis'].includes(id)),
      connections: ['vpc'],
      narrowed: new Map([
        ['redis', ['r-1']],
        ['gdb', []],
      ]),
    });
  });

  it('is the whole account where that is granted', () => {
    const account = recordOf({ account: 'granted 10 until 60', 'user:a': 'granted 10' });
    expect([trustedBy(account, millis(59)), trustedBy(account, millis(60))]).toEqual(['account', ['a']]);
    expect(userNames(['user:a', 'account', 'redis', 'user:b.c'])).toEqual(['a', 'b.c']);
  });

  it.each([
    ['granted 10', null, 99, true],
    ['granted 10', 9, 99, true],
    ['granted 10', 10, 99, false],
    ['granted 10 until 60', null, 59, true],
    ['granted 10 until 60', null, 60, false],
    ['revoked 10 until 60', null, 59, false],
    ['revoked 10', null, 99, false],
  ])('%s, closed %s, at %i: %s', (text, closed, now, live) => {
    expect(isLive(held(text), timeOf(closed), millis(now))).toBe(live);
  });
});
