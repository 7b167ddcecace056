import type { RoleId } from '../catalogue/names.ts';
import { iso, parseIso } from '../record/entry.ts';
import type { Millis } from '../runtime/millis.ts';
import { hash } from './hash.ts';

/**
 * Which roles there were at the last sweep, however many, in three tags of the verify function's role: an invertible Bloom
 * lookup table (Goodrich and Mitzenmacher, 2011). Each role has a number, and is added to one cell of each table:
 *
 *               dms-roll-0       dms-roll-1       dms-roll-2
 *     cell      0  1  2 .. 8     0  1  2 .. 8     0  1  2 .. 8
 *     role A    .  A  .    .     .  .  .    A     A  .  .    .
 *     role B    .  B  .    .     .  .  B    .     .  .  .    B
 *     role C    C  .  .    .     .  .  C    .     .  C  .    .
 *
 * A cell holds how many roles are in it, the exclusive or of their numbers, and that of the hashes of their numbers. The
 * table of the last sweep less that of this one holds only the roles that came or went, because all others cancel out. A
 * cell that holds one role shows its number. That role is taken out of its other cells, which may leave one role alone in
 * another cell, and so on.
 *
 * Nothing plainer does: tags of one role hold about 45 UIDs in this space while an account may have thousands of roles,
 * and a count or a digest would tell that a role is gone, but not which.
 */
export interface Inventory {
  /** When it was taken. */
  readonly at: Millis;
  readonly tables: readonly (readonly Cell[])[];
}

interface Cell {
  count: number;
  /** The numbers of the cell's roles, all combined by exclusive or, and so the hashes of these. */
  numbers: bigint;
  checks: number;
}

export const INVENTORY_TAGS = ['dms-roll-0', 'dms-roll-1', 'dms-roll-2'] as const;

/** Cells of a table: as many as a tag's 256 characters hold, with a time and for any UID of 20 digits. */
const CELLS = 9;

export function inventoryOf(members: readonly RoleId[], at: Millis): Inventory {
  const tables = INVENTORY_TAGS.map(() => empty());
  for (const member of members) add(tables, numberOf(member), 1);
  return { at, tables };
}

/** The values of the tags. */
export const formatInventory = ({ at, tables }: Inventory): readonly string[] =>
  tables.map((cells) => [iso(at), ...cells.map(formatCell)].join(' '));

/** What the tags remember; null for nothing, and for what nobody here wrote. */
export function readInventory(tags: ReadonlyMap<string, string>): Inventory | null {
  const values = INVENTORY_TAGS.map((key) => String(tags.get(key)).split(' '));
  const times = new Set(values.map(([time]) => time));
  const at = parseIso([...times][0]);
  const tables = values.map(([, ...cells]) => cells.flatMap((cell) => readCell(cell) ?? []));
  if (times.size > 1 || at === null || tables.some(({ length }) => length !== CELLS)) return null;
  return { at, tables };
}

/** Whether two inventories are of the same roles, whenever they were taken. */
export const sameInventory = (a: Inventory, b: Inventory): boolean =>
  formatInventory({ ...a, at: b.at }).join() === formatInventory(b).join();

/**
 * The roles of an earlier inventory that are not in a later one. `unnamed`: how many more differ, where they are
 * too many to tell apart.
 */
export function missingFrom(
  earlier: Inventory,
  later: Inventory,
): { readonly gone: readonly RoleId[]; readonly unnamed: number } {
  const tables = earlier.tables.map((cells, table) =>
    cells.map(({ count, numbers, checks }, index): Cell => {
      const other = later.tables[table]?.[index] ?? NONE;
      return {
        count: count - other.count,
        numbers: numbers ^ other.numbers,
        checks: checks ^ other.checks,
      };
    }),
  );
  const gone: RoleId[] = [];
  // In tags that somebody made up, taking a number out can bring it up again elsewhere, for ever.
  const taken = new Set<bigint>();
  const next = () =>
    tables
      .flatMap((cells, table) => cells.filter((cell, index) => isSingle(cell, table, index)))
      .find(({ numbers }) => !taken.has(numbers));
  for (let single = next(); single !== undefined; single = next()) {
    const { count, numbers } = single;
    taken.add(numbers);
    if (count === 1) gone.push(memberOf(numbers));
    add(tables, numbers, -count);
  }
  return { gone, unnamed: Math.max(...tables.map(left)) };
}

/** How many roles a table still differs in, at least. */
const left = (cells: readonly Cell[]): number =>
  cells.reduce((sum, { count, numbers }) => sum + Math.max(Math.abs(count), numbers === 0n ? 0 : 1), 0);

/** Whether one role alone makes a cell differ. */
const isSingle = ({ count, numbers, checks }: Cell, table: number, index: number): boolean =>
  Math.abs(count) === 1 && checks === checkOf(numbers) && placeOf(numbers, table) === index;

function add(tables: readonly (readonly Cell[])[], number: bigint, times: number): void {
  for (const [table, cells] of tables.entries()) {
    const cell = cells[placeOf(number, table)];
    if (cell === undefined) continue;
    cell.count += times;
    cell.numbers ^= number;
    cell.checks ^= checkOf(number);
  }
}

const NONE: Readonly<Cell> = { count: 0, numbers: 0n, checks: 0 };
const empty = (): Cell[] => Array.from({ length: CELLS }, () => ({ ...NONE }));

const numberOf = ({ access, requesterUid }: RoleId): bigint =>
  BigInt(requesterUid) * 2n + (access === 'console' ? 1n : 0n);
const memberOf = (number: bigint): RoleId => ({
  access: number % 2n === 1n ? 'console' : 'register',
  requesterUid: String(number / 2n),
});

const placeOf = (number: bigint, table: number): number => hash(`${table} ${number}`) % CELLS;
const checkOf = (number: bigint): number => hash(`check ${number}`) >>> 8;

const RADIX = 36;
const formatCell = ({ count, numbers, checks }: Cell): string =>
  [count, numbers, checks].map((part) => part.toString(RADIX)).join('.');

function readCell(text: string): Cell | null {
  if (!/^[0-9a-z]{1,4}\.[0-9a-z]{1,14}\.[0-9a-z]{1,5}$/.test(text)) return null;
  const [count, numbers = 0n, checks] = text.split('.').map(readNumber);
  return { count: Number(count), numbers, checks: Number(checks) };
}

const readNumber = (text: string): bigint =>
  [...text].reduce((sum, digit) => sum * BigInt(RADIX) + BigInt(Number.parseInt(digit, RADIX)), 0n);
