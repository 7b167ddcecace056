import vm from 'node:vm';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { meaningOf } from '../../../cli/report/check-meanings.ts';
import type { PageRole } from '../../../cli/report/data.ts';
import { byNeed } from '../../../cli/report/order.ts';
import { LOGIC } from '../../../cli/report/script-logic.ts';
import { CHECK_IDS } from '../../../events/check.ts';
import type { RoleReport } from '../../../events/report.ts';

interface State {
  readonly [field: string]: string;
}
interface Order {
  readonly sort: string;
  readonly down: boolean;
}
interface Logic {
  stateOf(hash: string): State;
  addressOf(state: State): string;
  sortRoles(roles: readonly PageRole[], sort: string, down: boolean, columns: readonly string[]): PageRole[];
  nextSort(order: Order, key: string): Order;
  matches(role: PageRole, wanted: State, columns: readonly string[]): boolean;
  csvOf(roles: readonly PageRole[], columns: readonly string[], texts: readonly string[]): string;
  jsonOf(roles: readonly PageRole[], columns: readonly string[], texts: readonly string[]): string;
}

const NAMES = 'stateOf, addressOf, sortRoles, nextSort, matches, csvOf, jsonOf';
const logic: Logic = vm.runInNewContext(
  `const WORDS = { p: 'pass', f: 'fail', s: 'skip' };${LOGIC};({ ${NAMES} })`,
  { URLSearchParams },
);

const COLUMNS = ['trust-dms', 'engine:redis'];
const TEXTS = ['fine', 'wrong', 'do this'];
const role = (uid: string, over: Partial<PageRole> = {}): PageRole => ({
  arn: `acs:ram::2:role/${uid}`,
  uid,
  name: null,
  access: 'register',
  status: 'verified',
  assurance: 'assumed',
  engines: ['redis'],
  ends: null,
  used: null,
  checks: [[0, 'p', 0, -1]],
  ...over,
});

describe('the address of the report page', () => {
  it('is empty where nothing is chosen', () => {
    expect(logic.addressOf({ verdict: '', sort: '', role: '' })).toBe('');
    expect({ ...logic.stateOf('') }).toEqual({});
  });

  it('brings back whatever was put into it', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom('verdict', 'requester', 'role'), fc.string({ minLength: 1 })),
        (state) => {
          expect({ ...logic.stateOf(logic.addressOf(state)) }).toEqual({ ...state });
        },
      ),
    );
  });
});

describe('the order of the rows', () => {
  const order = (sort: string, down: boolean, roles: readonly PageRole[]): readonly string[] =>
    logic.sortRoles(roles, sort, down, COLUMNS).map(({ uid }) => uid);

  it('goes by numbers as numbers, both ways, and by nothing when no head is chosen', () => {
    const roles = [role('10'), role('9'), role('100')];
    expect(order('requester', false, roles)).toEqual(['9', '10', '100']);
    expect(order('requester', true, roles)).toEqual(['100', '10', '9']);
    expect(order('', false, roles)).toEqual(['10', '9', '100']);
  });

  it('leaves what has no value at the end, both ways', () => {
    const roles = [
      role('1'),
      role('2', { ends: '2027-01-01T00:00:00.000Z' }),
      role('3', { ends: '2026-12-01T00:00:00.000Z' }),
    ];
    expect(order('ends', false, roles)).toEqual(['3', '2', '1']);
    expect(order('ends', true, roles)).toEqual(['2', '3', '1']);
  });

  it('of a check has the failed first, then the skipped, then the passed', () => {
    const roles = [
      role('1'),
      role('2', { checks: [[0, 's', 0, -1]] }),
      role('3', { checks: [[0, 'f', 1, 2]] }),
      role('4', { checks: [] }),
    ];
    expect(order('trust-dms', false, roles)).toEqual(['3', '2', '1', '4']);
  });

  it('is turned by a second choice of the same head, and left by a third', () => {
    const first = logic.nextSort({ sort: '', down: false }, 'ends');
    expect(first).toEqual({ sort: 'ends', down: false });
    const second = logic.nextSort(first, 'ends');
    expect(second).toEqual({ sort: 'ends', down: true });
    expect(logic.nextSort(second, 'ends')).toEqual({ sort: '', down: false });
    expect(logic.nextSort(second, 'arn')).toEqual({ sort: 'arn', down: false });
  });
});

