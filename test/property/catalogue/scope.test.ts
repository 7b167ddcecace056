import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CATALOGUE, isPolicyEngine } from '../../../shared/catalogue/catalogue.ts';
import { type EngineId, POLICY_ENGINES } from '../../../shared/catalogue/engine.ts';
import { type Grants, grants } from '../../../shared/catalogue/grants.ts';
import { resolveAsked } from '../../../shared/catalogue/resolve-engines.ts';
import { instanceList, isNarrowing, MAX_INSTANCES_LENGTH } from '../../../shared/catalogue/scope.ts';
import { enginePolicy } from '../../../shared/reconcile/desired.ts';
import { applyChange } from '../../../shared/record/apply-change.ts';
import type { Change } from '../../../shared/record/change.ts';
import { type Entry, formatEntry, parseEntry } from '../../../shared/record/entry.ts';
import { type AccessRecord, EMPTY_RECORD } from '../../../shared/record/record.ts';
import { millis } from '../../../shared/runtime/millis.ts';
import { anyTime, START } from '../arbitraries.ts';

const OWNER = '20000000000000000002';

const instanceId = fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,24}$/);
const instances = fc
  .array(instanceId, { maxLength: 12 })
  .map(instanceList)
  .filter((ids) => ids.join(' ').length <= MAX_INSTANCES_LENGTH);

/** Any set, each engine whole or narrowed in a way that it can be. */
const anyGrants: fc.Arbitrary<Grants> = fc
  .uniqueArray(fc.tuple(fc.constantFrom(...POLICY_ENGINES), fc.option(instances)), {
    selector: ([id]) => id,
    maxLength: 9,
  })
  .map((pairs) =>
    grants(
      pairs.map(([id]) => id),
      [],
      new Map(pairs.flatMap(([id, on]) => (on === null || !isNarrowing(id, on) ? [] : [[id, on] as const]))),
    ),
  );

/** What a set allows, action by action, and on what. */
function rights(set: Grants): ReadonlyMap<string, string> {
  const statements = enginePolicy(set, OWNER)?.document.Statement ?? [];
  return new Map(
    statements.flatMap(({ Action, Resource }) =>
      [Action].flat().map((action) => [action, [Resource].flat().join(' ')] as const),
    ),
  );
}

describe('a narrowed grant', () => {
  it('allows what the whole one does but for the modifying rights, and these on the named instances only', () => {
    fc.assert(
      fc.property(anyGrants, (set) => {
        const found = rights(set);
        const expected = set.engines.filter(isPolicyEngine).flatMap((id) => {
          const { actions, modifying } = CATALOGUE[id];
          const on = set.narrowed.get(id);
          return actions.flatMap((action): [string, string][] => {
            if (on === undefined || action !== modifying?.action) return [[action, '*']];
            const arns = on.map((one) =>
              (modifying.resource ?? '').replace('<owner>', OWNER).replace('<id>', one),
            );
            return arns.length === 0 ? [] : [[action, arns.join(' ')]];
          });
        });
        expect([...found].sort()).toEqual(expected.sort());
      }),
      { numRuns: 500 },
    );
  });

  it('shares its policy with equal grants only, and stays within what RAM takes', () => {
    fc.assert(
      fc.property(anyGrants, anyGrants, (a, b) => {
        const [one, other] = [enginePolicy(a, OWNER), enginePolicy(b, OWNER)];
        expect(one?.name === other?.name).toBe(
          JSON.stringify(one?.document) === JSON.stringify(other?.document),
        );
        expect(one?.name.length ?? 0).toBeLessThanOrEqual(128);
        expect(JSON.stringify(one?.document ?? '').length).toBeLessThanOrEqual(6_144);
      }),
      { numRuns: 500 },
    );
  });

  it('is written into a tag and read back', () => {
    const entry: fc.Arbitrary<Entry> = fc.record({
      state: fc.constantFrom('granted' as const, 'revoked' as const),
      at: anyTime,
      until: fc.option(anyTime),
      instances,
    });
    fc.assert(
      fc.property(entry, (one) => {
        expect(parseEntry(formatEntry(one))).toEqual(one);
        expect(formatEntry(one).length).toBeLessThanOrEqual(256);
      }),
      { numRuns: 500 },
    );
  });

  it('is asked for by a request in the same words, whatever the order', () => {
    fc.assert(
      fc.property(anyGrants, (set) => {
        const named = [...set.narrowed].filter(([, on]) => on.length > 0);
        const asked = resolveAsked({
          engines: [...set.engines].reverse(),
          connections: [],
          instances: Object.fromEntries(named.map(([id, on]) => [id, [...on].reverse()])),
        });
        expect(asked).toEqual(grants(set.engines, [], new Map(named)));
      }),
    );
  });
});

