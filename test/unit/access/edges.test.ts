import { describe, expect, test } from 'vitest';
import { isGrants, narrowedParts, resolveAsked } from '../../../shared/access/asked.ts';
import { resolveEngine } from '../../../shared/access/catalogue.ts';
import { checkRole } from '../../../shared/access/checks.ts';
import { rulesOf } from '../../../shared/access/document.ts';
import { type Entry, sameInstances } from '../../../shared/access/entry.ts';
import { fail } from '../../../shared/access/evidence.ts';
import { grants, NO_GRANTS } from '../../../shared/access/grants.ts';
import { isMendable } from '../../../shared/access/mend.ts';
import { millis } from '../../../shared/access/millis.ts';
import { parseRoleName, policyName } from '../../../shared/access/names.ts';
import { resourcesOf } from '../../../shared/access/narrow.ts';
import { permissionDifferences, permissionDocument } from '../../../shared/access/permission.ts';
import { EMPTY_RECORD, grantedBy, readRecord } from '../../../shared/access/record.ts';
import { applyChange, type Change } from '../../../shared/access/register.ts';
import { isSampled, NOT_SAMPLED } from '../../../shared/access/sample.ts';
import { formatStrangers, readStrangers, STRANGERS_TAG } from '../../../shared/access/strangers.ts';
import { sameVerdict, VERDICT_TAG, verdictOf } from '../../../shared/access/verdict.ts';
import { at, healthy, OWNER } from './setup.ts';

const said = (request: Parameters<typeof resolveAsked>[0]): string => {
  const found = resolveAsked(request);
  return isGrants(found) ? 'granted' : found.detail;
};

describe('a request that names what nobody knows', () => {
  test('is told each place, five at most, and what there is', () => {
    expect(said({ engines: ['redis', 'redsi', 'gbd'], connections: [] })).toBe(
      'engines[1] is "redsi"; the nearest is "redis"; engines[2] is "gbd"; the nearest is "gdb". Known: clickhouse, gdb, hologres, lindorm, oceanbase, polardb-mysql, polardb-oracle, polardb-postgresql, polardbx1, polardbx2, rds, redis, selectdb.',
    );
    const many = said({ engines: Array.from({ length: 7 }, () => 'x'), connections: [] });
    expect(many.match(/engines\[\d\] is/g)).toHaveLength(5);
  });

  test('is not told more than 80 characters of a word', () => {
    const word = `${'x'.repeat(80)}y`;
    expect(said({ engines: [word], connections: [] })).toContain(`engines[0] is "${'x'.repeat(80)}";`);
    expect(said({ engines: [], connections: [], instances: { [word]: ['r-1'] } })).toContain(
      `instances.${'x'.repeat(80)} is "${'x'.repeat(80)}";`,
    );
  });

  test('is told at most five of what cannot be narrowed', () => {
    const engines = ['rds', 'polardb-mysql', 'polardb-oracle', 'polardb-postgresql', 'RDS', 'rds'];
    const detail = said({ engines, connections: [], readOnly: true });
    expect(detail.match(/; readOnly is true: /g)).toHaveLength(4);
    expect(detail).toMatch(/of its own\.$/);
  });

  test('may name as many instances as its tag holds, to the character', () => {
    const ask = (last: number) => ({
      engines: ['redis'],
      connections: [],
      instances: { redis: ['a'.repeat(60), 'b'.repeat(60), 'c'.repeat(last)] },
    });
    expect(said(ask(58))).toBe('granted');
    expect(said(ask(59))).toContain('of 181 characters together');
  });

  test('what is narrowed is told apart: what only reads, and what is for some instances', () => {
    expect(narrowedParts(new Map())).toEqual({});
    expect(narrowedParts(new Map([['redis', ['r-1', 'r-2']]]))).toEqual({
      instances: { redis: ['r-1', 'r-2'] },
    });
    expect(
      narrowedParts(
        new Map([
          ['gdb', []],
          ['redis', ['r-1']],
          ['lindorm', []],
        ]),
      ),
    ).toEqual({ instances: { redis: ['r-1'] }, readOnly: ['gdb', 'lindorm'] });
    expect(narrowedParts(new Map([['gdb', []]]))).toEqual({ readOnly: ['gdb'] });
  });
});

