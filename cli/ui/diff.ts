import type { Colors } from './terminal.ts';

/** A line that goes, comes or stays. */
interface Line {
  readonly mark: '-' | '+' | ' ';
  readonly text: string;
}

/** The difference between two texts, line by line, with a mark before each. Documents here have dozens of lines. */
export function diff(before: string, after: string, colors: Colors): string {
  const paint = { '-': colors.red, '+': colors.green, ' ': (text: string) => text };
  return linesOf(split(before), split(after))
    .map(({ mark, text }) => paint[mark](`${mark} ${text}`))
    .join('\n');
}

const split = (text: string): readonly string[] => (text === '' ? [] : text.split('\n'));

/** Along the longest common subsequence; of one place, what goes stands before what comes. */
function linesOf(a: readonly string[], b: readonly string[]): readonly Line[] {
  const common = lengths(a, b);
  const lines: Line[] = [];
  let done = 0;
  const comes = (end: number): void => {
    lines.push(...b.slice(done, end).map((text): Line => ({ mark: '+', text })));
    done = end;
  };
  for (const [i, text] of a.entries()) {
    let j = done;
    while (b[j] !== text && common(i, j + 1) > common(i + 1, j)) j += 1;
    comes(j);
    if (b[j] === text) done += 1;
    lines.push({ mark: b[j] === text ? ' ' : '-', text });
  }
  comes(b.length);
  return lines;
}

/** How many lines stay of what stands from a line on in each of two texts. */
function lengths(a: readonly string[], b: readonly string[]): (i: number, j: number) => number {
  const table: number[][] = [];
  const common = (i: number, j: number): number => table[i]?.[j] ?? 0;
  for (const [i, left] of [...a.entries()].reverse()) {
    const row: number[] = [];
    table[i] = row;
    for (const [j, right] of [...b.entries()].reverse())
      row[j] = left === right ? common(i + 1, j + 1) + 1 : Math.max(common(i + 1, j), common(i, j + 1));
  }
  return common;
}
