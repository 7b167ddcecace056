import type { Colors, Terminal } from './terminal.ts';
import { pieces, widthOf } from './width.ts';

const GAP = 2;
/** Below this many columns the last column is not readable as a column any more. */
const NARROWEST = 24;

/**
 * Rows under a head, in columns as wide as their widest text; the last one takes what is left and is wrapped. On a
 * terminal too narrow for that, one block per row. No lines around anything and nothing cut off: what is copied out of
 * it is what stands in it.
 */
export function table(head: readonly string[], rows: readonly (readonly string[])[], to: Terminal): string {
  const widths = head.map((name, column) =>
    // Not spread over arguments: a fleet has more rows than a call may have arguments.
    rows.reduce((width, row) => Math.max(width, widest(row[column] ?? '')), widthOf(name)),
  );
  const last = head.length - 1;
  const fixed = widths.slice(0, last).reduce((sum, width) => sum + width + GAP, 0);
  const width = to.width ?? Number.POSITIVE_INFINITY;
  const left = width - fixed;
  if (left < Math.min(NARROWEST, widths[last] ?? 0)) return blocks(head, rows, width, to.colors);
  // The last cell is not filled up: one long text would make every line as long, in memory, until they are joined.
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) => (column === last ? cell : pad(cell, (widths[column] ?? 0) + GAP)))
      .join('')
      .trimEnd();
  const lines = rows.flatMap((row) => {
    const [first = '', ...more] = wrap(row[last] ?? '', left);
    return [line([...row.slice(0, last), first]), ...more.map((text) => `${' '.repeat(fixed)}${text}`)];
  });
  return [line(head.map((name) => to.colors.dim(name))), ...lines].join('\n');
}

/** Lines of at most `width` columns, parted between words; a word that is longer goes on in the next line. */
export function wrap(text: string, width: number): readonly string[] {
  return text.split('\n').flatMap((paragraph) => {
    const lines: string[] = [];
    let line = '';
    for (const word of paragraph.split(' ').flatMap((long) => pieces(long, width))) {
      if (line !== '' && widthOf(line) + 1 + widthOf(word) > width) {
        lines.push(line);
        line = word;
      } else line = line === '' ? word : `${line} ${word}`;
    }
    return [...lines, line];
  });
}

function blocks(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  width: number,
  colors: Colors,
): string {
  const block = (row: readonly string[]): string =>
    head.map((name, column) => `${colors.dim(`${name}:`)} ${row[column] ?? ''}`).join('\n');
  // Colours have no width, and stand only around words that are short.
  return rows.map((row) => wrap(block(row), Math.max(width, 10)).join('\n')).join('\n\n');
}

const widest = (text: string): number => Math.max(...text.split('\n').map(widthOf));
const pad = (text: string, width: number): string => text + ' '.repeat(Math.max(0, width - widthOf(text)));
