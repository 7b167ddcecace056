import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { permissionDocument } from '../../../shared/catalogue/permission.ts';
import { trustDocument } from '../../../shared/catalogue/trust.ts';
import type { AttachedPolicy, Operation } from '../../../shared/ports.ts';
import { type Desired, desiredRole } from '../../../shared/reconcile/desired.ts';
import { applyChange } from '../../../shared/record/apply-change.ts';
import { EMPTY_RECORD } from '../../../shared/record/record.ts';
import { millis } from '../../../shared/runtime/millis.ts';
import { STRANGER } from '../../kit/accounts.ts';
import {
  closedTerms,
  consoleTerms,
  dms,
  registerTerms,
  structuralTerms,
  text,
  verifier,
} from '../../kit/role-documents.ts';
import { planOf } from '../../kit/views.ts';
import { change, FEW, START } from '../arbitraries.ts';
import { applyTo, hasWanted, type Model, observe } from './model.ts';

const NOW = millis(START + 60_000);

const terms = fc.constantFrom(registerTerms, structuralTerms, { ...structuralTerms, requesterUid: STRANGER });
const ids = fc.subarray([...FEW, 'rds', 'lindorm'] as const);

/** A role that somebody could wish for. */
const desired: fc.Arbitrary<Desired> = fc
  .tuple(fc.array(change(fc.constant(null)), { maxLength: 5 }), ids, terms, fc.boolean())
  .map(([changes, more, one, console]) => {
    const all = [...changes, { action: 'grant', ids: more, at: millis(START + 9_000), until: null } as const];
    const account = { action: 'grant', ids: ['account' as const], at: millis(START), until: null } as const;
    const record = (console ? (more.length > 0 ? [account] : []) : all).reduce(
      (before, change) => applyChange(before, change).record,
      EMPTY_RECORD,
    );
    return desiredRole(record, NOW, console ? { ...one, access: 'console' } : one);
  });

const trust = fc.constantFrom(
  ...[registerTerms, structuralTerms, closedTerms, consoleTerms].map((one) =>
    JSON.stringify(trustDocument(one)),
  ),
  text(dms(STRANGER), verifier()),
  text(),
  'no document',
);
const tags = fc
  .array(
    fc.tuple(
      fc.constantFrom('managed-by', 'dms-engine-redis', 'dms-engine-gdb', 'dms-closed', 'owner'),
      fc.constantFrom(
        'dms-handshake',
        'granted 2026-11-23T10:00:00.000Z',
        'revoked 2026-11-23T10:00:00.000Z',
        'x',
      ),
    ),
  )
  .map((pairs) => new Map(pairs));
const policy: fc.Arbitrary<AttachedPolicy> = fc.record({
  name: fc.constantFrom(
    'DmsCrossAccountPolicy-redis',
    'DmsCrossAccountPolicy-gdb-redis',
    'AliyunDMSLoginConsoleAccess',
    'Z',
    'A',
  ),
  type: fc.constantFrom('Custom' as const, 'System' as const),
});
const documents = fc.constantFrom(
  '',
  text(),
  ...[['redis'], ['gdb', 'redis'], ['redis', 'vpc']].map((one) =>
    JSON.stringify(permissionDocument(one as ['redis'])),
  ),
);

/** Whatever could be there: nothing, our work, half of it, somebody else's. */
const modelFor = (wish: Desired): fc.Arbitrary<Model> =>
  fc
    .record({
      role: fc.option(
        fc.record({
          trust: fc.oneof(trust, fc.constant(JSON.stringify(wish.trust))),
          tags: fc.oneof(tags, fc.constant(wish.tags)),
        }),
      ),
      attached: fc.uniqueArray(policy, { selector: ({ name, type }) => `${type} ${name}`, maxLength: 4 }),
      policies: fc
        .array(
          fc.tuple(
            fc.constantFrom(
              'DmsCrossAccountPolicy-redis',
              'DmsCrossAccountPolicy-gdb-redis',
              wish.policy?.name ?? 'Z',
            ),
            documents,
          ),
          { maxLength: 3 },
        )
        .map((pairs) => new Map(pairs)),
    })
    .map((model) => ({ ...model, attached: model.role === null ? [] : model.attached }));

const scene = desired.chain((wish) => modelFor(wish).map((model) => ({ wish, model })));

