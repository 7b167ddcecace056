import { readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';

const LANGUAGES = ['ja', 'zh-CN'];
const TRANSLATED = ['README', 'docs/use/console-access'];
const cases = TRANSLATED.flatMap((page) =>
  LANGUAGES.map((language) => ({ page: `${page}.md`, translation: `${page}.${language}.md` })),
);

const textOf = (page: string): string => readFileSync(page, 'utf8');

/**
 * What stands between fences, with the language. Words of a picture may be in another language, what it connects
 * may not.
 */
const blocksOf = (page: string): readonly string[] =>
  [...textOf(page).matchAll(/^ *```(\w+)\n([\s\S]*?)^ *```$/gm)].map(([block, kind]) =>
    kind === 'mermaid' ? block.replaceAll(/"[^"]*"/g, '""') : block,
  );

const proseOf = (page: string): string => textOf(page).replaceAll(/^( *)```[\s\S]*?^\1```$/gm, '');

/** What stands between backticks is code. Only what a reader is to fill in, in angle brackets, is translated. */
const spansOf = (page: string): readonly string[] =>
  [...proseOf(page).matchAll(/`([^`\n]+)`/g)].map(([, span = '']) => span.replace(/<.*>/, '<>')).toSorted();

/** The ids, types and fields of each row of each table. */
const rowsOf = (page: string): readonly string[][] =>
  [...proseOf(page).matchAll(/^\|.*\|$/gm)].map(([row]) => [
    `${row.split('|').length - 2} cells`,
    ...[...row.matchAll(/`[^`]+`/g)].map(([span]) => span),
  ]);

/** Headings by their depth. */
const headingsOf = (page: string): readonly string[] =>
  [...proseOf(page).matchAll(/^(#+) /gm)].map(([, depth = '']) => depth);

/** Files that are linked: a translation leads to the translation of a page where there is one. */
const linksOf = (page: string): readonly string[] =>
  [...proseOf(page).matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = '']) => target)
    .filter((target) => !target.startsWith('#'))
    .map((target) => target.replace(/\.(ja|zh-CN)\.md/, '.md'))
    .toSorted();

describe.each(cases)('$translation', ({ page, translation }) => {
  it('has the blocks of the English page: commands, outputs, and what pictures connect', () => {
    expect(blocksOf(page).length).toBeGreaterThan(1);
    expect(blocksOf(translation)).toEqual(blocksOf(page));
  });

  it('has its commands, fields and file names in sentences, too', () => {
    expect(spansOf(translation)).toEqual(spansOf(page));
  });

  it('has its tables, with the same ids in the same rows', () => {
    expect(rowsOf(page).length).toBeGreaterThan(3);
    expect(rowsOf(translation)).toEqual(rowsOf(page));
  });

  it('has its chapters', () => {
    expect(headingsOf(translation)).toEqual(headingsOf(page));
  });

  it('leads where it leads', () => {
    expect(linksOf(translation)).toEqual(linksOf(page));
  });

  it('is linked from the English page, and leads to pages of its language where there are some', () => {
    expect(textOf(page)).toContain(`](${basename(translation)})`);
    const [, ...chapters] = proseOf(translation).split('\n## ');
    const english = [...chapters.join('\n').matchAll(/\]\(([^)\s#]+)/g)]
      .map(([, target = '']) => join(dirname(translation), target))
      .filter((target) => TRANSLATED.includes(target.replace(/\.md$/, '')));
    expect(english).toEqual([]);
  });
});
