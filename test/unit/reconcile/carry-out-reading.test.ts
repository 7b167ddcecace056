import { describe, expect, it } from 'vitest';
import type { AttachedPolicy, Operation, WriteResult } from '../../../shared/ports.ts';
import { carryOut } from '../../../shared/reconcile/carry-out.ts';
import { desiredRole } from '../../../shared/reconcile/desired.ts';
import type { Difference } from '../../../shared/reconcile/difference.ts';
import type { Reading } from '../../../shared/reconcile/observe.ts';
import { RecentWrites } from '../../../shared/reconcile/recent-writes.ts';
import type { Stages } from '../../../shared/reconcile/write-order.ts';
import { applyChange } from '../../../shared/record/apply-change.ts';
import type { Change } from '../../../shared/record/change.ts';
import { EMPTY_RECORD } from '../../../shared/record/record.ts';
import { TerminalError } from '../../../shared/runtime/errors.ts';
import { TestClock } from '../../kit/clock.ts';
import { registerTerms } from '../../kit/role-documents.ts';
import { at, START } from '../../kit/time.ts';

const NEW: AttachedPolicy = { name: 'DmsCrossAccountPolicy-gdb-redis', type: 'Custom' };
const OLD: AttachedPolicy = { name: 'DmsCrossAccountPolicy-gdb', type: 'Custom' };
const reason = 'a test';
const putOn = (policy: AttachedPolicy): Operation => ({
  operation: 'attach-policy',
  target: policy.name,
  reason,
  policy,
});
const takeOff = (policy: AttachedPolicy): Operation => ({
  operation: 'detach-policy',
  target: policy.name,
  reason,
  policy,
});
const ending = (write: Operation | null, over: Partial<Difference> = {}): Difference => ({
  check: 'policies-attached',
  detail: 'attached',
  fix: 'none',
  opens: [],
  write,
  ...over,
});

const [ATTACH, DETACH] = [putOn(NEW), takeOff(OLD)];
const GRANT: Change = { action: 'grant', ids: ['gdb', 'redis'], at: at(0), until: null };
const tag: Operation = { operation: 'tag-role', target: 'r', reason, tags: new Map() };

interface Plan {
  readonly change?: Change;
  /** The record that the role is made from, where that is not the change. */
  readonly granted?: Change;
  readonly stages?: Stages;
  readonly differences?: readonly Difference[];
  readonly answer?: (operation: Operation) => WriteResult | Error;
  readonly look?: () => Promise<Reading>;
}

const READ: Reading = { role: null, tags: new Map(), attached: [NEW, OLD], policy: null };

/** Carries out a plan; a write takes a second, and `told` has what was done in which order. */
async function carriedOut(plan: Plan = {}) {
  const { change = GRANT, granted = change, stages = [[ATTACH], [DETACH]] } = plan;
  const { differences = [ending(ATTACH), ending(DETACH)], answer = () => 'done', look } = plan;
  const clock = new TestClock(START);
  const told: string[] = [];
  const apply = async (_role: string, { operation, ...rest }: Operation): Promise<WriteResult> => {
    told.push(operation);
    clock.advance(1_000);
    await Promise.resolve();
    const result = answer({ operation, ...rest } as Operation);
    if (result instanceof Error) throw result;
    return result;
  };
  const desired = desiredRole(applyChange(EMPTY_RECORD, granted).record, at(1), registerTerms);
  const ports = { clock, ram: { apply }, memory: new RecentWrites() };
  const made = carryOut({ change, desired, stages, differences }, ports, async (done) => {
    told.push(`read after ${done.map(({ operation }) => operation).join() || 'nothing'}`);
    return look === undefined ? READ : look();
  });
  return { told, made: await made.catch((error: unknown) => error) };
}

