import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseRequest } from '../../events/parse-request.ts';
import { replyDataSchema, replySchema, STATUSES } from '../../events/reply.ts';
import { requestSchema } from '../../events/request.ts';
import { CATALOGUE } from '../../shared/catalogue/catalogue.ts';
import { POLICY_ENGINES } from '../../shared/catalogue/engine.ts';
import { isGrants, resolveAsked } from '../../shared/catalogue/resolve-engines.ts';

const page = readFileSync('docs/use/requests.md', 'utf8');
const blocks = [...page.matchAll(/^```json\n([\s\S]*?)^```$/gm)].map(([, text = '']) => text);
const isReply = (text: string) => text.includes('"specversion"');

/** Cells of the table rows that follow a heading. */
const rowsOf = (heading: string): readonly string[][] => {
  const section = page.split(`\n## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';
  return section
    .split('\n')
    .filter((line) => /^\| `/.test(line))
    .map((line) => line.split('|').map((cell) => cell.trim().replaceAll('`', '')));
};

describe('docs/use/requests.md', () => {
  it.each(blocks.filter((text) => !isReply(text)))('shows a request that is understood: %s', (text) => {
    const parsed = parseRequest(text);
    expect(parsed).toHaveProperty('request');
    if ('request' in parsed) expect(isGrants(resolveAsked(parsed.request))).toBe(true);
  });

  it('shows a reply of the published form', () => {
    const [reply = ''] = blocks.filter(isReply);
    expect(replySchema.safeParse(JSON.parse(reply)).error).toBeUndefined();
  });

  it('has every field of a request and no other', () => {
    const fields = rowsOf('The fields of a request').map(([, field]) => field);
    expect(fields.toSorted()).toEqual(Object.keys(requestSchema.shape).toSorted());
  });

  it('has every status of a reply and no other, and every field of its data', () => {
    const [, ...rows] = rowsOf('The reply');
    const words = rows.flatMap(([, word = '']) => word.split(', '));
    expect(words.slice(0, STATUSES.length).toSorted()).toEqual([...STATUSES].toSorted());
    const shown = Object.keys(JSON.parse(blocks.find(isReply) ?? '{}').data);
    const fields = new Set([...shown, ...words.slice(STATUSES.length)]);
    expect([...fields].toSorted()).toEqual(Object.keys(replyDataSchema.shape).toSorted());
  });

  it('says of every engine what can be narrowed', () => {
    const expected = POLICY_ENGINES.map((id) => {
      const { modifying } = CATALOGUE[id];
      if (modifying === null) return ['', id, 'none', 'refused: nothing to narrow', 'as ever', ''];
      return [
        '',
        id,
        modifying.action,
        modifying.resource ?? 'refused: for all instances or none',
        'yes',
        '',
      ];
    });
    expect(rowsOf('Narrowing a grant').slice(0, -1)).toEqual(expected);
  });
});
