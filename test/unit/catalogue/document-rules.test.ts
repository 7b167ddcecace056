import { describe, expect, it } from 'vitest';
import { permissionDocument } from '../../../shared/catalogue/permission.ts';
import { permissionDifferences } from '../../../shared/reconcile/diff.ts';
import { rulesOf } from '../../../shared/reconcile/diff-rules.ts';

const rules = (...statements: readonly object[]) =>
  rulesOf(JSON.stringify({ Statement: statements, Version: '1' }));
const allow = { Effect: 'Allow', Action: 'a:B', Resource: '*' };

describe('what a document says, rule by rule', () => {
  it('folds the case of actions, of all but those, too', () => {
    expect(rules({ Effect: 'Deny', NotAction: ['ECS:Stop', 'ecs:Start'], Resource: '*' })).toEqual([
      { effect: 'Deny', action: 'not ecs:stop', kind: 'Resource', value: '*', condition: '{}' },
      { effect: 'Deny', action: 'not ecs:start', kind: 'Resource', value: '*', condition: '{}' },
    ]);
  });

  it('keeps a resource that is an object as it is, unlike principals', () => {
    expect(rules({ ...allow, Resource: { RAM: ['x'] } })).toEqual([
      { effect: 'Allow', action: 'a:b', kind: 'Resource', value: '{"RAM":["x"]}', condition: '{}' },
    ]);
    expect(rules({ Effect: 'Allow', Action: 'a:B', Principal: { RAM: ['x'] } })).toEqual([
      { effect: 'Allow', action: 'a:b', kind: 'RAM', value: 'x', condition: '{}' },
    ]);
  });

  it('keeps a missing effect apart from every effect', () => {
    expect(rules({ Action: 'a:B', Resource: '*' })?.map(({ effect }) => effect)).toEqual(['undefined']);
    expect(rules({ ...allow, Effect: '' })?.map(({ effect }) => effect)).toEqual(['']);
  });

  it('compares conditions whatever the order of operators and keys', () => {
    const one = rules({ ...allow, Condition: { StringEquals: { a: '1', b: '2' }, Bool: { c: 'true' } } });
    const other = rules({
      ...allow,
      Condition: { bool: { C: ['true'] }, stringequals: { B: ['2'], A: ['1'] } },
    });
    expect(one).toEqual(other);
  });
});

describe('where nothing is to be granted', () => {
  it('an empty document says the same, and anything more is not asked for', () => {
    const document = permissionDocument([]);
    expect(permissionDifferences('{"Statement":[],"Version":"1"}', document)).toEqual([]);
    expect(permissionDifferences(JSON.stringify({ Statement: [allow], Version: '1' }), document)).toEqual([
      'Allow a:b on * was not asked for',
    ]);
  });
});
