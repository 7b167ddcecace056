import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { CATALOGUE } from '../../../shared/catalogue/catalogue.ts';
import { POLICY_ENGINES } from '../../../shared/catalogue/engine.ts';

test('docs/use/scoped-grants.md says of every engine what can be scoped', () => {
  const rows = readFileSync('docs/use/scoped-grants.md', 'utf8')
    .split('\n')
    .filter((line) => /^\| `/.test(line))
    .map((line) => line.split('|').map((cell) => cell.trim().replaceAll('`', '')));
  const expected = POLICY_ENGINES.map((id) => {
    const { modifying } = CATALOGUE[id];
    if (modifying === null) return ['', id, 'none', 'refused: nothing to narrow', 'as ever', ''];
    return ['', id, modifying.action, modifying.resource ?? 'refused: for all instances or none', 'yes', ''];
  });
  expect(rows.slice(0, -1)).toEqual(expected);
});
