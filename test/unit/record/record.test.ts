import { describe, expect, it } from 'vitest';
import { requestSchema } from '../../../events/request.ts';
import { ALL_ENGINES } from '../../../shared/catalogue/catalogue.ts';
import { CONNECTIONS } from '../../../shared/catalogue/engine.ts';
import { NO_GRANTS } from '../../../shared/catalogue/grants.ts';
import { desiredRole } from '../../../shared/reconcile/desired.ts';
import { type Entry, formatEntry } from '../../../shared/record/entry.ts';
import { expiredIds, expiryOf, lastChange } from '../../../shared/record/expiry.ts';
import {
  type AccessRecord,
  EMPTY_RECORD,
  type GrantId,
  grantedBy,
  readRecord,
  recordTags,
  tagKey,
  trustedBy,
  userId,
} from '../../../shared/record/record.ts';
import { consoleTerms, registerTerms } from '../../kit/role-documents.ts';
import { at } from '../../kit/time.ts';

const granted = (seconds: number, until: number | null = null): Entry => ({
  state: 'granted',
  at: at(seconds),
  until: until === null ? null : at(until),
});
const revoked = (seconds: number): Entry => ({ state: 'revoked', at: at(seconds), until: null });
const record = (entries: Partial<Record<GrantId, Entry>>, closedAt: number | null = null): AccessRecord => ({
  ...EMPTY_RECORD,
  entries: new Map(Object.entries(entries) as [GrantId, Entry][]),
  closedAt: closedAt === null ? null : at(closedAt),
});

describe('the record in tags', () => {
  it('is written as a person would read it', () => {
    expect(formatEntry(granted(0))).toBe('granted 2026-11-23T10:00:00.000Z');
    expect(formatEntry(granted(0, 60))).toBe(
      'granted 2026-11-23T10:00:00.000Z until 2026-11-23T10:01:00.000Z',
    );
    expect(formatEntry(revoked(1))).toBe('revoked 2026-11-23T10:00:01.000Z');
  });

  it('has one tag per grant, and one for the closing', () => {
    const tags = recordTags(
      record({ redis: granted(0), vpc: revoked(1), account: granted(2), 'user:dba.one': granted(3) }, 4),
    );
    expect([...tags.keys()].sort()).toEqual([
      'dms-closed',
      'dms-connection-vpc',
      'dms-console-account',
      'dms-console-user-dba.one',
      'dms-engine-redis',
    ]);
    expect(tags.get('dms-closed')).toBe('2026-11-23T10:00:04.000Z');
  });

  it('leaves the tags of others alone', () => {
    const tags = new Map([
      ['managed-by', 'dms-handshake'],
      ['owner', 'team-a'],
      ['dms-engine-', 'granted 2026-11-23T10:00:00.000Z'],
      ['dms-engine-oracle', 'granted 2026-11-23T10:00:00.000Z'],
      ['dms-engine-vpc', 'granted 2026-11-23T10:00:00.000Z'],
      ['dms-connection-redis', 'granted 2026-11-23T10:00:00.000Z'],
      ['DMS-ENGINE-REDIS', 'granted 2026-11-23T10:00:00.000Z'],
    ]);
    expect(readRecord(tags, at(9e9))).toEqual(EMPTY_RECORD);
  });

  it.each([
    '',
    'granted',
    'granted ',
    'granted soon',
    'granted 2026-11-23',
    'granted 2026-11-23T10:00:00Z',
    'granted 2026-11-23T18:00:00.000+08:00',
    'granted 2026-02-30T10:00:00.000Z',
    ' granted 2026-11-23T10:00:00.000Z',
    'granted 2026-11-23T10:00:00.000Z ',
    'Granted 2026-11-23T10:00:00.000Z',
    'granted  2026-11-23T10:00:00.000Z',
    'granted 2026-11-23T10:00:00.000Z until',
    'granted 2026-11-23T10:00:00.000Z until never',
    'granted 2026-11-23T10:00:00.000Z forever',
    'granted 2026-11-23T10:00:00.000Z\ngranted 2026-11-23T10:00:00.000Z',
    'allowed 2026-11-23T10:00:00.000Z',
  ])('grants nothing by a value that nobody here wrote: "%s"', (value) => {
    const read = readRecord(new Map([['dms-engine-redis', value]]), at(9e9));
    expect(read.unreadable).toEqual(['dms-engine-redis']);
    expect(grantedBy(read, at(0))).toEqual(NO_GRANTS);
  });

  it('does not take an unreadable closing for none', () => {
    const read = readRecord(
      new Map([
        ['dms-engine-redis', formatEntry(granted(0))],
        ['dms-closed', 'yesterday'],
      ]),
      at(9e9),
    );
    expect(read.unreadable).toEqual(['dms-closed']);
  });
});

