import { describe, expect, it } from 'vitest';
import type { Check } from '../../../events/check.ts';
import { type Millis, millis } from '../../../shared/runtime/millis.ts';
import type { OurRole } from '../../../shared/sweep/list-roles.ts';
import type { Proof } from '../../../shared/verification/proof.ts';
import type { Unchecked, Verdict } from '../../../shared/verification/verdict.ts';
import { OWNER } from '../../kit/accounts.ts';
import { reporting } from '../../kit/reporting.ts';
import { healthy, recordFor, registerTerms } from '../../kit/role-documents.ts';
import { ROLE } from '../../kit/roles.ts';
import { listedRole, tagsOfOthers } from '../../kit/sweep-parts.ts';
import { at, DAY, START } from '../../kit/time.ts';

/** What the sweep tells of a role and has remembered, by what it found and what was remembered before. */
const GRANTED = 'granted 2026-11-23T10:00:00.000Z until 2026-12-23T10:00:00.000Z';
const BAD: Check = { id: 'trust-dms', status: 'fail', detail: 'trusts nobody', fix: 'send it again' };
const UNKNOWN: Check = { id: 'engine:gdb', status: 'skip', detail: 'no answer', fix: null };

const proofOf = (checks: readonly Check[], over: Partial<Proof> = {}): Proof => {
  const found = healthy();
  return { ...found, record: recordFor(registerTerms, found.granted), checks, ...over };
};
const verdict = (status: Verdict['status'], time: Millis, unchecked?: Unchecked): Verdict => ({
  status,
  at: time,
  checks: status === 'failed' ? [BAD.id] : [],
  unchecked,
});
const unchecked = (since: Millis): Unchecked => ({ told: [], since, fresh: ['engine:gdb'] });

describe('a change that is told', () => {
  it('has what the role grants, and the ARN that RAM says', async () => {
    const { report, outcome } = reporting();
    await report.report(listedRole({}), proofOf([BAD]), null, START);
    const { told, remembered } = await outcome();
    expect(told).toMatchObject([
      { roleArn: `acs:ram::${OWNER}:role/r`, engines: ['lindorm', 'rds', 'redis'], connections: ['vpc'] },
    ]);
    expect(told[0]?.grants.map(({ id }) => id)).toEqual(['lindorm', 'rds', 'redis', 'vpc']);
    expect(remembered).toEqual([['failed 2026-11-23T10:00:00.000Z trust-dms', [ROLE]]]);
  });

  it('of a role that is not there any more has nothing that it granted', async () => {
    const { report, outcome } = reporting();
    const role = listedRole({ 'dms-engine-redis': GRANTED });
    await report.report(role, proofOf([BAD], { role: null }), null, START);
    expect((await outcome()).told).toMatchObject([
      { roleArn: role.arn, engines: [], connections: [], grants: [], expiresAt: null },
    ]);
  });

  it('of several roles in one sweep is remembered at once, whenever each was looked at', async () => {
    const { report, outcome } = reporting();
    for (const [seconds, uid] of [
      [0, '11'],
      [9, '12'],
    ] as const)
      await report.report(listedRole({}, 'register', uid), proofOf([BAD]), null, at(seconds));
    const names = ['dms-cross-account-11', 'dms-cross-account-12'];
    expect((await outcome()).remembered).toEqual([['failed 2026-11-23T10:00:00.000Z trust-dms', names]]);
  });
});

describe('what cannot be checked any more', () => {
  const later = millis(START + 2 * DAY);
  const see = async (role: OurRole, checks: readonly Check[], from: Verdict) => {
    const { report, outcome } = reporting();
    await report.report(role, proofOf(checks), from, later);
    return outcome();
  };
  const FOUND = { 'dms-verdict': 'verified 2026-11-23T10:00:00.000Z' };

  it('is told of and remembered beside the verdict, which keeps its time', async () => {
    const { told, remembered } = await see(
      listedRole(FOUND),
      [UNKNOWN],
      verdict('verified', START, unchecked(at(5))),
    );
    expect(told.map(({ prerequisites }) => prerequisites)).toEqual([
      ['since 2026-11-23T10:00:05.000Z could not be checked: gdb (no answer)'],
    ]);
    expect(remembered).toEqual([['verified 2026-11-23T10:00:00.000Z unchecked gdb', [ROLE]]]);
  });

  it('is remembered of each role under the time of its own verdict', async () => {
    const { report, outcome } = reporting();
    for (const [seconds, uid] of [
      [0, '11'],
      [9, '12'],
    ] as const)
      await report.report(
        listedRole(FOUND, 'register', uid),
        proofOf([UNKNOWN]),
        verdict('verified', at(seconds)),
        later,
      );
    const since = 'unchecked since 2026-11-25T10:00:00.000Z gdb';
    expect((await outcome()).remembered).toEqual([
      [`verified 2026-11-23T10:00:00.000Z ${since}`, ['dms-cross-account-11']],
      [`verified 2026-11-23T10:00:09.000Z ${since}`, ['dms-cross-account-12']],
    ]);
  });

  it('of a role that failed before and fails now is not told', async () => {
    const role = listedRole({ 'dms-verdict': 'failed 2026-11-23T10:00:00.000Z trust-dms' });
    const { told, remembered } = await see(role, [BAD, UNKNOWN], verdict('failed', START, unchecked(at(5))));
    expect([told, remembered]).toEqual([[], []]);
  });

  it('of a role that has no room for a verdict is not told: every sweep would', async () => {
    const from = verdict('verified', START, unchecked(at(5)));
    const { told, remembered } = await see(listedRole(tagsOfOthers(19)), [UNKNOWN], from);
    expect([told, remembered]).toEqual([[], []]);
  });
});

it('a change of a role that has no room for a verdict is told, and not remembered there', async () => {
  const { report, outcome } = reporting();
  await report.report(listedRole(tagsOfOthers(19)), proofOf([BAD]), null, START);
  const { told, remembered } = await outcome();
  expect([told.length, remembered, [...report.roomless]]).toEqual([1, [], [ROLE]]);
});
