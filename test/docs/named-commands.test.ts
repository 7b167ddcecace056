import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { buildProgram } from '../../cli/commands.ts';

/** Commands of ours that pages name, also those that no test runs: whether they are there, with their options. */
const { scripts }: { scripts: Record<string, string> } = JSON.parse(readFileSync('package.json', 'utf8'));
const known = new Map(buildProgram('0').commands.map((command) => [command.name(), command]));

/** Where a command begins: a line, a code span, what follows another command, a substitution, or a variable before it. */
const BEGINS =
  /(?:`|^ *(?:\$ )?|(?:&&|\|\|?|;) +|\(|\b\w+=[^\s(]* +)((?:npx dms-handshake|dms-handshake|npm run|node) [^`\n#]*)/gm;
/** Where it ends, if its line goes on. A table escapes its own bars: `--access register\|console`. */
const ENDS = / (?:&&|\|\|?|\d?>) .*|[;)].*/;

/** The bars of a table's row are no pipes. */
const withoutBars = (row: string): string => row.replaceAll(/(?<!\\)\|/g, '·');

function commandsIn(page: string): readonly string[] {
  const found: string[] = [];
  const text = page.replaceAll(/^ *\|.*/gm, withoutBars).replaceAll(/\\\n\s*/g, ' ');
  BEGINS.lastIndex = 0;
  for (let match = BEGINS.exec(text); match !== null; match = BEGINS.exec(text)) {
    const command = match[1]?.replace(ENDS, '').trim() ?? '';
    found.push(command);
    // The rest of the line may hold another one.
    BEGINS.lastIndex = match.index + match[0].indexOf(command) + command.length;
  }
  return found;
}

function exists(line: string): boolean {
  const [program, first = '', ...rest] = line.replace(/^npx /, '').split(/[\s,]+/);
  if (program === 'npm') return (rest[0] ?? '') in scripts;
  if (program === 'node') return !first.startsWith('scripts/') || existsSync(first);
  if (first === '--help') return true;
  const command = known.get(first);
  const long = rest.filter((word) => word.startsWith('--')).map((word) => word.replace(/=.*/, ''));
  return (
    command !== undefined &&
    long.every((flag) => flag === '--help' || command.options.some((one) => one.long === flag))
  );
}

const unknownIn = (page: string): readonly string[] => commandsIn(page).filter((command) => !exists(command));

describe('a command of ours that a page names', () => {
  it('is there, with its options, on every page', () => {
    const pages = ['.', 'docs'].flatMap((folder) =>
      readdirSync(folder, { recursive: folder === 'docs', encoding: 'utf8' }).map((name) =>
        join(folder, name),
      ),
    );
    const texts = pages
      .filter((name) => name.endsWith('.md'))
      .map((name) => ({ name, text: readFileSync(name, 'utf8') }));
    expect(texts.flatMap(({ text }) => commandsIn(text)).length).toBeGreaterThan(200);
    const unknown = texts.flatMap(({ name, text }) =>
      unknownIn(text).map((command) => `${name}: ${command}`),
    );
    expect(unknown).toEqual([]);
  });

  const WRONG = 'npx dms-handshake list --everything';
  it.each([
    WRONG,
    `  $ ${WRONG}`,
    `in a sentence, \`${WRONG}\`, too`,
    `X=1 ${WRONG}`,
    `$ A='x' B=2 ${WRONG}`,
    `A=$(${WRONG})`,
    `A="$(${WRONG} --json)"`,
    `npx dms-handshake list && ${WRONG}`,
    `npx dms-handshake list --json | ${WRONG} > list.json`,
    `npx dms-handshake list; ${WRONG}`,
    `(cd there && ${WRONG})`,
    'npx dms-handshake list \\\n  --everything',
  ])('is looked up where it stands in: %s', (page) => {
    expect(unknownIn(page)).toHaveLength(1);
  });

  it('is looked up without what follows it', () => {
    const lines = [
      'npx dms-handshake list --json | jq --raw-output .roles',
      'npx dms-handshake list --json > list.json && rm --force list.json # --all of it',
      'ROLES=$(npx dms-handshake list) other --option',
    ];
    expect(lines.flatMap(commandsIn)).toEqual([
      'npx dms-handshake list --json',
      'npx dms-handshake list --json',
      'npx dms-handshake list',
    ]);
    expect(lines.flatMap(unknownIn)).toEqual([]);
  });

  it.each(['npm run nothing', 'node scripts/nothing.mjs', 'npx dms-handshake nothing'])(
    'is looked up by its kind: %s',
    (line) => expect(unknownIn(line)).toEqual([line]),
  );
});