describe('what a record grants', () => {
  it('is what was granted and not revoked', () => {
    const one = record({ redis: granted(0), gdb: revoked(1), vpc: granted(2), rds: granted(3) });
    expect(grantedBy(one, at(9))).toEqual({
      engines: ['rds', 'redis'],
      connections: ['vpc'],
      narrowed: new Map(),
    });
  });

  it('ends with its expiry, to the millisecond', () => {
    const one = record({ redis: granted(0, 60), gdb: granted(0) });
    expect(grantedBy(one, at(59.999)).engines).toEqual(['gdb', 'redis']);
    expect(grantedBy(one, at(60)).engines).toEqual(['gdb']);
  });

  it('is nothing of what was granted up to a closing, and all that came after', () => {
    const one = record({ redis: granted(0), gdb: granted(5), lindorm: granted(6) }, 5);
    expect(grantedBy(one, at(9)).engines).toEqual(['lindorm']);
  });

  it('names the first end among what is live', () => {
    const one = record({
      redis: granted(0, 60),
      gdb: granted(0, 30),
      lindorm: granted(0),
      rds: { ...revoked(0), until: at(10) },
    });
    expect(expiryOf(one, at(0))).toBe(at(30));
    expect(expiryOf(one, at(30))).toBe(at(60));
    expect(expiryOf(one, at(60))).toBeNull();
    expect(expiryOf({ ...one, closedAt: at(1) }, at(0))).toBeNull();
  });

  it('names what has run out, and not what was taken away', () => {
    const one = record({ redis: granted(0, 60), gdb: granted(0, 30), rds: revoked(0), lindorm: granted(0) });
    expect(expiredIds(one, at(29))).toEqual([]);
    expect(expiredIds(one, at(60))).toEqual(['gdb', 'redis']);
    expect(expiredIds({ ...one, closedAt: at(1) }, at(60))).toEqual([]);
  });

  it('names the last time that it speaks of', () => {
    expect(lastChange(EMPTY_RECORD)).toBeNull();
    expect(lastChange(record({ redis: granted(5), gdb: revoked(7) }))).toBe(at(7));
    expect(lastChange(record({ redis: granted(5, 60) }))).toBe(at(60));
    expect(lastChange(record({ redis: granted(5) }, 90))).toBe(at(90));
  });

  it('on a console role is the account, or the users, in that order', () => {
    const users = record({ 'user:b': granted(0), 'user:a': granted(0), 'user:c': revoked(0) });
    expect(trustedBy(users, at(1))).toEqual(['a', 'b']);
    expect(
      trustedBy({ ...users, entries: new Map([...users.entries, ['account', granted(0)]]) }, at(1)),
    ).toBe('account');
    expect(trustedBy(users, at(1)).length).toBe(2);
    expect(trustedBy(EMPTY_RECORD, at(1))).toEqual([]);
  });

  it('a user is one user in any letter case, as for RAM, so that a revoke meets its grant', () => {
    expect(userId('DBA.One')).toBe(userId('dba.one'));
  });
});

