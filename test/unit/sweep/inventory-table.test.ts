import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RoleId } from '../../../shared/catalogue/names.ts';
import { millis } from '../../../shared/runtime/millis.ts';
import {
  formatInventory,
  INVENTORY_TAGS,
  type Inventory,
  inventoryOf,
  missingFrom,
  readInventory,
  sameInventory,
} from '../../../shared/sweep/inventory-table.ts';

const AT = millis(Date.parse('2026-11-23T10:00:00.000Z'));
const tagged = (values: readonly string[]) =>
  new Map(INVENTORY_TAGS.map((key, index) => [key, values[index] ?? ''] as const));
const member = fc.record({
  access: fc.constantFrom('register' as const, 'console' as const),
  requesterUid: fc.stringMatching(/^[1-9][0-9]{0,15}$/),
});
const members = fc.uniqueArray(member, {
  maxLength: 60,
  selector: ({ access, requesterUid }) => access + requesterUid,
});
const many = (count: number, from = 0): RoleId[] =>
  Array.from({ length: count }, (_, n) => ({
    access: 'register',
    requesterUid: String(1_000_000_000_000_000 + from + n),
  }));
const named = (all: readonly RoleId[]) =>
  all.map(({ access, requesterUid }) => `${access} ${requesterUid}`).sort();

describe('a roll', () => {
  it('comes back out of its tags, whatever the UIDs, and is the same in any order', () => {
    fc.assert(
      fc.property(members, (all) => {
        const roll = inventoryOf(all, AT);
        const read = readInventory(tagged(formatInventory(roll)));
        expect(read).toEqual(roll);
        expect(read !== null && sameInventory(read, inventoryOf(all.toReversed(), millis(AT + 1)))).toBe(
          true,
        );
      }),
    );
  });

  it('fits its tags with ten thousand roles of the longest UIDs', () => {
    const all = Array.from(
      { length: 10_000 },
      (_, n): RoleId => ({
        access: 'console',
        requesterUid: String(99_999_999_999_999_999_999n - BigInt(n)),
      }),
    );
    const values = formatInventory(inventoryOf(all, AT));
    expect(Math.max(...values.map(({ length }) => length))).toBeLessThanOrEqual(256);
    expect(readInventory(tagged(values))).toEqual(inventoryOf(all, AT));
  });

  it('is none where its time is in another form than ours, though a clock could read it', () => {
    const values = formatInventory(inventoryOf(many(3), AT));
    for (const time of ['2026-11-23', '2026-11-23T10:00:00Z', '2026(x)'])
      expect(readInventory(tagged(values.map((value) => value.replace(/^\S+/, time)))), time).toBeNull();
  });

  it('is written as it always was: what stands in the tags outlives a version of this', () => {
    const roll = inventoryOf([{ access: 'console', requesterUid: '1000000000000001' }, ...many(2)], AT);
    expect(formatInventory(roll)).toEqual([
      '2026-11-23T10:00:00.000Z 0.0.0 0.0.0 0.0.0 1.joxvbdj37m.o8nx 1.joxvbdj37n.mu3f 1.joxvbdj37k.lfix 0.0.0 0.0.0 0.0.0',
      '2026-11-23T10:00:00.000Z 0.0.0 1.joxvbdj37k.lfix 1.joxvbdj37n.mu3f 1.joxvbdj37m.o8nx 0.0.0 0.0.0 0.0.0 0.0.0 0.0.0',
      '2026-11-23T10:00:00.000Z 0.0.0 0.0.0 1.joxvbdj37k.lfix 0.0.0 1.joxvbdj37m.o8nx 1.joxvbdj37n.mu3f 0.0.0 0.0.0 0.0.0',
    ]);
  });

  it('is another where a role is, or is not', () => {
    expect(sameInventory(inventoryOf(many(3), AT), inventoryOf(many(2), AT))).toBe(false);
    expect(sameInventory(inventoryOf(many(3), AT), inventoryOf(many(3, 1), AT))).toBe(false);
  });

  it.each(['-1.1.1', '1.1.1-', '1.1', '1.1.1.1', '1..1', 'A.1.1', '12345.1.1', '1.1.123456'])(
    'is none with a cell of %s in one table',
    (cell) => {
      const [first = '', ...rest] = formatInventory(inventoryOf(many(3), AT));
      expect(readInventory(tagged([first.replace(/\S+$/, cell), ...rest]))).toBeNull();
    },
  );

  it.each([
    ['without its last cell', (value: string) => value.replace(/ \S+$/, '')],
    ['with one more', (value: string) => `${value} 0.0.0`],
  ])('is none with a table %s', (_what, edit) => {
    const values = formatInventory(inventoryOf(many(3), AT));
    for (const table of values.keys())
      expect(
        readInventory(tagged(values.map((value, index) => (index === table ? edit(value) : value)))),
      ).toBeNull();
  });

  it.each([
    ['no tags at all', new Map<string, string>()],
    ['two of three', new Map([...tagged(formatInventory(inventoryOf([], AT)))].slice(1))],
  ])('is none where there are %s', (_what, tags) => {
    expect(readInventory(tags)).toBeNull();
  });

  it.each([
    ['nothing', []],
    ['a time alone', ['2026-11-23T10:00:00.000Z', '2026-11-23T10:00:00.000Z', '2026-11-23T10:00:00.000Z']],
    ['words', ['who', 'knows', 'what']],
    [
      'two of different times',
      [
        ...formatInventory(inventoryOf([], AT)).slice(0, 2),
        ...formatInventory(inventoryOf([], millis(1))).slice(2),
      ],
    ],
  ])('is none where the tags hold %s', (_what, values) => {
    expect(readInventory(tagged(values))).toBeNull();
  });
});

