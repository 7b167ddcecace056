import { describe, expect, it } from 'vitest';
import {
  ALL_ENGINES,
  CATALOGUE,
  isConnection,
  isEngine,
  isPolicyEngine,
  resolveEngine,
} from '../../../shared/catalogue/catalogue.ts';
import { CONNECTIONS, POLICY_ENGINES, TRUST_ONLY_ENGINES } from '../../../shared/catalogue/engine.ts';
import { permissionDocument } from '../../../shared/catalogue/permission.ts';
import { NO_POLICY_NEEDED, PROCEDURE } from '../../kit/procedure.ts';

type Id = keyof typeof PROCEDURE;
const IDS = Object.keys(PROCEDURE) as Id[];

describe('the catalogue', () => {
  it('has the documents of the procedure, no fewer and no more', () => {
    expect(Object.keys(CATALOGUE).sort()).toEqual([...IDS].sort());
    expect([...POLICY_ENGINES, 'vpc'].sort()).toEqual([...IDS].sort());
    expect([...TRUST_ONLY_ENGINES].sort()).toEqual(Object.keys(NO_POLICY_NEEDED).sort());
    expect([...CONNECTIONS]).toEqual(['dedicated-line', 'vpc']);
  });

  it.each(IDS)('grants %s exactly what the vendor documents, in its order', (id) => {
    expect(CATALOGUE[id].actions).toEqual(PROCEDURE[id].actions);
    expect(permissionDocument([id])).toEqual({
      Statement: [{ Action: PROCEDURE[id].actions, Resource: '*', Effect: 'Allow' }],
      Version: '1',
    });
  });

  it.each(IDS)('probes %s with a read that its own document grants', (id) => {
    const { probe } = CATALOGUE[id];
    expect(PROCEDURE[id].actions).toContain(probe.ramAction);
    expect(probe.action).toMatch(/^(Describe|List|Get)[A-Z]/);
    expect(probe.ramAction.split(':')[1]?.toLowerCase()).toBe(probe.action.toLowerCase());
    expect(probe.version).toMatch(/^\d{4}-\d{2}-\d{2}$/);
  });

  it('sorts all engines and names none twice', () => {
    expect(ALL_ENGINES).toEqual([...new Set(ALL_ENGINES)].sort());
    expect(ALL_ENGINES).toHaveLength(13);
  });
});

describe('an engine is understood', () => {
  const known = [
    ...POLICY_ENGINES.map((id) => [id, PROCEDURE[id].product] as const),
    ...TRUST_ONLY_ENGINES.map((id) => [id, NO_POLICY_NEEDED[id]] as const),
  ];

  it.each(known)('%s by its id and as "%s", in any case and spacing', (id, product) => {
    for (const word of [id, product])
      for (const spelt of [
        word,
        word.toUpperCase(),
        word.toLowerCase(),
        `  ${word.replaceAll(' ', ' \t ')} `,
      ])
        expect(resolveEngine(spelt)).toEqual({ id });
  });

  it.each(POLICY_ENGINES)('%s by every name of its catalogue entry', (id) => {
    for (const name of CATALOGUE[id].names) expect(resolveEngine(name)).toEqual({ id });
  });

  it.each([
    ['PolarDB-X 2.0', 'polardbx2'],
    ['ClickHouse', 'clickhouse'],
    ['DRDS', 'polardbx1'],
    ['Tair', 'redis'],
  ])('as people say it: %s', (word, id) => {
    expect(resolveEngine(word)).toEqual({ id });
  });

  it.each([
    ['rediss', 'redis'],
    ['redis6', 'redis'],
    ['lindrom', 'lindorm'],
    ['polardb-x2', 'polardbx2'],
    ['clikhouse', 'clickhouse'],
    ['hologress', 'hologres'],
    ['polardb-mysq', 'polardb-mysql'],
    ['select db', 'selectdb'],
    ['ocean-base', 'oceanbase'],
  ])('not as "%s": the nearest is named', (word, nearest) => {
    expect(resolveEngine(word)).toEqual({ near: [nearest] });
  });

  it.each(['', ' ', '__proto__', 'constructor', 'toString', 'vpc', 'dedicated-line', '*', 'foo'])(
    'not as "%s": no engine is near',
    (word) => {
      expect(resolveEngine(word)).toEqual({ near: [] });
    },
  );

  it('not as the word that several begin with: all of these are named', () => {
    const near = ['polardb-mysql', 'polardb-oracle', 'polardb-postgresql'];
    const found = resolveEngine('polardb');
    expect('near' in found ? found.near.toSorted() : found).toEqual(near);
  });

  it('not as 60,000 characters, which cost no time', () => {
    expect(resolveEngine('redis'.repeat(12_000))).toHaveProperty('near');
  });

  it('no name means two engines', () => {
    const names = known.flatMap(([id]) =>
      isPolicyEngine(id) ? CATALOGUE[id].names : [NO_POLICY_NEEDED[id]],
    );
    const folded = names.map((name) => name.toLowerCase());
    expect(new Set(folded).size).toBe(folded.length);
  });
});

describe('the guards', () => {
  it('know engines from connections and from the rest', () => {
    expect(ALL_ENGINES.filter(isPolicyEngine)).toEqual(POLICY_ENGINES);
    expect([...ALL_ENGINES, ...CONNECTIONS].filter(isConnection)).toEqual([...CONNECTIONS]);
    expect(['vpc', 'Redis', '', 'constructor', '__proto__'].filter(isEngine)).toEqual([]);
  });
});
