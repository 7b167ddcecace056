import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { resolveEngine } from '../../../shared/catalogue/catalogue.ts';
import { actionsOf, documentIds, grants } from '../../../shared/catalogue/grants.ts';
import {
  CONSOLE_POLICY,
  isDigest,
  isOurs,
  isPolicyName,
  POLICY_PREFIX,
  parseRoleName,
  policyName,
  TRIGGER_ROLE,
} from '../../../shared/catalogue/names.ts';

describe('names of ours', () => {
  it('are those that the pages say', () => {
    expect([POLICY_PREFIX, CONSOLE_POLICY, TRIGGER_ROLE]).toEqual([
      'DmsCrossAccountPolicy-',
      'AliyunDMSLoginConsoleAccess',
      'dms-handshake-trigger',
    ]);
  });

  it.each([
    ['dms-cross-account-7', { access: 'register', requesterUid: '7' }],
    ['dms-console-access-7', { access: 'console', requesterUid: '7' }],
    // As long as the prefix, and something else.
    ['xms-cross-account-7', null],
    ['dms-cross-account-x', null],
  ])('%s is the role of %j', (name, id) => {
    expect(parseRoleName(name)).toEqual(id);
  });

  it('of a policy that is narrowed ends in a digest of what it may do, whatever the order', () => {
    const digest = (limits: unknown) =>
      createHash('sha256').update(JSON.stringify(limits)).digest('hex').slice(0, 20);
    const named = (resources: Parameters<typeof policyName>[1]) => policyName(['redis', 'gdb'], resources);
    const limits = [
      ['gdb', ['a']],
      ['redis', ['b', 'c']],
    ];
    const resources = new Map([
      ['redis', ['c', 'b']],
      ['gdb', ['a']],
    ] as const);
    expect(named(resources)).toBe(`DmsCrossAccountPolicy-gdb-redis-${digest(limits)}`);
    expect(resources.get('redis')).toEqual(['c', 'b']);
    expect(named(new Map([['redis', []]]))).toBe(
      `DmsCrossAccountPolicy-gdb-redis-${digest([['redis', []]])}`,
    );
    expect(named(new Map([['lindorm', ['a']]]))).toBe('DmsCrossAccountPolicy-gdb-redis');
  });

  it.each([
    ['0123456789abcdef0123', true],
    ['0123456789abcdef012', false],
    ['0123456789abcdef01234', false],
    ['0123456789ABCDEF0123', false],
    ['x0123456789abcdef0123', false],
    ['redis', false],
  ])('%s is a digest: %s', (part, is) => {
    expect(isDigest(part)).toBe(is);
  });

  it.each([
    ['DmsCrossAccountPolicy-redis-2', true],
    ['DmsCrossAccountPolicy-', false],
    ['DmsCrossAccountPolicy-a b', false],
    ['DmsCrossAccountPolicy-a\n', false],
    ['xDmsCrossAccountPolicy-a', false],
    ['AdministratorAccess', false],
  ])('"%s" can be a policy of ours: %s', (name, is) => {
    expect(isPolicyName(name)).toBe(is);
  });

  it.each([
    [{ 'managed-by': 'dms-handshake' }, true],
    [{ 'managed-by': 'dms-handshake', team: 'x' }, true],
    [{ 'managed-by': 'terraform' }, false],
    [{ 'Managed-By': 'dms-handshake' }, false],
    [{}, false],
  ])('what has the tags %j is ours: %s', (tags, is) => {
    expect(isOurs(new Map(Object.entries(tags)))).toBe(is);
  });
});

describe('the word for an engine', () => {
  it.each([
    ['redis'.padEnd(128), { id: 'redis' }],
    ['redis'.padEnd(129), { near: ['redis'] }],
    ['redis'.padStart(200), { near: ['redis'] }],
    ['  ApsaraDB \t RDS ', { id: 'rds' }],
    ['PolarDB for MySQL', { id: 'polardb-mysql' }],
    ['PolarDB for PostgreSQL', { id: 'polardb-postgresql' }],
    ['PolarDB for PostgreSQL (Compatible with Oracle)', { id: 'polardb-oracle' }],
    ['PolarDB for Oracle', { id: 'polardb-oracle' }],
    ['apsaradb rd', { near: ['rds'] }],
  ])('"%s"', (word, found) => {
    expect(resolveEngine(word)).toEqual(found);
  });
});

describe('a set of grants', () => {
  it('is narrowed as far as its own engines are', () => {
    const narrowed = new Map([
      ['redis', ['r-1']],
      ['gdb', []],
      ['lindorm', ['l-1']],
    ] as const);
    expect(grants(['redis', 'gdb', 'rds'], [], narrowed).narrowed).toEqual(
      new Map([
        ['gdb', []],
        ['redis', ['r-1']],
      ]),
    );
    expect([...grants(['redis', 'gdb'], [], narrowed).narrowed.keys()]).toEqual(['gdb', 'redis']);
  });

  it('needs the documents of its engines and one for connections', () => {
    const set = grants(['redis', 'rds'], ['vpc', 'dedicated-line']);
    expect(documentIds(set)).toEqual(['redis', 'vpc']);
    expect(actionsOf(['vpc']).every((action) => action.startsWith('vpc:'))).toBe(true);
  });
});