describe('two rolls', () => {
  it('never name a role that is in both, nor one that was in neither', () => {
    fc.assert(
      fc.property(members, members, fc.nat(60), (all, others, cut) => {
        const stay = all.slice(cut);
        const come = others.filter((one) => !named(all).includes(named([one])[0] ?? ''));
        const { gone } = missingFrom(inventoryOf(all, AT), inventoryOf([...stay, ...come], AT));
        for (const name of named(gone)) expect(named(all.slice(0, cut))).toContain(name);
      }),
    );
  });

  it('of the same roles miss none', () => {
    expect(missingFrom(inventoryOf(many(1_000), AT), inventoryOf(many(1_000), AT))).toEqual({
      gone: [],
      unnamed: 0,
    });
  });

  it('name one that is gone of many, whichever it is', () => {
    const all = many(300);
    const before = inventoryOf(all, AT);
    for (const [index, one] of all.entries())
      expect(missingFrom(before, inventoryOf(all.toSpliced(index, 1), AT))).toEqual({
        gone: [one],
        unnamed: 0,
      });
  });

  it('name five that are gone in 99 of 100 cases; else they say that some are not named', () => {
    let whole = 0;
    for (let n = 0; n < 1_000; n += 1) {
      const all = many(200, n * 1_000);
      const { gone, unnamed } = missingFrom(inventoryOf(all, AT), inventoryOf(all.slice(5), AT));
      if (unnamed === 0) whole += 1;
      expect(unnamed === 0).toBe(gone.length === 5);
    }
    expect(whole).toBeGreaterThan(990);
  });

  it('say how many are gone where that is all that can be told', () => {
    const { gone, unnamed } = missingFrom(inventoryOf(many(1_000), AT), inventoryOf([], AT));
    expect(gone.length + unnamed).toBe(1_000);
  });

  type Table = Inventory['tables'][number];
  const NOBODY = inventoryOf([], AT).tables;

  /** A roll of one role, with its tables edited; `only`: and all but the first empty. */
  const edited = (edit: (cells: Table) => Table, only = false): Inventory => {
    const { tables } = inventoryOf(many(1), AT);
    const [first, ...others] = tables.map(edit);
    return { at: AT, tables: [first ?? [], ...(only ? NOBODY.slice(1) : others)] };
  };
  const times = (factor: number) => (cells: Table) =>
    cells.map((cell) => ({ ...cell, count: cell.count * factor }));

  it('name no role of a cell that says it is there twice', () => {
    expect(missingFrom(edited(times(2)), inventoryOf([], AT))).toEqual({ gone: [], unnamed: 2 });
  });

  it('name no role that stands in the cell of another', () => {
    const moved = edited((cells) => [...cells.slice(1), ...cells.slice(0, 1)], true);
    expect(missingFrom(moved, inventoryOf([], AT))).toEqual({ gone: [], unnamed: 1 });
  });

  it('say that somebody is not named where a table has roles that balance, or is the only one that differs', () => {
    expect(missingFrom(edited(times(0)), inventoryOf([], AT))).toEqual({ gone: [], unnamed: 1 });
    expect(missingFrom(edited(times(3), true), inventoryOf([], AT))).toEqual({ gone: [], unnamed: 3 });
  });

  it('come to an end, and to nobody who is not in them, where somebody made one up', () => {
    const cell = fc.record({
      count: fc.integer({ min: 0, max: 3 }),
      whose: fc.nat(3),
      wrong: fc.boolean(),
    });
    const whole = many(4).map((one) =>
      inventoryOf([one], AT)
        .tables.flat()
        .find(({ count }) => count === 1),
    );
    fc.assert(
      fc.property(fc.array(cell, { minLength: 27, maxLength: 27 }), (cells) => {
        const made = cells.map(({ count, whose, wrong }) => {
          const { numbers = 0n, checks = 0 } = (count === 0 ? undefined : whole[whose]) ?? {};
          return { count, numbers, checks: wrong ? 1 : checks };
        });
        const tables = [made.slice(0, 9), made.slice(9, 18), made.slice(18)];
        const { gone } = missingFrom({ at: AT, tables }, inventoryOf([], AT));
        for (const name of named(gone)) expect(named(many(4))).toContain(name);
      }),
      { numRuns: 2_000 },
    );
  });
});
