import { stripVTControlCharacters } from 'node:util';
import Table from 'cli-table3';
import type { Terminal } from './terminal.ts';

const GAP = 2;
/** Below this many columns the last column is not readable as a column any more. */
const NARROWEST = 24;

/** No lines and no padding: what is copied out of it is what stands in it. */
const BARE = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: ' '.repeat(GAP),
};

/**
 * Rows under a head, in columns as wide as their widest text; the last one takes what is left and is wrapped. On a
 * terminal too narrow for that, one block per row.
 */
export function table(head: readonly string[], rows: readonly (readonly string[])[], to: Terminal): string {
  const widths = head.map((name, column) =>
    Math.max(name.length, ...rows.map((row) => widest(row[column] ?? ''))),
  );
  const fixed = widths.slice(0, -1).reduce((sum, width) => sum + width + GAP, 0);
  const needed = fixed + (widths.at(-1) ?? 0);
  if (to.width !== null && needed > to.width) {
    const left = to.width - fixed;
    if (left < NARROWEST) return blocks(head, rows, to);
    widths[widths.length - 1] = left;
  }
  const made = new Table({
    chars: BARE,
    colWidths: widths,
    wordWrap: true,
    wrapOnWordBoundary: true,
    style: { 'padding-left': 0, 'padding-right': 0, head: [], border: [] },
  });
  made.push(
    head.map((name) => to.colors.dim(name)),
    ...rows.map((row) => [...row]),
  );
  return trimmed(made.toString());
}

function blocks(head: readonly string[], rows: readonly (readonly string[])[], { colors }: Terminal): string {
  return rows
    .map((row) => row.map((text, column) => `${colors.dim(`${head[column] ?? ''}:`)} ${text}`).join('\n'))
    .join('\n\n');
}

const widest = (text: string): number =>
  Math.max(...text.split('\n').map((line) => stripVTControlCharacters(line).length));

const trimmed = (text: string): string =>
  text
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