describe('the role is read while a policy is taken off', () => {
  it('whose place has been filled; what was taken off meanwhile is not in the reading', async () => {
    expect(await carriedOut()).toEqual({
      told: ['attach-policy', 'detach-policy', 'read after attach-policy'],
      made: {
        applied: { done: [ATTACH, DETACH], conflict: false, lastWriteAt: START + 2_000 },
        reading: { ...READ, attached: [NEW] },
      },
    });
  });

  it('and another one with it', async () => {
    const redis: AttachedPolicy = { name: 'DmsCrossAccountPolicy-redis', type: 'Custom' };
    const off = takeOff(redis);
    const { made } = await carriedOut({
      stages: [[ATTACH], [DETACH, off]],
      differences: [ending(DETACH), ending(off)],
      look: async () => ({ ...READ, attached: [redis, NEW, OLD] }),
    });
    expect(made).toMatchObject({ reading: { attached: [NEW] } });
  });

  it('which was left before, with nothing else to do', async () => {
    const { told } = await carriedOut({ stages: [[DETACH]] });
    expect(told).toEqual(['detach-policy', 'read after nothing']);
  });

  it('and keeps what only has its name, or its kind', async () => {
    const others: readonly AttachedPolicy[] = [
      { ...OLD, type: 'System' },
      { ...OLD, name: 'other' },
    ];
    const look = async () => ({ ...READ, attached: [...others, OLD] });
    expect((await carriedOut({ look })).made).toMatchObject({ reading: { attached: others } });
  });

  it('and read again after it, where somebody else was quicker', async () => {
    const answer = ({ operation }: Operation) => (operation === 'detach-policy' ? 'conflict' : 'done');
    expect((await carriedOut({ answer })).made).toEqual({
      applied: { done: [ATTACH], conflict: true, lastWriteAt: START + 1_000 },
      reading: null,
    });
  });

  it('and a failure of either is told when both have ended', async () => {
    const unread = async () => Promise.reject(new RangeError('unread'));
    expect((await carriedOut({ look: unread })).made).toEqual(new RangeError('unread'));
    const unwritten = ({ operation }: Operation) =>
      operation === 'detach-policy' ? new TypeError('unwritten') : 'done';
    for (const look of [unread, async () => READ])
      expect((await carriedOut({ answer: unwritten, look })).made).toEqual(new TypeError('unwritten'));
  });
});

describe('the role is read afterwards', () => {
  const admin: AttachedPolicy = { name: 'AdministratorAccess', type: 'System' };
  const other = takeOff(admin);
  const narrow: Change = { ...GRANT, narrowed: new Map([['redis', ['r-1']]]) };

  it.each([
    [
      'where what it takes off was put there by somebody else',
      { differences: [ending(DETACH, { foreign: true })] },
    ],
    ['where what it takes off grants more', { differences: [ending(DETACH, { opens: ['lindorm'] })] }],
    ['where the role was closed', { differences: [ending(DETACH, { opens: 'everything' })] }],
    ['where nothing says why', { differences: [ending(null), ending(ATTACH)] }],
    ['where it takes off one more', { stages: [[ATTACH], [DETACH, other]] }],
    ['where it ends with another write', { stages: [[DETACH], [ATTACH]] }],
    ['where the new policy holds less of an engine', { granted: narrow }],
    ['where a trust is enough', { granted: { ...GRANT, ids: ['rds'] } }],
  ] satisfies readonly (readonly [string, Plan])[])('%s', async (_what, plan) => {
    const { told, made } = await carriedOut(plan);
    expect(told.filter((one) => one.startsWith('read'))).toEqual([]);
    expect(made).toMatchObject({ applied: { conflict: false }, reading: null });
  });

  it('and nothing is taken off, where RAM was in another state before', async () => {
    const answer = ({ operation }: Operation) => (operation === 'attach-policy' ? 'conflict' : 'done');
    const { told, made } = await carriedOut({ stages: [[tag], [ATTACH], [DETACH]], answer });
    expect(told).toEqual(['tag-role', 'attach-policy']);
    expect(made).toEqual({
      applied: { done: [tag], conflict: true, lastWriteAt: START + 1_000 },
      reading: null,
    });
  });
});

describe('what takes something away', () => {
  const refused = new TerminalError('quota-exceeded', 'the account is full of policies');
  const answer = ({ operation }: Operation) => (operation === 'attach-policy' ? refused : 'done');

  it.each([
    { action: 'revoke', ids: ['redis'], at: at(0) },
    { action: 'expire', now: at(0) },
    { action: 'lapse', ids: ['redis'], now: at(0) },
  ] satisfies readonly Change[])(
    'takes the old policy off, though the new one fails, and is read afterwards: $action',
    async (change) => {
      const { told, made } = await carriedOut({ change, granted: GRANT, answer });
      expect([told, made]).toEqual([['attach-policy', 'detach-policy'], refused]);
      const well = await carriedOut({ change, granted: GRANT });
      expect(well.told).toEqual(['attach-policy', 'detach-policy']);
    },
  );

  it('is neither a grant nor an extension: the old policy stays until the new one is there', async () => {
    const extend: Change = { action: 'extend', ids: 'all', at: at(0), until: 'never' };
    for (const change of [GRANT, extend])
      expect(await carriedOut({ change, granted: GRANT, answer })).toEqual({
        told: ['attach-policy'],
        made: refused,
      });
  });
});
