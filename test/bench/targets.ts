import type { Figures } from './figures.ts';
import { rounded } from './median.ts';

/** What a figure should not exceed. */
export interface Target {
  readonly what: string;
  readonly most: number;
  readonly unit: string;
  readonly of: (figures: Figures) => number;
}

/** A target and what was measured. */
export interface Judged extends Omit<Target, 'of'> {
  readonly measured: number;
  readonly met: boolean;
}

const target = (what: string, most: number, unit: string, of: Target['of']): Target => ({
  what,
  most,
  unit,
  of,
});

/** All of them, in the order of the page. Times are given as ratios or over a bare start, taken in one run. */
const TARGETS: readonly Target[] = [
  target(
    'first grant of nine engines, proved and answered',
    7,
    'round trips',
    (f) => f.grant.nine.roundTrips,
  ),
  target('provision in it', 10, 'calls', (f) => f.grant.nine.provisionCalls),
  target('verify in it, without one read for each engine', 8, 'calls', (f) => f.grant.nine.verifyCalls),
  target('the same request again', 4, 'round trips', (f) => f.repeat.nine.roundTrips),
  target('the same request again', 0, 'writes', (f) => f.repeat.nine.writes),
  target(
    'cold load of provision, of the unbundled one',
    0.4,
    '',
    ({ coldLoad: c }) => c.provisionMs / c.unbundledProvisionMs,
  ),
  target(
    'cold load of verify, of the unbundled one',
    0.4,
    '',
    ({ coldLoad: c }) => c.verifyMs / c.unbundledVerifyMs,
  ),
  target(
    'cold load of provision over bare Node.js',
    120,
    'ms',
    ({ coldLoad: c }) => c.provisionMs - c.bareNodeMs,
  ),
  target('cold load of verify over bare Node.js', 120, 'ms', ({ coldLoad: c }) => c.verifyMs - c.bareNodeMs),
  target('cold load of intake over bare Node.js', 60, 'ms', ({ coldLoad: c }) => c.intakeMs - c.bareNodeMs),
  target(
    'cold grant of one engine, of the obvious one in two processes, as ours',
    0.6,
    '',
    (f) => f.coldGrant.one.ratio,
  ),
  target(
    'cold grant of one engine, of the obvious one in one process',
    0.6,
    '',
    (f) => f.coldGrant.one.ratioToOne,
  ),
  target(
    'cold grant of nine engines, of the obvious one in two processes, as ours',
    0.6,
    '',
    (f) => f.coldGrant.nine.ratio,
  ),
  target(
    'cold grant of nine engines, of the obvious one in one process',
    0.45,
    '',
    (f) => f.coldGrant.nine.ratioToOne,
  ),
  target('an engine more, for a role with one', 7, 'round trips', (f) => f.addEngine.one.roundTrips),
  target(
    'cold grant of one engine, of one in which verify is not woken',
    0.85,
    '',
    ({ coldGrant: { one } }) => one.oursMs / one.unwokenMs,
  ),
  target('1,000 grants at once, of the floor that the rates set', 1.2, '', (f) => f.burst.ratio),
  target('calls of them that are refused for their rate', 0, 'calls', (f) => f.burst.rejected),
  target(
    'sweep over 1,000 roles, of the floor that the rates set',
    1.2,
    '',
    ({ sweep: s }) => s.seconds / s.quotaFloorSeconds,
  ),
  target('sweep, for each role', 4, 'calls', (f) => f.sweep.callsPerRole),
  target('sweep, policies read more than once', 0, '', ({ sweep: s }) => s.policyReads - s.distinctPolicies),
  target('sweep, peak memory', 128, 'MB', (f) => f.sweep.peakRssMb ?? Number.NaN),
  target('peak memory in 100 invocations, the largest function', 128, 'MB', (f) => largest(f, 'peakMb')),
  target('growth from 100 to 1,000 invocations, the largest function', 5, 'MB', (f) =>
    largest(f, 'growthMb'),
  ),
  target(
    'verify of 100 accounts of 1,000 roles, of the slowest of them',
    1.2,
    '',
    ({ fleet: f }) => f.seconds / f.slowestAccountSeconds,
  ),
  target('verify of 100 accounts of 1,000 roles, peak memory', 256, 'MB', (f) => f.fleet.peakRssMb),
  target('answers lost by a process that stays', 0, '', (f) => f.soak.lost),
  target('messages that it sends twice', 0, '', (f) => f.soak.duplicates),
  target(
    'a call of the local cloud, one after the other, of the like one of dynalite',
    1,
    '',
    ({ cloud: c }) => 1 / Math.min(c.read.one, c.write.one),
  ),
  target('the same over 32 connections', 1.25, '', ({ cloud: c }) => 1 / Math.min(c.read.many, c.write.many)),
  target('start of the local cloud, of that of dynalite', 1.5, '', (f) => f.cloud.start),
  target(
    'memory of the local cloud after 1,000,000 calls, of that after 10,000',
    1.3,
    '',
    (f) => f.growth.ratio,
  ),
  target('archive of the largest function', 400, 'KB', (f) => Math.max(...Object.values(f.archiveKb))),
];

export const judged = (figures: Figures): readonly Judged[] =>
  TARGETS.map(({ of, ...rest }) => {
    const measured = rounded(of(figures));
    return { ...rest, measured, met: measured <= rest.most };
  });

const largest = ({ memory }: Figures, key: 'peakMb' | 'growthMb'): number =>
  Math.max(...Object.values(memory).map((one) => one[key]));
