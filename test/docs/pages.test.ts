import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CHECK_IDS } from '../../events/check.ts';
import { PROBLEM_CODES } from '../../events/problem.ts';

/** Every page for people: at the top and in all rooms of docs/. */
const pages = ['.', 'docs']
  .flatMap((folder) =>
    readdirSync(folder, { recursive: folder === 'docs', encoding: 'utf8' }).map((name) => join(folder, name)),
  )
  .filter((name) => name.endsWith('.md'));

const textOf = (page: string): string => readFileSync(page, 'utf8');

/** A page without its blocks and spans of code, in which brackets are no links and hashes no headings. */
const proseOf = (page: string): string =>
  textOf(page)
    .replaceAll(/^( *)```[\s\S]*?^\1```$/gm, '')
    .replaceAll(/`[^`\n]*`/g, '');

/** Names of a page's headings as GitHub makes them: lower case, hyphens for blanks, letters, digits, `-` and `_` only. */
const anchorsOf = (page: string): readonly string[] =>
  [
    ...textOf(page)
      .replaceAll(/^( *)```[\s\S]*?^\1```$/gm, '')
      .matchAll(/^#+ (.*)$/gm),
  ].map(([, heading = '']) =>
    heading
      .replaceAll(/\]\([^)]*\)/g, '')
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(/\s/g, '-'),
  );

/** Links to files of the project, with the page that each stands on. */
const links = pages.flatMap((page) =>
  [...proseOf(page).matchAll(/\]\((?!https?:|mailto:)([^)\s]+)\)/g)].map(([, target = '']) => {
    const [path = '', anchor] = target.split('#');
    return { page, path: path === '' ? page : join(page, '..', path), anchor };
  }),
);

describe('links of the pages', () => {
  it('lead to files that are there', () => {
    expect(links.length).toBeGreaterThan(100);
    expect(links.filter(({ path }) => !existsSync(path))).toEqual([]);
  });

  it('lead to headings that are there', () => {
    const named = links.filter(({ path, anchor }) => anchor !== undefined && path.endsWith('.md'));
    expect(named.length).toBeGreaterThan(10);
    expect(named.filter(({ path, anchor }) => !anchorsOf(path).includes(anchor ?? ''))).toEqual([]);
  });
});

describe('tables of the pages', () => {
  const tables = pages.flatMap((page) =>
    [
      ...textOf(page)
        .replaceAll(/^( *)```[\s\S]*?^\1```$/gm, '')
        .matchAll(/(?:^\|.*\n)+/gm),
    ].map(([table]) =>
      table
        .trim()
        .split('\n')
        .map((row) => ({ page, row, cells: row.split(/(?<!\\)\|/).length })),
    ),
  );

  it('have in every row as many cells as in their head: a bar in a text would part it', () => {
    expect(tables.length).toBeGreaterThan(100);
    expect(tables.flatMap((rows) => rows.filter(({ cells }) => cells !== rows[0]?.cells))).toEqual([]);
  });

  it('have no angle bracket outside of code, which would be markup and hide a word', () => {
    const hidden = tables.flat().filter(({ row }) => /<[a-z/]/i.test(row.replaceAll(/`[^`]*`/g, '')));
    expect(hidden).toEqual([]);
  });
});

describe('docs/README.md, the map', () => {
  const onTheMap = links
    .filter(({ page }) => page === 'docs/README.md' || page === 'docs/decisions/README.md')
    .map(({ path }) => relative('.', path));

  it.each(pages.filter((page) => page.startsWith('docs/') && page !== 'docs/README.md'))(
    'leads to %s',
    (page) => {
      expect(onTheMap).toContain(page);
    },
  );
});

describe('docs/problems.md', () => {
  const page = textOf('docs/problems.md');
  const sections = page.split(/^## /m).slice(1);

  it('has a section for every problem code, in the order of the codes, and for nothing else', () => {
    expect(sections.map((section) => section.split('\n')[0])).toEqual([...PROBLEM_CODES]);
  });

  it.each(PROBLEM_CODES)('says of %s the cause, what to do, and who can', (code) => {
    const section = sections.find((one) => one.startsWith(`${code}\n`)) ?? '';
    expect(section).toMatch(/\*\*Cause\.\*\* \S[\s\S]+\*\*What to do\.\*\* \S[\s\S]+\*\*Who can\.\*\* \S/);
    expect(page).toContain(`| [\`${code}\`](#${code}) |`);
  });
});

describe('docs/explain/checks.md', () => {
  it('has a row for every check and for no other', () => {
    const [table = ''] = textOf('docs/explain/checks.md').split('\n## ');
    const ids = [...table.matchAll(/^\| `([^`]+)` \|/gm)].map(([, id]) => id);
    expect(ids.toSorted()).toEqual([...CHECK_IDS, 'engine:<id>'].toSorted());
  });
});