const run = (model: Model, stages: readonly (readonly Operation[])[]): Model =>
  stages.flat().reduce((before, operation) => applyTo(before, operation), model);

describe('a plan', () => {
  it('leads to what is desired: the next plan is empty', () => {
    fc.assert(
      fc.property(scene, ({ wish, model }) => {
        const after = run(model, planOf(observe(model, wish), wish));
        expect(planOf(observe(after, wish), wish)).toEqual([]);
        expect(after.attached).toHaveLength(wish.policy === null ? 0 : 1);
        expect(hasWanted(after, wish)).toBe(wish.policy !== null);
      }),
      { numRuns: 1_000 },
    );
  });

  it('leads there in any order within a stage: its operations do not need each other', () => {
    fc.assert(
      fc.property(scene, ({ wish, model }) => {
        const stages = planOf(observe(model, wish), wish);
        const after = run(model, stages);
        expect(
          run(
            model,
            stages.map((stage) => stage.toReversed()),
          ),
        ).toEqual({
          ...after,
          attached: expect.toSatisfy(
            (attached: AttachedPolicy[]) => attached.length === after.attached.length,
          ),
        });
      }),
      { numRuns: 500 },
    );
  });

  it('is complete after every interruption: a plan made half way leads to the same', () => {
    fc.assert(
      fc.property(scene, fc.nat(8), ({ wish, model }, steps) => {
        const operations = planOf(observe(model, wish), wish).flat();
        const half = operations
          .slice(0, steps)
          .reduce((before, operation) => applyTo(before, operation), model);
        const after = run(half, planOf(observe(half, wish), wish));
        expect(planOf(observe(after, wish), wish)).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it('records before it attaches, attaches before it detaches, and closes by policies first, trust last', () => {
    fc.assert(
      fc.property(scene, ({ wish, model }) => {
        const stages = planOf(observe(model, wish), wish);
        const stageOf = (...operations: Operation['operation'][]) =>
          stages.flatMap((stage, index) =>
            stage.some(({ operation }) => operations.includes(operation)) ? [index] : [],
          );
        const ordered = (one: number[], other: number[]) => {
          for (const earlier of one) for (const later of other) expect(earlier).toBeLessThan(later);
        };
        ordered(stageOf('attach-policy'), stageOf('detach-policy'));
        ordered(
          stageOf('create-role', 'tag-role', 'create-policy', 'create-policy-version'),
          stageOf('attach-policy', 'detach-policy'),
        );
        if (wish.terms.trusted === 'nobody') ordered(stageOf('detach-policy'), stageOf('update-trust'));
        else ordered(stageOf('update-trust'), stageOf('attach-policy'));
      }),
      { numRuns: 500 },
    );
  });

  it('never leaves a role without a policy in between that has one before and after', () => {
    fc.assert(
      fc.property(scene, ({ wish, model }) => {
        if (model.attached.length === 0 || wish.policy === null) return;
        let now = model;
        for (const operation of planOf(observe(model, wish), wish).flat()) {
          now = applyTo(now, operation);
          expect(now.attached.length).toBeGreaterThan(0);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('touches nothing but its role and its policy, and no tag of others', () => {
    fc.assert(
      fc.property(scene, ({ wish, model }) => {
        for (const operation of planOf(observe(model, wish), wish).flat()) {
          if (['create-role', 'update-trust', 'tag-role'].includes(operation.operation))
            expect(operation.target).toBe(wish.roleName);
          if (operation.operation === 'create-policy' || operation.operation === 'create-policy-version')
            expect(operation.target).toBe(wish.policy?.name);
          if (operation.operation === 'tag-role')
            for (const key of operation.tags.keys()) expect(wish.tags.has(key)).toBe(true);
          expect(operation.operation).not.toMatch(/^delete/);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('is the same for the same reading, in whatever order it was read', () => {
    fc.assert(
      fc.property(scene, ({ wish, model }) => {
        const reading = observe(model, wish);
        const turned = {
          ...reading,
          tags: new Map([...reading.tags].toReversed()),
          attached: reading.attached.toReversed(),
        };
        expect(planOf(turned, wish)).toEqual(planOf(reading, wish));
        for (const stage of planOf(reading, wish)) {
          const detached = stage.flatMap((one) => (one.operation === 'detach-policy' ? [one.target] : []));
          expect(detached).toEqual(detached.toSorted());
        }
      }),
      { numRuns: 500 },
    );
  });
});
