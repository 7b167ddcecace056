/**
 * What the tables of a section say of each word in their first column, without links. A third column is a default. So a
 * page and the interface that is generated beside it say the same.
 */
export function fieldWords(page: string, heading: string): ReadonlyMap<string, string> {
  const section = page.split(`\n## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';
  return new Map(
    [...section.matchAll(/^\| (`[^|]+) \| ([^|]+) \|(?: ([^|]+) \|)?$/gm)].flatMap(
      ([, names = '', meaning = '', standard]) => {
        const words = `${plain(meaning)}.${standard === undefined ? '' : ` Default: ${plain(standard)}.`}`;
        return [...names.matchAll(/`([^`]+)`/g)].map(([, name = '']): [string, string] => [name, words]);
      },
    ),
  );
}

const plain = (cell: string): string => cell.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1');