/** Few sets of instances, so that grants repeat, widen and narrow each other. */
const few: fc.Arbitrary<readonly string[] | null> = fc.constantFrom(
  null,
  [],
  ['r-1'],
  ['r-2'],
  ['r-1', 'r-2'],
);

type Word = Exclude<Change, { action: 'expire' }>;
const ENGINE: EngineId = 'redis';

const history = fc
  .array(fc.tuple(fc.constantFrom('grant', 'grant', 'revoke'), few), { minLength: 1, maxLength: 6 })
  .map((words) =>
    words.map(([action, on], index): Word => {
      const at = millis(START + index * 1_000);
      if (action === 'revoke') return { action, ids: [ENGINE], at };
      const narrowed = new Map(on === null ? [] : [[ENGINE, on]]);
      return { action: 'grant', ids: [ENGINE], at, until: null, narrowed };
    }),
  );

const deliveries = history.chain((words) =>
  fc
    .tuple(
      fc.shuffledSubarray([...words], { minLength: words.length }),
      fc.array(fc.constantFrom(...words), { maxLength: 4 }),
    )
    .map(([order, copies]) => ({ words, order: [...order, ...copies] })),
);

/** How much a record grants: nothing, reading, some instances, all. */
function reach(record: AccessRecord): 'nothing' | 'all' | readonly string[] {
  const entry = record.entries.get(ENGINE);
  if (entry?.state !== 'granted') return 'nothing';
  return entry.instances ?? 'all';
}

function isWithin(a: ReturnType<typeof reach>, b: ReturnType<typeof reach>): boolean {
  if (a === 'nothing' || b === 'all') return true;
  if (a === 'all' || b === 'nothing') return false;
  return a.every((id) => b.includes(id));
}

const deliver = (words: readonly Word[]) =>
  words.reduce((record, one) => applyChange(record, one).record, EMPTY_RECORD);

describe('requests for narrowed grants', () => {
  it('never end wider than the newest says, in any order and number of deliveries', () => {
    fc.assert(
      fc.property(deliveries, ({ words, order }) => {
        const newest = deliver(words.slice(-1));
        const ended = reach(deliver(order));
        expect([ended, reach(newest), isWithin(ended, reach(newest))]).toEqual([ended, reach(newest), true]);
      }),
      { numRuns: 2_000 },
    );
  });

  it('end exactly as the newest says, unless it repeats a grant of everything', () => {
    fc.assert(
      fc.property(deliveries, ({ words, order }) => {
        const newest = deliver(words.slice(-1));
        if (reach(newest) !== 'all') expect(reach(deliver(order))).toEqual(reach(newest));
      }),
      { numRuns: 2_000 },
    );
  });

  it('of the same millisecond end alike whichever comes first', () => {
    fc.assert(
      fc.property(few, few, (one, other) => {
        const words = [one, other].map((on): Word => {
          const narrowed = new Map(on === null ? [] : [[ENGINE, on]]);
          return { action: 'grant', ids: [ENGINE], at: millis(START), until: null, narrowed };
        });
        expect(reach(deliver(words))).toEqual(reach(deliver(words.toReversed())));
      }),
    );
  });
});
