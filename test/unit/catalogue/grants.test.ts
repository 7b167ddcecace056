import { describe, expect, it } from 'vitest';
import { POLICY_ENGINES, TRUST_ONLY_ENGINES } from '../../../shared/catalogue/engine.ts';
import { actionsOf, documentIds, grants, isEmpty, NO_GRANTS } from '../../../shared/catalogue/grants.ts';
import { PROCEDURE } from '../../kit/procedure.ts';

describe('grants', () => {
  it('are sorted and without repetition, so that equal sets are equal values', () => {
    const a = grants(['redis', 'gdb', 'redis'], ['vpc', 'dedicated-line', 'vpc']);
    expect(a).toEqual({
      engines: ['gdb', 'redis'],
      connections: ['dedicated-line', 'vpc'],
      narrowed: new Map(),
    });
    expect(grants(['gdb', 'redis'], ['dedicated-line', 'vpc'])).toEqual(a);
    expect(grants([], [])).toEqual(NO_GRANTS);
  });

  it('are empty without an engine: a connection alone leads nowhere', () => {
    expect(isEmpty(NO_GRANTS)).toBe(true);
    expect(isEmpty(grants([], ['vpc']))).toBe(true);
    expect(isEmpty(grants(['rds'], []))).toBe(false);
  });
});

describe('the documents that grants need', () => {
  it('one for each engine with a policy, sorted', () => {
    expect(documentIds(grants([...POLICY_ENGINES].reverse(), []))).toEqual([...POLICY_ENGINES].sort());
  });

  it('none for the engines that the trust alone serves', () => {
    expect(documentIds(grants(TRUST_ONLY_ENGINES, []))).toEqual([]);
    expect(documentIds(grants(['rds', 'redis'], []))).toEqual(['redis']);
  });

  it('the VPC document once for either connection or both, in its sorted place', () => {
    for (const connections of [['vpc'], ['dedicated-line'], ['vpc', 'dedicated-line']] as const)
      expect(documentIds(grants(['redis', 'selectdb', 'gdb'], connections))).toEqual([
        'gdb',
        'redis',
        'selectdb',
        'vpc',
      ]);
    expect(documentIds(grants(['rds'], ['vpc']))).toEqual(['vpc']);
  });

  it('none for a connection without an engine', () => {
    expect(documentIds(grants([], ['vpc', 'dedicated-line']))).toEqual([]);
  });

  it('list the vendor’s actions', () => {
    expect(actionsOf(['gdb', 'hologres'])).toEqual([...PROCEDURE.gdb.actions, ...PROCEDURE.hologres.actions]);
    expect(actionsOf([])).toEqual([]);
  });
});
