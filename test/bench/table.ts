type Cell = string | number;

/** A table in Markdown; columns of numbers stand to the right. */
export function table(head: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const right = head.map((_, column) => rows.every((row) => typeof row[column] === 'number'));
  return [head, right.map((is) => (is ? '---:' : '---')), ...rows]
    .map((row) => `| ${row.map((cell) => (typeof cell === 'number' ? said(cell) : cell)).join(' | ')} |`)
    .join('\n');
}

/** A number as it is read: thousands apart. */
export const said = (value: number): string => value.toLocaleString('en-US', { maximumFractionDigits: 3 });