describe('letters that only look like others', () => {
  test('make another word for an engine', () => {
    expect(resolveEngine('redıs')).toEqual({ nearest: 'redis' });
  });

  test('make another operator of a condition', () => {
    const under = (operator: string) =>
      rulesOf(
        JSON.stringify({
          Version: '1',
          Statement: { Effect: 'Allow', Action: 'a:B', Resource: '*', Condition: { [operator]: { k: 'v' } } },
        }),
      );
    expect(under('stringequals')).toEqual(under('StringEquals'));
    expect(under('StrıngEquals')).not.toEqual(under('StringEquals'));
  });
});

test('of a long word for an engine the first 64 characters count, and of two that are as near, the first', () => {
  expect(resolveEngine(`${'z'.repeat(64)} polardb for oracle`)).toEqual({ nearest: 'clickhouse' });
});

describe('a name', () => {
  test('of as many characters as ours is no role of ours', () => {
    expect(parseRoleName(`${'x'.repeat('dms-cross-account-'.length)}123`)).toBeNull();
  });

  test('of a narrowed policy is one, whatever the order of engines and resources', () => {
    const one = new Map([
      ['redis', ['a', 'b']],
      ['lindorm', ['c']],
    ] as const);
    const other = new Map([
      ['lindorm', ['c']],
      ['redis', ['b', 'a']],
    ] as const);
    expect(policyName(['redis', 'lindorm'], one)).toBe(policyName(['lindorm', 'redis'], other));
  });
});

describe('a narrowed engine', () => {
  test('has resources where the vendor knows some, and none elsewhere', () => {
    const resources = resourcesOf(
      new Map([
        ['redis', ['r-1']],
        ['selectdb', ['s-1']],
        ['lindorm', []],
        ['gdb', ['g-1']],
        ['rds', ['rm-1']],
      ]),
      OWNER,
    );
    expect([...resources]).toEqual([
      ['redis', [`acs:kvstore:*:${OWNER}:instance/r-1`]],
      ['selectdb', []],
      ['lindorm', []],
      ['gdb', []],
    ]);
  });

  test('is named with its resources where its right is missing', () => {
    const resources = new Map([['redis', ['acs:kvstore:*:2:instance/r-1']]] as const);
    const whole = JSON.stringify(permissionDocument(['redis']));
    expect(permissionDifferences(whole, permissionDocument(['redis'], resources))).toEqual([
      'kvstore:modifysecurityips on acs:kvstore:*:2:instance/r-1 is missing',
      'Allow kvstore:modifysecurityips on * was not asked for',
    ]);
  });

  test('is granted as its record says, and read back from its tag', () => {
    const tags = new Map([
      ['dms-engine-redis', 'granted 2026-11-23T10:00:00.000Z on r-1 r-2'],
      ['dms-engine-selectdb', 'granted 2026-11-23T10:00:00.000Z read-only'],
      ['dms-engine-gdb', 'granted 2026-11-23T10:00:00.000Z'],
    ]);
    expect(grantedBy(readRecord(tags), at(1))).toEqual({
      engines: ['gdb', 'redis', 'selectdb'],
      connections: [],
      narrowed: new Map([
        ['redis', ['r-1', 'r-2']],
        ['selectdb', []],
      ]),
    });
  });

  test.each(['-r-1', `r${'x'.repeat(64)}`])('is unreadable for an instance %s', (id) => {
    const tags = new Map([['dms-engine-redis', `granted 2026-11-23T10:00:00.000Z on ${id}`]]);
    expect(readRecord(tags).unreadable).toEqual(['dms-engine-redis']);
  });

  test('is for the same instances, or for others', () => {
    const entry = (...instances: string[]): Entry => ({
      state: 'granted',
      at: at(0),
      until: null,
      instances,
    });
    const all: Entry = { state: 'granted', at: at(0), until: null };
    expect(sameInstances(entry('a', 'b'), entry('a', 'b'))).toBe(true);
    for (const other of [entry('a'), entry('ab'), entry(), all])
      expect([other, sameInstances(entry('a', 'b'), other)]).toEqual([other, false]);
    expect([sameInstances(entry(), all), sameInstances(all, all)]).toEqual([false, true]);
  });
});

