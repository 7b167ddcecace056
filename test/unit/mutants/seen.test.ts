import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

interface Ran {
  readonly error?: unknown;
  readonly cpuMs?: number;
}
interface Seen {
  isDone(unit: { readonly id: string }, cpuMs: number): boolean;
  note(unit: { readonly id: string }, ran: Ran): void;
}
interface Module {
  readonly Seen: new (file: string) => Seen;
  readSeen(file: string): { readonly expected: ReadonlySet<string>; readonly threw: ReadonlySet<string> };
}

const load = (name: string): Promise<unknown> => import(`../../mutants/${name}.mjs`);
const { Seen, readSeen } = (await load('seen')) as Module;

const UNIT = { id: 'test/a.test.ts#0' };
const OTHER = { id: 'test/a.test.ts#1' };

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'seen-'));
  file = join(folder, 'seen.txt');
});
afterEach(() => rmSync(folder, { recursive: true }));

const failed = (): unknown => {
  try {
    expect(1).toBe(2);
  } catch (error) {
    return error;
  }
  throw new Error('an expectation held that does not');
};

describe('a test that a change is tried with', () => {
  it('is done once it failed where it expects something, in whichever process', () => {
    const [one, other] = [new Seen(file), new Seen(file)];
    expect(other.isDone(UNIT, 1)).toBe(false);
    one.note(UNIT, { error: failed(), cpuMs: 1 });
    expect([other.isDone(UNIT, 1), other.isDone(OTHER, 1)]).toEqual([true, false]);
  });

  it('is done where a property failed for an expectation', () => {
    const seen = new Seen(file);
    seen.note(UNIT, { error: new Error('Property failed', { cause: failed() }) });
    expect(seen.isDone(UNIT, 1)).toBe(true);
  });

  it('is tried further after it passed, and after it threw before it expected anything', () => {
    const seen = new Seen(file);
    seen.note(UNIT, { cpuMs: 1 });
    seen.note(OTHER, { error: new TypeError('x is undefined'), cpuMs: 1 });
    expect([seen.isDone(UNIT, 1), seen.isDone(OTHER, 1)]).toEqual([false, false]);
    expect(readSeen(file)).toEqual({ expected: new Set(), threw: new Set([OTHER.id]) });
  });

  it('has had its time after 3 seconds, or after ten times what it takes', () => {
    const seen = new Seen(file);
    for (const unit of [UNIT, OTHER]) seen.note(unit, { cpuMs: 3_001 });
    expect([seen.isDone(UNIT, 300), seen.isDone(OTHER, 400)]).toEqual([true, false]);
    expect(readSeen(file)).toEqual({ expected: new Set(), threw: new Set() });
  });
});
