import { describe, expect, it } from 'vitest';
import type { Check } from '../../../events/check.ts';
import { millis } from '../../../shared/runtime/millis.ts';
import { lostChecks, skippedAtFirst } from '../../../shared/sweep/lost-checks.ts';
import { NOT_SAMPLED } from '../../../shared/sweep/sample.ts';
import type { Verdict } from '../../../shared/verification/verdict.ts';
import { DAY, START } from '../../kit/time.ts';

/** What could be checked until now, and when it is told of that it cannot be any more. */
describe('what cannot be checked any more', () => {
  const skip = (id: string, detail = 'no answer'): Check => ({ id, status: 'skip', detail, fix: null });
  const pass = (id: string): Check => ({ id, status: 'pass', detail: 'ok', fix: null });
  const NOW = millis(START + 2 * DAY);
  const from = (unchecked?: Verdict['unchecked']): Verdict => ({
    status: 'verified',
    at: START,
    checks: [],
    ...(unchecked === undefined ? {} : { unchecked }),
  });
  const since = millis(NOW - DAY);

  const rows: readonly [
    string,
    readonly Check[],
    Verdict['unchecked'] | undefined,
    ReturnType<typeof lostChecks>,
  ][] = [
    ['nothing', [pass('engine:gdb')], undefined, { unchecked: undefined, due: null }],
    [
      'nothing any more',
      [pass('engine:gdb')],
      { told: ['engine:gdb'], since: null, fresh: [] },
      { unchecked: undefined, due: null },
    ],
    ['what tries nothing', [skip('policy-content')], undefined, { unchecked: undefined, due: null }],
    [
      'what is out of the sample',
      [skip('engine:gdb', NOT_SAMPLED)],
      undefined,
      { unchecked: undefined, due: null },
    ],
    [
      'what has begun now, sorted',
      [skip('engine:redis'), skip('engine:gdb')],
      undefined,
      { unchecked: { told: [], since: NOW, fresh: ['engine:gdb', 'engine:redis'] }, due: null },
    ],
    [
      'what is told and nothing new, also out of the sample',
      [skip('engine:gdb', NOT_SAMPLED)],
      { told: ['engine:gdb'], since: null, fresh: [] },
      { unchecked: { told: ['engine:gdb'], since: null, fresh: [] }, due: null },
    ],
    [
      'what has been so for less than a day',
      [skip('engine:gdb'), skip('engine:redis')],
      { told: [], since: millis(since + 1), fresh: ['engine:gdb'] },
      { unchecked: { told: [], since: millis(since + 1), fresh: ['engine:gdb', 'engine:redis'] }, due: null },
    ],
    [
      'what has been so for a day, with all that is so now',
      [skip('engine:gdb'), skip('engine:redis'), skip('assume-role')],
      { told: ['assume-role'], since, fresh: ['engine:gdb'] },
      {
        unchecked: { told: ['assume-role', 'engine:gdb', 'engine:redis'], since: null, fresh: [] },
        due: { since, ids: ['engine:gdb', 'engine:redis'] },
      },
    ],
    [
      'something else than before, which begins now',
      [skip('engine:redis')],
      { told: [], since, fresh: ['engine:gdb'] },
      { unchecked: { told: [], since: NOW, fresh: ['engine:redis'] }, due: null },
    ],
    [
      'what is told of, long ago, and nothing fresh',
      [skip('engine:gdb')],
      { told: ['engine:gdb'], since, fresh: [] },
      { unchecked: { told: ['engine:gdb'], since: null, fresh: [] }, due: null },
    ],
  ];
  it.each(rows)('is %s', (_what, checks, unchecked, lost) => {
    expect(lostChecks(checks, from(unchecked), NOW)).toEqual(lost);
  });

  it('beside a verdict that is new is told with it, but for what is out of the sample', () => {
    const checks = [
      skip('engine:redis'),
      skip('engine:gdb'),
      skip('engine:rds', NOT_SAMPLED),
      skip('policy-content'),
    ];
    expect(skippedAtFirst(checks)).toEqual({ told: ['engine:gdb', 'engine:redis'], since: null, fresh: [] });
    expect(skippedAtFirst([pass('engine:gdb')])).toBeUndefined();
  });
});