describe('of two grants of one engine', () => {
  const grant = (seconds: number, instances?: readonly string[], until: number | null = null): Change => ({
    action: 'grant',
    ids: ['redis'],
    at: at(seconds),
    until: until === null ? null : at(until),
    ...(instances === undefined ? {} : { narrowed: new Map([['redis', instances]]) }),
  });
  const recordAfter = (...changes: Change[]) =>
    changes.reduce((record, change) => applyChange(record, change).record, EMPTY_RECORD);
  const entry = (...changes: Change[]) => recordAfter(...changes).entries.get('redis');
  const revoke = (seconds: number, ids: readonly 'redis'[] | 'all' = ['redis']): Change => ({
    action: 'revoke',
    ids,
    at: at(seconds),
  });

  test('each is written as it is: for all, for some, for reading', () => {
    expect(entry(grant(1))).toEqual({ state: 'granted', at: at(1), until: null });
    expect(entry(grant(1, ['r-1']))?.instances).toEqual(['r-1']);
    expect(entry(grant(1, []))?.instances).toEqual([]);
  });

  test('of one millisecond the narrower holds, and of two as narrow always the same, whichever comes first', () => {
    for (const [one, other, holds] of [
      [grant(1), grant(1, ['r-1']), ['r-1']],
      [grant(1, ['r-1', 'r-2']), grant(1, ['r-3']), ['r-3']],
      [grant(1, []), grant(1, ['r-3']), []],
      [grant(1, ['r-1', 'r-3']), grant(1, ['r-1', 'r-2']), ['r-1', 'r-2']],
    ] as const) {
      expect(entry(one, other)?.instances).toEqual(holds);
      expect(entry(other, one)?.instances).toEqual(holds);
    }
  });

  test('of one millisecond the one that ends first holds, whatever they are for', () => {
    for (const [one, other] of [
      [grant(1, ['r-1']), grant(1, ['r-1', 'r-2'], 60)],
      [grant(1, ['r-1'], 90), grant(1, ['r-1', 'r-2'], 60)],
    ] as const) {
      expect(entry(one, other)?.until).toBe(at(60));
      expect(entry(other, one)?.until).toBe(at(60));
    }
  });

  test('a later one moves the stamp, unless it is for everything and without an end', () => {
    expect(entry(grant(1), grant(2))?.at).toBe(at(1));
    expect(entry(grant(1, ['r-1']), grant(2, ['r-1']))?.at).toBe(at(2));
    expect(entry(grant(1, undefined, 60), grant(2, undefined, 60))?.at).toBe(at(2));
  });

  test('the first millisecond of all is as good a time as any', () => {
    const first = { action: 'grant', ids: ['redis'], at: millis(0), until: null } as const;
    expect(applyChange(EMPTY_RECORD, first)).toEqual({
      record: { ...EMPTY_RECORD, entries: new Map([['redis', { state: 'granted', at: 0, until: null }]]) },
      superseded: [],
    });
    expect(grantedBy(recordAfter(first), at(0)).engines).toEqual(['redis']);
  });

  test('one that was closed in the same millisecond is over, and its copy is told so', () => {
    expect(applyChange(recordAfter(grant(3), revoke(3, 'all')), grant(3)).superseded).toEqual(['redis']);
  });

  test('a revoke overtakes no revoke: not one that stands for an end, nor one after a closing', () => {
    const ended = recordAfter(grant(1, undefined, 60), { action: 'expire', now: at(60) });
    expect(applyChange(ended, revoke(0)).superseded).toEqual([]);
    expect(applyChange(recordAfter(revoke(5)), revoke(3, 'all')).superseded).toEqual([]);
  });
});

