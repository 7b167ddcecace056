import { describe, expect, it } from 'vitest';
import type { Operation } from '../../../shared/ports.ts';
import type { Desired } from '../../../shared/reconcile/desired.ts';
import type { Observed } from '../../../shared/reconcile/observe.ts';
import {
  attaching,
  closed,
  desired,
  detaching,
  having,
  NOTHING,
  OLD_TRUST,
  OLD_TRUSTED,
  OTHER,
  observed,
  shown,
  trusted,
  trusting,
  WANTED,
} from '../../kit/written-here.ts';

/** Where a reading is not believed, since this instance has written something else; and where it is. */

describe('a reading beside what was written here', () => {
  const foreign = '{"Statement":["of somebody else"]}';

  it.each<readonly [string, readonly Operation[], Partial<Observed>, Desired, object]>([
    [
      'what is wanted was written, and its lack is seen',
      [trusting(desired.trust), attaching(WANTED)],
      { role: trusted(foreign), attached: [] },
      desired,
      { trust: foreign, attached: [] },
    ],
    [
      'what is not wanted was taken off, and is seen',
      [detaching(OTHER)],
      { attached: [WANTED, OTHER] },
      desired,
      { attached: [WANTED.name, OTHER.name] },
    ],
    [
      'what is not wanted was put on, and is seen',
      [attaching(OTHER)],
      { attached: [WANTED, OTHER] },
      desired,
      { attached: [WANTED.name, OTHER.name] },
    ],
    [
      'only what is wanted of what was taken off is not there',
      [detaching(WANTED), detaching(OTHER)],
      { attached: [OTHER, WANTED] },
      desired,
      { attached: [OTHER.name] },
    ],
    [
      'a trust that was written stays with a policy put on',
      [trusting(OLD_TRUST), attaching(WANTED)],
      {},
      desired,
      { trust: OLD_TRUSTED },
    ],
    [
      'a role that is not there has no trust',
      [trusting(OLD_TRUST)],
      { role: null },
      desired,
      { trust: undefined },
    ],
    [
      'nothing is to be attached, and a policy was',
      [attaching(WANTED)],
      { attached: [] },
      closed,
      { attached: [WANTED.name] },
    ],
    [
      'nothing is to be attached, and a policy is',
      [attaching(OTHER)],
      { attached: [WANTED] },
      closed,
      { attached: [WANTED.name, OTHER.name] },
    ],
  ])('%s', async (_what, operations, over, wanted, shows) => {
    const { memory } = await having(...operations);
    expect(shown(memory, observed(over), wanted)).toEqual({ ...NOTHING, ...shows });
  });

  it('keeps of the role what was read', async () => {
    const { memory } = await having(trusting(OLD_TRUST));
    expect(memory.doubt(observed(), desired)).toEqual(observed({ role: trusted(OLD_TRUSTED) }));
  });
});