it('a requester is found by a part of its UID or of its name', () => {
  const all = { owner: '', requester: '', engine: '', verdict: '', check: '' };
  const named = role('1234', { name: 'DBA platform' });
  expect(
    ['23', 'platf', 'dba', 'x'].map((requester) => logic.matches(named, { ...all, requester }, COLUMNS)),
  ).toEqual([true, true, true, false]);
  expect(logic.matches(named, { ...all, owner: '3' }, COLUMNS)).toBe(false);
  expect(logic.matches(named, { ...all, check: 'trust-dms' }, COLUMNS)).toBe(false);
});

describe('what is saved', () => {
  const failed = role('7', {
    name: '=cmd "x", y',
    status: 'failed',
    checks: [
      [0, 'f', 1, 2],
      [1, 's', 0, -1],
    ],
    ends: '2027-01-01T00:00:00.000Z',
    used: '2026-11-20',
  });

  it('as CSV quotes what has to be quoted, and begins no cell like a formula', () => {
    const [head, row, rest] = logic.csvOf([failed], COLUMNS, TEXTS).split('\r\n');
    expect(head).toBe('requester,name,access,verdict,assurance,engines,ends,used,failed,skipped,arn');
    expect(row).toBe(
      `7,"'=cmd ""x"", y",register,failed,assumed,redis,2027-01-01T00:00:00.000Z,2026-11-20,trust-dms,engine:redis,acs:ram::2:role/7`,
    );
    expect(rest).toBe('');
  });

  it('as JSON has the checks in full', () => {
    expect(JSON.parse(logic.jsonOf([failed], COLUMNS, TEXTS)).roles[0]).toMatchObject({
      requesterUid: '7',
      expiresAt: '2027-01-01T00:00:00.000Z',
      lastUsedOn: '2026-11-20',
      checks: [
        { id: 'trust-dms', status: 'fail', detail: 'wrong', fix: 'do this' },
        { id: 'engine:redis', status: 'skip', detail: 'fine', fix: null },
      ],
    });
  });
});

describe('what needs a hand', () => {
  const report = (requesterUid: string, over: Partial<RoleReport> = {}): RoleReport => ({
    roleArn: null,
    requesterUid,
    access: 'register',
    status: 'verified',
    assurance: 'assumed',
    grants: [],
    lastUsedOn: null,
    checks: [],
    ...over,
  });
  const ending = (expiresAt: string) => [{ id: 'redis', expiresAt, instances: null, readOnly: false }];

  it('is first what failed, then what is unsure, then what ends soon; closed roles are last', () => {
    const roles = [
      report('1', { status: 'revoked' }),
      report('2'),
      report('3', { grants: ending('2027-02-01T00:00:00.000Z') }),
      report('4', { grants: ending('2027-01-01T00:00:00.000Z') }),
      report('5', { checks: [{ id: 'engine:redis', status: 'skip', detail: 'no answer', fix: null }] }),
      report('6', { status: 'failed' }),
    ];
    expect(roles.toSorted(byNeed).map(({ requesterUid }) => requesterUid)).toEqual([
      '6',
      '5',
      '4',
      '3',
      '2',
      '1',
    ]);
  });
});

it('every check has a meaning, engines too, and an unknown one has none', () => {
  for (const id of [...CHECK_IDS, 'engine:redis']) expect(meaningOf(id), id).toMatch(/^[A-Z].{15,}\.$/);
  expect(meaningOf('of-tomorrow')).toBe('');
});
