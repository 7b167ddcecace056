import fc from 'fast-check';
import { expect, it } from 'vitest';
import { at, dmsTrust, listAt, ramOf } from './ram.ts';

it('a listing shows once what exists throughout, whatever is created and deleted between its pages', () => {
  const name = fc.stringMatching(/^[A-Za-z0-9.-]{1,6}$/);
  const change = fc.record({ create: fc.boolean(), name });
  fc.assert(
    fc.property(
      fc.uniqueArray(name, { maxLength: 20, selector: (n) => n.toLowerCase() }),
      fc.integer({ min: 1, max: 5 }),
      fc.array(fc.array(change, { maxLength: 4 }), { maxLength: 8 }),
      (names, size, changes) => {
        const ram = ramOf();
        const create = (RoleName: string) =>
          ram.refusal('CreateRole', { RoleName, AssumeRolePolicyDocument: dmsTrust });
        names.forEach(create);
        const throughout = new Set(names.map((n) => n.toLowerCase()));
        const seen: string[] = [];
        const left = [...changes];
        for (let Marker = ''; ; ) {
          const answer = ram.call('ListRoles', { MaxItems: String(size), Marker });
          const page = listAt(answer, 'Roles', 'Role').map((r) => String(at(r, 'RoleName')).toLowerCase());
          expect(page.length).toBeLessThanOrEqual(size);
          seen.push(...page);
          if (answer['IsTruncated'] !== true) break;
          expect(page).toHaveLength(size);
          Marker = String(answer['Marker']);
          for (const { create: isNew, name: changed } of left.shift() ?? []) {
            if (isNew) create(changed);
            else if (ram.refusal('DeleteRole', { RoleName: changed }) === 'accepted') {
              throughout.delete(changed.toLowerCase());
            }
          }
          // A role that is deleted and made again did not exist throughout.
        }
        expect(new Set(seen).size).toBe(seen.length);
        expect(seen.filter((n) => throughout.has(n)).sort()).toEqual([...throughout].sort());
      },
    ),
  );
});

it('a page that ends at the last item is the last page', () => {
  const ram = ramOf();
  for (const RoleName of ['a', 'b']) ram.call('CreateRole', { RoleName, AssumeRolePolicyDocument: dmsTrust });
  const first = ram.call('ListRoles', { MaxItems: '1' });
  expect(first['IsTruncated']).toBe(true);
  const second = ram.call('ListRoles', { MaxItems: '1', Marker: String(first['Marker']) });
  expect(second).toMatchObject({ IsTruncated: false, Roles: { Role: [{ RoleName: 'b' }] } });
});
