import { describe, expect, it } from 'vitest';
import { readRequesters } from '../../../shared/admission/requesters.ts';
import { desiredRole } from '../../../shared/reconcile/desired.ts';
import { changeOf, dueFor, isOvertaken } from '../../../shared/reconcile/role-change.ts';
import { applyChange } from '../../../shared/record/apply-change.ts';
import type { Change } from '../../../shared/record/change.ts';
import { type AccessRecord, EMPTY_RECORD } from '../../../shared/record/record.ts';
import { RETENTION_MS } from '../../../shared/record/retention.ts';
import type { Gate } from '../../../shared/requests/gate.ts';
import { isParsedRequest, parseRequestOf } from '../../../shared/requests/parsed-request.ts';
import { millis } from '../../../shared/runtime/millis.ts';
import { OWNER, REQUESTER } from '../../kit/accounts.ts';
import { HOUR } from '../../kit/time.ts';
import { observedAs, type Seen } from '../../kit/views.ts';

const NOW = Date.parse('2026-11-23T10:00:00.000Z');
const BEFORE = millis(NOW - HOUR);
const requesters = readRequesters(
  JSON.stringify({
    requesters: [{ uid: REQUESTER, name: 'r', engines: '*', access: ['register'], topics: ['t'] }],
  }),
);

describe('the change that a request asks for', () => {
  const change = (body: object) => {
    const delivery = {
      body: JSON.stringify({ requesterUid: REQUESTER, ...body }),
      messageId: 'm',
      topic: 't',
    };
    const parsed = parseRequestOf({ ...delivery, publishedAt: BEFORE }, OWNER, requesters);
    if (!isParsedRequest(parsed)) throw new Error(parsed.problem?.detail);
    return changeOf(parsed);
  };

  it.each<[what: string, body: object, fields: readonly string[], values: object]>([
    [
      'to revoke has no end',
      { action: 'revoke', engines: ['gdb'] },
      ['action', 'ids', 'at', 'ends'],
      { ids: ['gdb'] },
    ],
    [
      'to revoke without names is about all',
      { action: 'revoke' },
      ['action', 'ids', 'at', 'ends'],
      { ids: 'all' },
    ],
    [
      'to extend for ever keeps that',
      { action: 'extend', engines: ['gdb'], expiresAt: 'never' },
      ['action', 'ids', 'at', 'ends', 'until', 'judge'],
      { until: 'never' },
    ],
    [
      'to extend keeps the end that it names',
      { action: 'extend', expiresAt: '2026-12-01T00:00:00.000Z' },
      ['action', 'ids', 'at', 'ends', 'until', 'judge'],
      { ids: 'all', until: Date.parse('2026-12-01T00:00:00.000Z') },
    ],
  ])('%s', (_what, body, fields, values) => {
    const found = change(body);
    expect(Object.keys(found ?? {})).toEqual(fields);
    expect(found).toMatchObject(values);
  });

  it('to verify is none', () => {
    expect(change({ action: 'verify' })).toBeNull();
  });
});

