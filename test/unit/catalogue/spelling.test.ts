import { describe, expect, it } from 'vitest';
import { resolveEngine } from '../../../shared/catalogue/catalogue.ts';
import { parseRoleName, policyName } from '../../../shared/catalogue/names.ts';
import { rulesOf } from '../../../shared/reconcile/diff-rules.ts';

describe('letters that only look like others', () => {
  it('make another word for an engine', () => {
    expect(resolveEngine('redıs')).toEqual({ near: ['redis'] });
  });

  it('make another operator of a condition', () => {
    const under = (operator: string) =>
      rulesOf(
        JSON.stringify({
          Version: '1',
          Statement: { Effect: 'Allow', Action: 'a:B', Resource: '*', Condition: { [operator]: { k: 'v' } } },
        }),
      );
    expect(under('stringequals')).toEqual(under('StringEquals'));
    expect(under('StrıngEquals')).not.toEqual(under('StringEquals'));
  });
});

it('of a long word for an engine the first 64 characters count', () => {
  expect(resolveEngine(`${'z'.repeat(64)} polardb for oracle`)).toEqual({ near: [] });
});

describe('a name', () => {
  it('of as many characters as ours is no role of ours', () => {
    expect(parseRoleName(`${'x'.repeat('dms-cross-account-'.length)}123`)).toBeNull();
  });

  it('of a narrowed policy is one, whatever the order of engines and resources', () => {
    const one = new Map([
      ['redis', ['a', 'b']],
      ['lindorm', ['c']],
    ] as const);
    const other = new Map([
      ['lindorm', ['c']],
      ['redis', ['b', 'a']],
    ] as const);
    expect(policyName(['redis', 'lindorm'], one)).toBe(policyName(['lindorm', 'redis'], other));
  });
});