describe('a full record fits', () => {
  const longest: Entry = { state: 'granted', at: at(0), until: at(86_400 * 365) };

  it('for every engine and connection, closed once, into 20 tags of 128 and 256 characters', () => {
    const ids: readonly GrantId[] = [...ALL_ENGINES, ...CONNECTIONS];
    const full = { ...EMPTY_RECORD, entries: new Map(ids.map((id) => [id, longest])), closedAt: at(0) };
    const { tags } = desiredRole(full, at(1), registerTerms);
    expect(tags.size).toBeLessThanOrEqual(20);
    for (const [key, value] of tags) {
      expect(key.length).toBeLessThanOrEqual(128);
      expect(value.length).toBeLessThanOrEqual(256);
    }
    expect(Math.max(...[...tags.values()].map(({ length }) => length))).toBeLessThanOrEqual(65);
  });

  it('for as many users of the longest names as a request may have, too', () => {
    const users = (count: number) => Array.from({ length: count }, (_, index) => `${index}`.padEnd(64, 'x'));
    const asks = (count: number) => ({ requesterUid: '1', access: 'console', users: users(count) });
    const most =
      [...Array(64).keys()].filter((count) => requestSchema.safeParse(asks(count)).success).at(-1) ?? 0;
    expect(most).toBeGreaterThan(1);
    const entries = new Map<GrantId, Entry>(users(most).map((name) => [userId(name), longest]));
    const { tags } = desiredRole({ ...EMPTY_RECORD, entries, closedAt: at(0) }, at(1), consoleTerms);
    for (const key of tags.keys()) expect(key.length).toBeLessThanOrEqual(128);
    expect(tags.size).toBeLessThanOrEqual(20);
  });

  it('has no two grants with one tag', () => {
    const ids: readonly GrantId[] = [
      ...ALL_ENGINES,
      ...CONNECTIONS,
      'account',
      userId('account'),
      userId('a'),
    ];
    expect(new Set(ids.map(tagKey)).size).toBe(ids.length);
  });
});

describe('the desired role', () => {
  it('grants by trust alone where no engine needs a policy', () => {
    const desired = desiredRole(record({ rds: granted(0) }), at(1), registerTerms);
    expect(desired).toMatchObject({
      roleName: 'dms-cross-account-1000000000000001',
      policy: null,
      terms: { trusted: 'dms' },
    });
  });

  it('has one policy for the set of engines', () => {
    const desired = desiredRole(
      record({ redis: granted(0), gdb: granted(0), vpc: granted(0) }),
      at(1),
      registerTerms,
    );
    expect(desired.policy).toMatchObject({
      kind: 'ours',
      name: 'DmsCrossAccountPolicy-gdb-redis-vpc',
      ids: ['gdb', 'redis', 'vpc'],
    });
  });

  it('is closed when nothing is granted, and keeps its record', () => {
    for (const one of [
      record({ redis: revoked(0) }),
      record({ redis: granted(0, 1) }),
      record({ vpc: granted(0) }),
    ]) {
      const desired = desiredRole(one, at(1), registerTerms);
      expect(desired.policy).toBeNull();
      expect(desired.terms.trusted).toBe('nobody');
      expect(desired.tags.size).toBe(2);
    }
  });

  it('of console access has the vendor’s policy and trusts whom the record names', () => {
    const desired = desiredRole(record({ 'user:dba': granted(0) }), at(1), consoleTerms);
    expect(desired).toMatchObject({
      roleName: 'dms-console-access-1000000000000001',
      policy: { kind: 'system', name: 'AliyunDMSLoginConsoleAccess' },
      terms: { trusted: ['dba'] },
    });
    expect(desiredRole(record({ account: revoked(0) }), at(1), consoleTerms)).toMatchObject({
      policy: null,
      terms: { trusted: 'nobody' },
    });
  });
});
