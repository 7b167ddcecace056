import fc from 'fast-check';
import { ALL_ENGINES } from '../../shared/catalogue/catalogue.ts';
import { CONNECTIONS } from '../../shared/catalogue/engine.ts';
import type { Change } from '../../shared/record/change.ts';
import type { Entry } from '../../shared/record/entry.ts';
import { type AccessRecord, type GrantId, userId } from '../../shared/record/record.ts';
import { type Millis, millis } from '../../shared/runtime/millis.ts';

export const START = Date.parse('2026-11-23T10:00:00Z');

/** Times that meet often: a handful of seconds. */
export const soon = (max = 8): fc.Arbitrary<Millis> => fc.nat(max).map((s) => millis(START + s * 1_000));

/** Times of every kind that a `Date` can hold. */
export const anyTime: fc.Arbitrary<Millis> = fc
  .date({
    min: new Date('0001-01-01T00:00:00Z'),
    max: new Date('9999-12-31T23:59:59.999Z'),
    noInvalidDate: true,
  })
  .map((date) => millis(date.getTime()));

export const grantId: fc.Arbitrary<GrantId> = fc.oneof(
  fc.constantFrom<GrantId>(...ALL_ENGINES, ...CONNECTIONS, 'account'),
  fc.stringMatching(/^[A-Za-z0-9._-]{1,64}$/).map(userId),
);

export const entry: fc.Arbitrary<Entry> = fc.oneof(
  fc.record({ state: fc.constant('granted' as const), at: anyTime, until: fc.option(anyTime) }),
  fc.record({ state: fc.constant('revoked' as const), at: anyTime, until: fc.option(anyTime) }),
);

export const accessRecord: fc.Arbitrary<AccessRecord> = fc.record({
  entries: fc.array(fc.tuple(grantId, entry), { maxLength: 12 }).map((pairs) => new Map(pairs)),
  closedAt: fc.option(anyTime),
  unreadable: fc.constant([]),
});

/** The few ids that requests of a history are about, so that they meet. */
export const FEW: readonly GrantId[] = ['redis', 'gdb', 'vpc'];

export const change = (
  until: fc.Arbitrary<Millis | null>,
): fc.Arbitrary<Extract<Change, { action: 'grant' | 'revoke' }>> =>
  fc.oneof(
    {
      weight: 3,
      arbitrary: fc.record({
        action: fc.constant('grant' as const),
        ids: fc.subarray([...FEW], { minLength: 1 }),
        at: soon(),
        until,
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        action: fc.constant('revoke' as const),
        ids: fc.oneof(fc.subarray([...FEW], { minLength: 1 }), fc.constant('all' as const)),
        at: soon(),
      }),
    },
  );
