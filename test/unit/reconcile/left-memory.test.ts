import { describe, expect, it } from 'vitest';
import type { Operation, PolicyFacts, RamWriter, WriteResult } from '../../../shared/ports.ts';
import { LeftPolicies } from '../../../shared/reconcile/left-policies.ts';
import { RecentWrites } from '../../../shared/reconcile/recent-writes.ts';
import { removeLeft } from '../../../shared/reconcile/remove-left.ts';
import { RetryableError } from '../../../shared/runtime/errors.ts';
import { type Millis, millis } from '../../../shared/runtime/millis.ts';
import { TestClock } from '../../kit/clock.ts';

/** Which of the policies that the writes of an instance have left go, and when. */

const NOW = Date.parse('2026-11-23T10:00:00.000Z');
const PATIENCE = 60_000;
const ROLE = 'role';
const at = (seconds: number): Millis => millis(NOW + seconds * 1_000);
const shared = (n: number) => `DmsCrossAccountPolicy-set${n}`;
const narrowed = (n: number) => `DmsCrossAccountPolicy-redis-${String(n).padStart(20, '0')}`;
const policyOf = (name: string) => ({ name, type: 'Custom' }) as const;

const create = (target: string): Operation => ({
  operation: 'create-policy',
  target,
  reason: 'a test',
  document: { Statement: [], Version: '1' },
});
const attach = (target: string): Operation => ({
  operation: 'attach-policy',
  target,
  reason: 'a test',
  policy: policyOf(target),
});
const detach = (target: string): Operation =>
  ({ ...attach(target), operation: 'detach-policy' }) as Operation;
const remove = (target: string): Operation => ({ operation: 'delete-policy', target, reason: 'a test' });

/** Names of what is due, in order. */
const due = (left: LeftPolicies, role = ROLE) => left.due(role).map(({ name }) => name);

const having = (...operations: readonly Operation[]): LeftPolicies => {
  const left = new LeftPolicies();
  operations.forEach((operation, n) => {
    left.note(ROLE, operation, at(n), true);
  });
  return left;
};

describe('what a role has left', () => {
  it('is what was taken off it, and what was made and never attached', () => {
    expect(due(having(detach(narrowed(1))))).toEqual([narrowed(1)]);
    expect(due(having(create(narrowed(1))))).toEqual([narrowed(1)]);
    expect(due(having(create(narrowed(1)), attach(narrowed(1))))).toEqual([]);
    expect(due(having(detach(narrowed(1)), attach(narrowed(1))))).toEqual([]);
    expect(due(having(detach(narrowed(1)), remove(narrowed(1))))).toEqual([]);
  });

  it('is nothing of a write that took no effect', () => {
    const left = new LeftPolicies();
    left.note(ROLE, detach(narrowed(1)), at(0), false);
    expect(due(left)).toEqual([]);
  });

  it('is nothing of another role, and no policy of somebody else', () => {
    expect(due(having(detach(narrowed(1))), 'other')).toEqual([]);
    expect(due(having(detach('payroll'), detach('AdministratorAccess')))).toEqual([]);
  });

  it('goes three at a time, the oldest of what is narrowed first', () => {
    const left = having(...[3, 1, 4, 2].map((n) => detach(narrowed(n))));
    expect(due(left)).toEqual([3, 1, 4].map(narrowed));
    left.note(ROLE, remove(narrowed(1)), at(9), true);
    expect(due(left)).toEqual([3, 4, 2].map(narrowed));
  });

  it('stays for eight sets of engines, however much is narrowed beside them', () => {
    const eight = [1, 2, 3, 4, 5, 6, 7, 8].map((n) => detach(shared(n)));
    expect(due(having(...eight))).toEqual([]);
    expect(due(having(...eight, detach(shared(9))))).toEqual([shared(1)]);
    expect(due(having(...eight, detach(narrowed(1))))).toEqual([narrowed(1)]);
    expect(due(having(detach(shared(0)), ...eight, detach(narrowed(1))))).toEqual([narrowed(1), shared(0)]);
  });
});

describe('a policy that is passed over', () => {
  const first = { name: narrowed(1), since: at(0) };
  const second = { name: narrowed(2), since: at(1) };

  it('comes last for as long as the reading may be old, and then never again', () => {
    const left = having(detach(first.name), detach(second.name));
    left.putOff(ROLE, first, at(59), PATIENCE);
    expect(left.due(ROLE)).toEqual([second, first]);
    left.putOff(ROLE, first, at(60), PATIENCE);
    expect(left.due(ROLE)).toEqual([second]);
  });

  it('stays due for another role that left it, too', () => {
    const left = having(detach(first.name));
    left.note('other', detach(first.name), at(30), true);
    left.putOff(ROLE, first, at(60), PATIENCE);
    expect([due(left), due(left, 'other')]).toEqual([[], [first.name]]);
  });
});

