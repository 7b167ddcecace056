import { describe, expect, it } from 'vitest';
import type { Operation, WriteResult } from '../../../shared/ports.ts';
import { RecentWrites } from '../../../shared/reconcile/recent-writes.ts';
import { TestClock } from '../../kit/clock.ts';
import { at } from '../../kit/time.ts';
import {
  attaching,
  creating,
  deleting,
  desired,
  detaching,
  having,
  NOTHING,
  OLD_TRUST,
  OLD_TRUSTED,
  OTHER,
  observed,
  ROLE,
  shown,
  tagging,
  trusting,
  WANTED,
} from '../../kit/written-here.ts';

/** What an instance keeps of its own writes, and for how long. */

const PATIENCE = 60_000;

/** Writes, and what each shows beside a reading on which nothing has to be written. */
const WRITES: readonly (readonly [string, Operation, object])[] = [
  ['the record and its notes', tagging(), { granted: ['redis'], notes: 'reviewed:mwt3h340' }],
  ['a trust that is not wanted now', trusting(OLD_TRUST), { trust: OLD_TRUSTED }],
  ['a policy put on that is not wanted now', attaching(OTHER), { attached: [WANTED.name, OTHER.name] }],
  ['a policy taken off that is wanted now', detaching(WANTED), { attached: [] }],
];

describe('what was written here', () => {
  it.each(WRITES)('counts until every reading shows it, and not longer: %s', async (_what, write, shows) => {
    const { memory } = await having(write);
    memory.forget(at(59), PATIENCE);
    expect(shown(memory)).toEqual({ ...NOTHING, ...shows });
    memory.forget(at(60), PATIENCE);
    expect(shown(memory)).toEqual(NOTHING);
    // Nothing is kept of a role on which nothing was written lately.
    const reading = observed();
    expect(memory.doubt(reading, desired)).toBe(reading);
  });

  it.each(WRITES)('goes by itself, and a later write on the role stays: %s', async (_what, write) => {
    const { memory, clock, write: next } = await having(write);
    clock.advance(30_000);
    const later = { name: 'DmsCrossAccountPolicy-lindorm', type: 'Custom' } as const;
    await next(attaching(later), 'done');
    memory.forget(at(60), PATIENCE);
    expect(shown(memory)).toEqual({ ...NOTHING, attached: [WANTED.name, later.name] });
  });

  it.each(WRITES)('goes with a role that is deleted, or made anew: %s', async (_what, write) => {
    for (const end of [deleting, creating(desired.trust)]) {
      const { memory, write: next } = await having(write);
      await next(end, 'done');
      expect(shown(memory)).toEqual(NOTHING);
    }
  });

  it.each(WRITES)(
    'stays where the role could not be deleted, or was there: %s',
    async (_what, write, shows) => {
      const { memory, write: next } = await having(write);
      await next(deleting, 'conflict');
      expect(shown(memory)).toEqual({ ...NOTHING, ...shows });
      if ('trust' in write) return;
      await next(creating(desired.trust), 'conflict');
      expect(shown(memory)).toEqual({ ...NOTHING, ...shows });
    },
  );

  it.each(WRITES)('stays with what is written beside it: %s', async (_what, write, shows) => {
    const { memory, write: next } = await having(write);
    const beside: Operation = { operation: 'untag-role', target: ROLE, reason: 'a test', keys: ['k'] };
    await next(beside, 'done');
    expect(shown(memory)).toEqual({ ...NOTHING, ...shows });
  });

  it('is no record where RAM did not take the tags', async () => {
    const { memory, write } = await having();
    await write(tagging(), 'conflict');
    expect(shown(memory)).toEqual(NOTHING);
  });
});

describe('a write that is under way', () => {
  const [, ...uncertain] = WRITES;

  it.each(uncertain)('counts, however long it takes: %s', async (_what, operation, shows) => {
    const clock = new TestClock(at(0));
    const memory = new RecentWrites();
    let end: (result: WriteResult) => void = () => undefined;
    const apply = () => new Promise<WriteResult>((resolve) => (end = resolve));
    const write = memory.writer({ apply }, clock).apply(ROLE, operation);
    memory.forget(at(600), PATIENCE);
    expect(shown(memory)).toEqual({ ...NOTHING, ...shows });
    clock.advance(600_000);
    end('done');
    await write;
    memory.forget(at(659), PATIENCE);
    expect(shown(memory)).toEqual({ ...NOTHING, ...shows });
    memory.forget(at(660), PATIENCE);
    expect(shown(memory)).toEqual(NOTHING);
  });
});
