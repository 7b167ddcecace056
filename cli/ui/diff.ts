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

/** Along the longest common subsequence. */
function linesOf(a: readonly string[], b: readonly string[]): readonly Line[] {
  const common = lengths(a, b);
  const lines: Line[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    const left = a[i];
    const right = b[j];
    if (left !== undefined && left === right) {
      lines.push({ mark: ' ', text: left });
      i += 1;
      j += 1;
    } else if (left !== undefined && (right === undefined || at(common, i + 1, j) >= at(common, i, j + 1))) {
      lines.push({ mark: '-', text: left });
      i += 1;
    } else {
      lines.push({ mark: '+', text: right ?? '' });
      j += 1;
    }
  }
  return lines;
}

function lengths(a: readonly string[], b: readonly string[]): number[][] {
  const table = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0));
  for (let i = a.length - 1; i >= 0; i -= 1)
    for (let j = b.length - 1; j >= 0; j -= 1) {
      const row = table[i];
      if (row === undefined) continue;
      row[j] =
        a[i] === b[j] ? at(table, i + 1, j + 1) + 1 : Math.max(at(table, i + 1, j), at(table, i, j + 1));
    }
  return table;
}

const at = (table: readonly (readonly number[])[], i: number, j: number): number => table[i]?.[j] ?? 0;