describe('what is written', () => {
  const terms = {
    access: 'register' as const,
    ownerUid: OWNER,
    requesterUid: REQUESTER,
    verifyRoleArn: `acs:ram::${OWNER}:role/dms-handshake-verify`,
  };
  const grant = (record: AccessRecord, id: 'redis' | 'gdb', until: number | 'never', at = BEFORE) =>
    applyChange(record, {
      action: 'grant',
      ids: [id],
      at,
      until: until === 'never' ? until : millis(until),
    }).record;
  const open = grant(EMPTY_RECORD, 'redis', 'never');
  const ended = grant(open, 'gdb', NOW - 1);
  const unread = { ...ended, unreadable: ['dms-engine-rds'] };
  const closed = applyChange(open, { action: 'revoke', ids: 'all', at: BEFORE }).record;

  /** A role whose record is not written, and that has a policy, a trust and a right that nobody here gave it. */
  const drifted = (record: AccessRecord): Seen => ({
    role: { name: desiredRole(record, millis(NOW), terms).roleName, trust: '{"Version":"1","Statement":[]}' },
    tags: new Map([['managed-by', 'dms-handshake']]),
    attached: [{ name: 'AdministratorAccess', type: 'System' }],
    policyText: null,
  });
  const ABSENT: Seen = { role: null, tags: new Map(), attached: [], policyText: null };
  const due = (
    change: Change,
    record: AccessRecord,
    { now = NOW, seen = drifted(record), ...how }: Options = {},
  ) => {
    const desired = desiredRole(record, millis(now), terms);
    return dueFor(change, observedAs(seen, desired), desired, record, millis(now), how);
  };
  interface Options {
    readonly now?: number;
    readonly seen?: Seen;
    readonly gate?: Gate;
    readonly recordOnly?: boolean;
  }
  const kinds = (...asked: Parameters<typeof due>) =>
    due(...asked)
      .stages.flat()
      .map(({ operation }) => operation);

  const GRANT: Change = { action: 'grant', ids: ['redis'], at: BEFORE, until: 'never' };
  const EXPIRE: Change = { action: 'expire', now: millis(NOW) };
  const REPAIR: Change = { ...EXPIRE, repair: true };
  const LAPSE: Change = { action: 'lapse', ids: ['gdb'], now: millis(NOW) };
  const ALL = ['tag-role', 'create-policy', 'update-trust', 'attach-policy', 'detach-policy'];
  const gate: Gate = { kind: 'unanswered' };

  it.each<[what: string, change: Change, record: AccessRecord, options: Options, writes: readonly string[]]>([
    ['for a request: the whole role', GRANT, open, {}, ALL],
    ['of a word that came too late: the record alone', GRANT, open, { recordOnly: true }, ['tag-role']],
    ['where nothing has run out: nothing', EXPIRE, open, {}, []],
    ['where a grant has run out: the record alone', EXPIRE, ended, {}, ['tag-role']],
    ['where nobody has confirmed a grant: the record alone', LAPSE, ended, {}, ['tag-role']],
    ['to repair: the whole role', REPAIR, open, {}, ALL],
    ['to repair what cannot be read whole: what has run out', REPAIR, unread, {}, ['tag-role']],
    ['behind a gate: what waits there', EXPIRE, open, { gate }, ['tag-role']],
    ['behind a gate, of one that has run out: each write once', EXPIRE, ended, { gate }, ['tag-role']],
  ])('%s', (_what, change, record, options, writes) => {
    expect(kinds(change, record, options)).toEqual(writes);
  });

  it('by upkeep is nothing where there is no role', () => {
    expect(due(EXPIRE, ended, { seen: ABSENT })).toEqual({ differences: [], stages: [] });
  });

  it('by upkeep deletes what was closed long ago, and ends no difference by that', () => {
    const { differences, stages } = due(REPAIR, closed, { now: NOW + RETENTION_MS });
    expect(differences).toEqual([]);
    expect(stages.flat().map(({ operation }) => operation)).toEqual(['detach-policy', 'delete-role']);
  });

  it('is the difference that only the owner can end, too, and no write for it', () => {
    const foreign = {
      ...observedAs(drifted(open), desiredRole(open, millis(NOW), terms)),
      foreignPolicy: true,
    };
    const desired = desiredRole(open, millis(NOW), terms);
    const whole = dueFor(GRANT, foreign, desired, open, millis(NOW));
    expect(whole.differences.some(({ write }) => write === null)).toBe(true);
    for (const how of [{ recordOnly: true }, { gate }]) {
      const { differences } = dueFor(how.gate ? EXPIRE : GRANT, foreign, desired, open, millis(NOW), how);
      expect(differences.map(({ write }) => write?.operation)).toEqual(['tag-role']);
    }
  });
});

it.each([
  ['the closing of a role', [], [], false],
  ['a request of which all holds', ['redis'], [], false],
  ['a request of which something holds', ['redis', 'gdb'], ['redis'], false],
  ['a request of which nothing holds', ['redis', 'gdb'], ['gdb', 'redis'], true],
] as const)('%s: overtaken, or not', (_what, ids, superseded, overtaken) => {
  const word = { record: EMPTY_RECORD, ids, superseded, missing: [], over: [], fixed: [] };
  expect(isOvertaken(word)).toBe(overtaken);
});
