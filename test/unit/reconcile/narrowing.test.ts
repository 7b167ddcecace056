import { describe, expect, it } from 'vitest';
import type { Document } from '../../../shared/catalogue/document.ts';
import type { Operation } from '../../../shared/ports.ts';
import { type Difference, NOTHING, type Opening } from '../../../shared/reconcile/difference.ts';
import { narrowing, plan } from '../../../shared/reconcile/plan.ts';

const about = { target: 'x', reason: 'y' };
const document: Document = { Version: '1', Statement: [] };
const policy = { name: 'p', type: 'Custom' } as const;
const TAG: Operation = { ...about, operation: 'tag-role', tags: new Map() };
const UNTAG: Operation = { ...about, operation: 'untag-role', keys: ['dms-engine-gdb'] };
const TRUST: Operation = { ...about, operation: 'update-trust', trust: document };
const MAKE: Operation = { ...about, operation: 'create-policy', document };
const REVISE: Operation = { ...about, operation: 'create-policy-version', document };
const ATTACH: Operation = { ...about, operation: 'attach-policy', policy };
const DETACH: Operation = { ...about, operation: 'detach-policy', policy };

const difference = (write: Operation | null, opens: Opening = NOTHING): Difference => ({
  check: 'trust-dms',
  detail: 'd',
  fix: 'f',
  write,
  opens,
});
/** What is left of a list, by the places in it. */
const left = (list: readonly Difference[], ended: Parameters<typeof narrowing>[1] = ['redis']) =>
  narrowing(list, ended).map((one) => list.indexOf(one));

describe('what is done when grants have run out', () => {
  it.each<[what: string, list: readonly Difference[], kept: readonly number[]]>([
    ['the record is written, and what makes room for it', [difference(TAG), difference(UNTAG)], [0, 1]],
    ['what nobody may write is left', [difference(null), difference(null, ['redis'])], []],
    ['a policy goes that grants what has ended', [difference(DETACH, ['redis'])], [0]],
    ['a policy stays that grants what has not', [difference(DETACH, ['gdb'])], []],
    ['a policy goes whatever it grants, of a role that is closed', [difference(DETACH, 'everything')], [0]],
    ['the trust is left where it lets in nobody whose grant has ended', [difference(TRUST, ['gdb'])], []],
    [
      'the trust is written whole where it does: all that is wrong with it ends',
      [difference(TRUST), difference(TRUST, ['redis'])],
      [0, 1],
    ],
    [
      'the smaller policy comes in the place of the one that goes',
      [difference(MAKE), difference(REVISE), difference(ATTACH), difference(DETACH, ['redis'])],
      [0, 1, 2, 3],
    ],
    [
      'no policy comes in the place of one that stays',
      [difference(MAKE), difference(REVISE), difference(ATTACH), difference(DETACH, ['gdb'])],
      [],
    ],
    [
      'no policy comes where only the trust let in who has ended',
      [difference(ATTACH), difference(TRUST, ['redis'])],
      [1],
    ],
  ])('%s', (_what, list, kept) => {
    expect(left(list)).toEqual(kept);
  });

  it('is nothing where none ever has, not even a tag', () => {
    expect(narrowing([difference(TAG), difference(TRUST, 'everything')], [])).toEqual([]);
  });
});

it('a plan has each write once, and nothing for what nobody may write', () => {
  expect(plan([difference(TRUST), difference(null), difference(TRUST), difference(TAG)], false)).toEqual([
    [TAG],
    [TRUST],
  ]);
});
