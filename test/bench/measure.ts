import type { Measured } from './figures.ts';
import { linesOf } from './figures.ts';
import { load, type Run, today } from './machine.ts';
import { PARTS, type PartName } from './parts.ts';

/** What some parts were found to be. */
export interface Found {
  readonly measured: Partial<Measured>;
  readonly runs: Partial<Readonly<Record<PartName, Run>>>;
  /** Parts that ended with an error. The others were measured all the same. */
  readonly failed: readonly PartName[];
}

/** Measures parts one after the other, and tells each figure as soon as it is there. */
export async function measureParts(
  names: readonly PartName[],
  rounds: number,
  tell: (line: string) => void,
): Promise<Found> {
  let measured: Partial<Measured> = {};
  const runs: Partial<Record<PartName, Run>> = {};
  const failed: PartName[] = [];
  for (const name of names) {
    tell(`measuring ${PARTS[name].what}`);
    const loadBefore = load();
    const started = performance.now();
    try {
      const found = await PARTS[name].measure(rounds);
      for (const line of linesOf(found)) tell(`  ${line}`);
      measured = { ...measured, ...found };
      runs[name] = { measured: today(), loadBefore, loadAfter: load() };
    } catch (error) {
      failed.push(name);
      tell(`  ${name} failed: ${error instanceof Error ? error.message : String(error)}`);
    }
    tell(`  after ${Math.round((performance.now() - started) / 1_000)} s`);
  }
  return { measured, runs, failed };
}
