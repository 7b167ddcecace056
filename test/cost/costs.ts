import { readFileSync } from 'node:fs';
import { relative } from 'node:path';

/** Where the workers write what each file took, a line each. */
export const COSTS = 'node_modules/.cache/test-costs.jsonl';

/** How many of the dearest files are named. */
const DEAREST = 10;

/** What the folders took, dearest first, and the dearest files: lines of two tables in Markdown. */
export function costTables(lines: string): string {
  const costs = lines
    .split('\n')
    .filter((line) => line !== '')
    .map((line): { file: string; seconds: number } => JSON.parse(line))
    .map(({ file, seconds }) => ({ file: relative('.', file), seconds }));
  const byFolder = new Map<string, { files: number; seconds: number }>();
  for (const { file, seconds } of costs) {
    const name = file.split('/').slice(0, 2).join('/');
    const sum = byFolder.get(name) ?? { files: 0, seconds: 0 };
    byFolder.set(name, { files: sum.files + 1, seconds: sum.seconds + seconds });
  }
  const total = costs.reduce((sum, { seconds }) => sum + seconds, 0);
  const folders = [...byFolder]
    .toSorted(([, a], [, b]) => b.seconds - a.seconds)
    .map(([name, { files, seconds }]) => row([`\`${name}\``, String(files), seconds.toFixed(1)]));
  const dearest = costs
    .toSorted((a, b) => b.seconds - a.seconds)
    .slice(0, DEAREST)
    .map(({ file, seconds }) => row([`\`${file}\``, seconds.toFixed(1)]));
  return [
    ...table(
      ['Folder', 'Files', 'Seconds'],
      [...folders, row(['all', String(costs.length), total.toFixed(1)])],
    ),
    '',
    ...table(['File', 'Seconds'], dearest),
    '',
  ].join('\n');
}

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
const table = (head: readonly string[], rows: readonly string[]): readonly string[] => [
  row(head),
  row(head.map((_, index) => (index === 0 ? '---' : '---:'))),
  ...rows,
];

export const readCosts = (): string => readFileSync(COSTS, 'utf8');