describe('what the sweep remembers', () => {
  test('stands in tags of these names, and what it left out is said so', () => {
    expect([VERDICT_TAG, STRANGERS_TAG, NOT_SAMPLED]).toEqual([
      'dms-verdict',
      'dms-strangers',
      'sampled: not in this sweep',
    ]);
  });

  test('of many failed checks, as many as fit, to the character', () => {
    const cut = (...lengths: number[]) =>
      verdictOf(
        lengths.map((length, index) => fail('abc'.charAt(index).repeat(length), 'why', 'how')),
        at(0),
      ).checks.map((id) => (id.startsWith('+') ? id : `${id.length}`));
    expect(cut(100, 100, 100)).toEqual(['100', '100', '+1']);
    expect(cut(109, 108)).toEqual(['109', '108']);
    expect(cut(109, 109)).toEqual(['109', '+1']);
    expect(cut(218, 1, 1)).toEqual(['218', '+2']);
  });

  test('is the same verdict where status and checks are', () => {
    const verdict = (status: 'verified' | 'failed', ...checks: string[]) => ({ status, at: at(0), checks });
    expect(sameVerdict(verdict('failed', 'a', 'b'), { ...verdict('failed', 'a', 'b'), at: at(9) })).toBe(
      true,
    );
    for (const other of [verdict('verified', 'a', 'b'), verdict('failed', 'a'), verdict('failed', 'ab')])
      expect([other, sameVerdict(verdict('failed', 'a', 'b'), other)]).toEqual([other, false]);
  });

  test('of strangers is as many names as fit, to the character', () => {
    const name = (letter: string, length: number) => letter.repeat(length);
    expect(formatStrangers([name('a', 250)])).toBe(name('a', 250));
    expect(formatStrangers([name('a', 251)])).toBe('+1');
    expect(readStrangers(formatStrangers([name('a', 125), name('b', 124)]))).toHaveLength(2);
    expect(formatStrangers([name('a', 125), name('b', 125)])).toBe(`${name('a', 125)} +1`);
    expect(formatStrangers(['a'])).toBe('a');
  });
});

describe('which roles an hour looks at in full', () => {
  const PINNED = ['role-15', 'role-31', 'role-47'];
  const sampled = (time: ReturnType<typeof at>) =>
    Array.from({ length: 60 }, (_, n) => `role-${n}`).filter((name) => isSampled(name, time));

  test('is for the whole hour, and from release to release, the same', () => {
    expect(sampled(at(0))).toEqual(PINNED);
    expect(sampled(at(3_599.999))).toEqual(PINNED);
    expect(sampled(at(3_600))).not.toEqual(PINNED);
  });
});

test.each([
  'trust-dms',
  'trust-requester',
  'trust-closed',
  'policies-attached',
  'policy-content',
  'console-policy',
  'assume-role',
  'assume-role-denied',
])('%s alone is mended', (id) => {
  expect(isMendable([fail(id, 'why', 'how')])).toBe(true);
});

test('a policy that nothing calls for is told by what it allows', () => {
  const evidence = { ...healthy(), granted: grants([], []) };
  const content = checkRole(evidence).filter(({ id }) => id === 'policy-content');
  expect(content.map(({ status }) => status)).toEqual(['fail']);
  expect(content[0]?.detail).toContain('Allow kvstore:modifysecurityips on * was not asked for');
  expect(NO_GRANTS).toEqual(grants([], []));
});
