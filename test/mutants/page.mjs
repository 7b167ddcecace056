/** The tables of docs/quality/mutants.md, as the last runs have it. */
import { readFileSync, writeFileSync } from 'node:fs';
import { equivalents, percent, sumOf } from './score.mjs';

const PAGE = 'docs/quality/mutants.md';

const row = (cells) => `| ${cells.join(' | ')} |`;
const table = (head, rows) => [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n');
const code = (text) => `\`${text.replaceAll('|', '\\|').replaceAll(/\s+/g, ' ')}\``;

const scoreRow = (name, { found, late, same, left, ...figures }) =>
  [name, found + same + left, found, late, same, left, percent({ found, left, ...figures })].map(String);

const SCORES = ['File', 'Mutants', 'Found', 'of these late', 'Change nothing', 'Left', 'Score'];

/** Rows of an earlier run, of files that this one had not. */
function earlier(text, files) {
  const rows = [...text.matchAll(/^\| `(.*?)` \| (.*) \|$/gm)];
  return rows
    .map(([, file, cells]) => ({ file, numbers: cells.split(' | ').map(Number) }))
    .filter(({ file }) => !files.some((one) => one.file === file))
    .map(({ file, numbers: [, found, late, same, left] }) => ({ file, found, late, same, left }));
}

function withPart(page, name, make) {
  const [before, rest] = page.split(`<!-- ${name} -->\n`);
  const [old, after] = rest.split(`<!-- end of ${name} -->`);
  return `${before}<!-- ${name} -->\n${make(old)}\n<!-- end of ${name} -->${after}`;
}

export function writePage(files) {
  const all = [...equivalents(), ...equivalents(true)];
  const rowOf = ({ file, line, changes, why }) => [
    code(file),
    code(line),
    changes.map(([from, to]) => `${code(from)} → ${code(to)}`).join(', '),
    why,
  ];
  const page = withPart(readFileSync(PAGE, 'utf8'), 'scores', (old) => {
    const all = [...files, ...earlier(old, files)].sort((one, other) => (one.file < other.file ? -1 : 1));
    const rows = all.map((one) => scoreRow(code(one.file), one));
    return table(SCORES, [...rows, scoreRow('**all**', sumOf(all))]);
  });
  const explained = (name, text, head, rows) =>
    withPart(text, name, () => table(['File', 'Line', 'Change', head], rows.map(rowOf)));
  const same = all.filter(({ isWrong }) => isWrong !== true);
  const left = all.filter(({ isWrong }) => isWrong === true);
  const withSame = explained('equivalents', page, 'Why nothing can tell', same);
  writeFileSync(PAGE, explained('left', withSame, 'Why no test sees it', left));
}
