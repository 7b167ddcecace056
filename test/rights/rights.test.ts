import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { renderRights, withRights } from '../../scripts/docs/security-page.ts';
import { examine, type Principal, scopesOf } from './examine.ts';
import { UNSCOPED } from './foreign.ts';

let principals: readonly Principal[];
beforeAll(async () => {
  principals = await examine();
});

describe('the rights of the installation', () => {
  it('hold no word that nothing needs', () => {
    const needless = principals.flatMap(({ name, findings }) =>
      findings.filter(({ fails }) => fails === null).map(({ word }) => `${name}: ${word}`),
    );
    expect(needless).toEqual([]);
    expect(principals.length).toBeGreaterThan(7);
    expect(principals.map(({ findings }) => findings.length).every((count) => count > 0)).toBe(true);
  });

  it('keep out what is not theirs, wherever a resource can be named', () => {
    const wide = principals.flatMap(({ name, permission }) =>
      scopesOf(permission)
        .filter(({ holds }) => !holds)
        .flatMap(({ actions, resource }) => actions.map((action) => [name, action, resource])),
    );
    for (const [name, action, resource] of wide) {
      expect([name, resource]).toEqual([name, '*']);
      expect(Object.keys(UNSCOPED)).toContain(action);
    }
  });

  it('stand in docs/explain/security.md as they are (else: npm run docs)', () => {
    const page = readFileSync('docs/explain/security.md', 'utf8');
    expect(page).toBe(withRights(page, renderRights(principals)));
  });
});
