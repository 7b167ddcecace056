type Cell = string | number;

/** A table in Markdown; columns of numbers stand to the right. */
export function table(head: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const right = head.map((_, column) => rows.every((row) => typeof row[column] === 'number'));
  return [head, right.map((is) => (is ? '---:' : '---')), ...rows]
    .map((row) => `| ${row.map((cell) => (typeof cell === 'number' ? said(cell) : cell)).join(' | ')} |`)
    .join('\n');
}

/** A number as it is read: thousands apart, and nothing below a thousandth. The zero takes the sign off a nothing. */
export const said = (value: number): string =>
  (Math.round(value * 1_000) / 1_000 + 0).toLocaleString('en-US', { maximumFractionDigits: 3 });