describe('a policy that was deleted here', () => {
  it('is gone, whatever a reading shows, until every reading shows it', () => {
    const left = having(remove(narrowed(1)));
    left.forget(at(59), PATIENCE);
    expect([left.isGone(narrowed(1)), left.isGone(narrowed(2))]).toEqual([true, false]);
    left.forget(at(60), PATIENCE);
    expect(left.isGone(narrowed(1))).toBe(false);
  });

  it('is there again once it was made, by us or before us', () => {
    for (const done of [true, false]) {
      const left = having(remove(narrowed(1)));
      left.note(ROLE, attach(narrowed(1)), at(1), true);
      expect(left.isGone(narrowed(1))).toBe(true);
      left.note(ROLE, create(narrowed(1)), at(2), done);
      expect(left.isGone(narrowed(1))).toBe(false);
    }
  });
});

/** Removes what was left of one narrowed policy, and answers the writes and what is due afterwards. */
async function removing({
  facts = { attachments: 0 },
  tags = { 'managed-by': 'dms-handshake' },
  apply = async () => 'done',
  seconds = 5,
}: {
  readonly facts?: Partial<PolicyFacts> | null;
  readonly tags?: Readonly<Record<string, string>>;
  readonly apply?: RamWriter['apply'];
  readonly seconds?: number;
}) {
  const clock = new TestClock(NOW);
  const memory = new RecentWrites();
  const written: unknown[] = [];
  memory.left.note(ROLE, detach(narrowed(1)), at(0), true);
  clock.advance(seconds * 1_000);
  const none = () => Promise.reject(new Error('not asked'));
  const ram = {
    role: none,
    roleTags: none,
    attachedPolicies: none,
    policy: async (name: string) =>
      facts === null ? null : { name, text: '{}', attachments: 0, updatedAt: at(0), ...facts },
    policyTags: async () => new Map(Object.entries(tags)),
    apply: async (role: string, operation: Operation): Promise<WriteResult> => {
      written.push([role, operation]);
      return apply(role, operation);
    },
  };
  await removeLeft(ROLE, PATIENCE, { clock, ram, memory });
  return { written, due: due(memory.left), isGone: memory.left.isGone(narrowed(1)) };
}

/** What a run writes into the log, and its result. */
async function logged<Result>(run: () => Promise<Result>) {
  const texts: string[] = [];
  const { write } = process.stdout;
  process.stdout.write = (text: string | Uint8Array) => texts.push(String(text)) > 0;
  try {
    return { result: await run(), lines: texts.map((text): unknown => JSON.parse(text)) };
  } finally {
    process.stdout.write = write;
  }
}

describe('a policy that is due', () => {
  it('goes by one write, which says why', async () => {
    const reason = 'the role has left it, and no other uses it';
    expect(await removing({})).toEqual({
      written: [[ROLE, { operation: 'delete-policy', target: narrowed(1), reason }]],
      due: [],
      isGone: true,
    });
  });

  it.each([
    ['somebody uses it', { facts: { attachments: 1 } }],
    ['it is not there', { facts: null }],
    ['it is not ours', { tags: {} }],
  ])('stays where %s, and is looked at again while the reading may be old', async (_what, over) => {
    expect(await removing(over)).toEqual({ written: [], due: [narrowed(1)], isGone: false });
    expect(await removing({ ...over, seconds: 60 })).toEqual({ written: [], due: [], isGone: false });
  });

  it('stays due where RAM cannot delete it now, and fails nothing', async () => {
    const apply = () => Promise.reject(new RetryableError('throttled', 'RAM DeletePolicy: Throttling'));
    const { lines, result } = await logged(() => removing({ apply }));
    expect([result.written.length, result.due]).toEqual([1, [narrowed(1)]]);
    expect(lines).toEqual([
      { event: 'policy-left', problem: 'throttled', detail: `${narrowed(1)}: RAM DeletePolicy: Throttling` },
    ]);
  });

  it('hides no fault of ours', async () => {
    const apply = () => Promise.reject(new TypeError('a fault'));
    await expect(removing({ apply })).rejects.toThrow('a fault');
  });
});
