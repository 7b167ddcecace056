import type { RoleId } from '../catalogue/names.ts';
import { iso, parseIso } from '../record/entry.ts';
import type { Millis } from '../runtime/millis.ts';
import { hash } from './hash.ts';

/**
 * Which roles there were, of any number, in three tags of the verify function's role: an invertible Bloom lookup table
 * (Goodrich and Mitzenmacher, 2011). Each role is added to one cell of each table. Of two rolls that differ in a few
 * roles the difference can be read: a cell that only one of these is in holds that one's number.
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
  const values = INVENTORY_TAGS.map((key) => (tags.get(key) ?? '').split(' '));
  const times = new Set(values.map(([time]) => time));
  const at = parseIso([...times][0]);
  const tables = values.map(([, ...cells]) => cells.flatMap((cell) => readCell(cell) ?? []));
  if (times.size > 1 || at === null || tables.some(({ length }) => length !== CELLS)) return null;
  return { at, tables };
}

/** Whether two rolls are of the same roles, whenever they were taken. */
export const sameInventory = (a: Inventory, b: Inventory): boolean =>
  formatInventory({ ...a, at: b.at }).join() === formatInventory(b).join();

/** Those of an earlier roll that are not in a later one; `unnamed`: how many more differ, where these are too many to tell apart. */
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
