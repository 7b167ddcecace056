import { describe, expect, it } from 'vitest';
import { NO_END_RULES } from '../../../shared/record/ends.ts';
import type { EndNotice } from '../../../shared/record/notices.ts';
import { readRecord } from '../../../shared/record/record.ts';
import { millis } from '../../../shared/runtime/millis.ts';
import { expiringReply } from '../../../shared/sweep/expiring-reply.ts';
import { REQUESTER } from '../../kit/accounts.ts';
import { listedRole } from '../../kit/sweep-parts.ts';
import { SENDER } from '../../kit/sweeper.ts';
import { DAY, START } from '../../kit/time.ts';

/** The request that a notice of an end brings along: as long again, and no longer than the owner allows. */
const END = millis(START + 10 * DAY);
const iso = (days: number) => new Date(START + days * DAY).toISOString();
const until10 = `granted ${iso(0)} until ${iso(10)}`;
const short = (days: number) => (START + days * DAY).toString(36);

const told = (
  tags: Readonly<Record<string, string>>,
  ids: EndNotice['ids'],
  latest: number | null = null,
  access: 'register' | 'console' = 'register',
) => {
  const role = listedRole(tags, access);
  const now = millis(START + 6 * DAY);
  const rules = { ...NO_END_RULES, latestEnd: () => (latest === null ? null : millis(START + latest * DAY)) };
  const notice = { end: END, days: 7, moment: now, ids };
  return expiringReply(role, readRecord(role.tags, now), notice, rules, SENDER, now).data;
};
const next = (rest: object, days: number, access = 'register') => ({
  action: 'extend',
  requesterUid: REQUESTER,
  access,
  ...rest,
  expiresAt: iso(days),
});

describe('the request for a later end', () => {
  it('is for engines and connections, each by its kind', () => {
    const tags = { 'dms-engine-redis': until10, 'dms-engine-gdb': until10, 'dms-connection-vpc': until10 };
    const said = told(tags, ['gdb', 'redis', 'vpc']);
    expect(said.next).toEqual(next({ engines: ['gdb', 'redis'], connections: ['vpc'] }, 20));
    expect(said.prerequisites).toEqual([`gdb, redis, vpc ends at ${iso(10)}`]);
  });

  it('is for the whole account, which needs no names', () => {
    const said = told({ 'dms-console-account': until10 }, ['account'], null, 'console');
    expect(said.next).toEqual(next({}, 20, 'console'));
  });

  it('is for the users of a console role', () => {
    const tags = { 'dms-console-user-ben': until10, 'dms-console-user-mia': until10 };
    const said = told(tags, ['user:ben', 'user:mia'], null, 'console');
    expect(said.next).toEqual(next({ users: ['ben', 'mia'] }, 20, 'console'));
  });

  it('is for the whole account where that ends with some of its users', () => {
    const tags = { 'dms-console-account': until10, 'dms-console-user-ben': until10 };
    const { next: sent } = told(tags, ['account', 'user:ben'], null, 'console');
    expect(sent).toEqual(next({}, 20, 'console'));
  });

  it.each([
    ['from the grant', until10, 20],
    ['from when the end was said', `granted ${short(0)} u:${short(10)} s:${short(4)}`, 16],
    ['from the first grant, where that came later', `granted ${short(2)} u:${short(10)} s:${short(1)}`, 18],
  ])('asks for as long again, counted %s', (_what, redis, days) => {
    expect(told({ 'dms-engine-redis': redis }, ['redis']).next).toEqual(next({ engines: ['redis'] }, days));
  });

  it('is for the earliest of several ends, of those that may have a later one', () => {
    const tags = {
      'dms-engine-redis': `granted ${short(0)} u:${short(10)} s:${short(4)}`,
      'dms-engine-gdb': until10,
    };
    expect(told(tags, ['gdb', 'redis']).next).toEqual(next({ engines: ['gdb', 'redis'] }, 16));
  });

  it('is for no more than the owner allows', () => {
    expect(told({ 'dms-engine-redis': until10 }, ['redis'], 12).next).toEqual(
      next({ engines: ['redis'] }, 12),
    );
  });

  it.each([
    ['the owner allows no later one', { 'dms-engine-redis': until10 }, 10],
    ['the record has nothing of it any more', {}, null],
  ])('is none where %s', (_what, tags, latest) => {
    const said = told(tags, ['redis'], latest);
    expect(said.next).toBeNull();
    expect(said.prerequisites).toEqual([
      `redis ends at ${iso(10)}`,
      '"maxDays" of requesters.json allows no later end: ask the owner',
    ]);
  });
});
