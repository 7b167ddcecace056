import { describe, expect, it } from 'vitest';
import { CATALOGUE, type DocumentId } from '../../../shared/catalogue/catalogue.ts';
import { POLICY_ENGINES } from '../../../shared/catalogue/engine.ts';
import { permissionDocument } from '../../../shared/catalogue/permission.ts';
import { probeSessionPolicy } from '../../../shared/catalogue/probe-session-policy.ts';
import { permissionDifferences } from '../../../shared/reconcile/diff.ts';
import { PROCEDURE } from '../../kit/procedure.ts';

const ALL_IDS: readonly DocumentId[] = [...POLICY_ENGINES, 'vpc'];

describe('the permission document', () => {
  it('has one statement per id, sorted by id', () => {
    expect(permissionDocument(['redis', 'gdb'])?.Statement.map(({ Action }) => Action)).toEqual([
      PROCEDURE.gdb.actions,
      PROCEDURE.redis.actions,
    ]);
  });

  it('is none where no id needs one', () => {
    expect(permissionDocument([])).toBeNull();
  });

  it('fits into the 6,144 characters that RAM takes, for all ids', () => {
    expect(JSON.stringify(permissionDocument(ALL_IDS)).length).toBeLessThanOrEqual(6_144);
  });
});

describe('the session policy of the test AssumeRole', () => {
  it('fits into the 2,048 characters that STS takes, for all ids', () => {
    expect(JSON.stringify(probeSessionPolicy(ALL_IDS)).length).toBeLessThanOrEqual(2_048);
  });

  it('allows the probes and nothing else', () => {
    expect(probeSessionPolicy(['redis', 'vpc'])).toEqual({
      Statement: [
        { Action: ['kvstore:DescribeInstances', 'vpc:DescribeVpcs'], Resource: '*', Effect: 'Allow' },
      ],
      Version: '1',
    });
    const writes = probeSessionPolicy(ALL_IDS)
      .Statement.flatMap(({ Action }) => Action)
      .filter((action) => /modify|update|delete|create/i.test(action));
    expect(writes).toEqual([]);
  });

  it('allows nothing at all where there is nothing to probe', () => {
    expect(probeSessionPolicy([]).Statement).toEqual([{ Action: '*', Resource: '*', Effect: 'Deny' }]);
  });
});

describe('the differences of a policy', () => {
  const text = (change: (statement: Record<string, unknown>) => unknown) =>
    JSON.stringify({
      Version: '1',
      Statement: [change({ Action: [...PROCEDURE.hologres.actions], Effect: 'Allow', Resource: '*' })],
    });
  const differences = (change: (statement: Record<string, unknown>) => unknown) =>
    permissionDifferences(text(change), permissionDocument(['hologres']));

  it('are none for the vendor’s document', () => {
    expect(differences((statement) => statement)).toEqual([]);
    for (const id of ALL_IDS)
      expect(
        permissionDifferences(JSON.stringify(permissionDocument([id])), permissionDocument([id])),
      ).toEqual([]);
  });

  it('name a missing action', () => {
    expect(differences((s) => ({ ...s, Action: ['hologram:GetInstance'] }))).toEqual([
      'hologram:listinstances is missing',
    ]);
  });

  it('name an added action', () => {
    expect(
      differences((s) => ({ ...s, Action: [...PROCEDURE.hologres.actions, 'hologram:DeleteInstance'] })),
    ).toEqual(['Allow hologram:deleteinstance on * was not asked for']);
  });

  it.each([
    ['a denial', { Effect: 'Deny' }],
    ['a narrower resource', { Resource: 'acs:hologram:*:1:instance/x' }],
    ['a condition', { Condition: { IpAddress: { 'acs:SourceIp': ['10.0.0.0/8'] } } }],
    ['everything but', { Action: undefined, NotAction: [...PROCEDURE.hologres.actions] }],
  ])('name both sides of %s', (_what, change) => {
    const found = differences((s) => ({ ...s, ...change }));
    expect(found.filter((line) => line.endsWith('is missing'))).toHaveLength(2);
    expect(found.filter((line) => line.endsWith('was not asked for'))).toHaveLength(2);
  });

  it.each([
    '',
    'no document',
    '[]',
    'null',
    '{"Statement":[]}',
    '{"Version":"1","Statement":["x"]}',
    '{"Version":"2","Statement":[]}',
  ])('say that "%s" is no document', (broken) => {
    expect(permissionDifferences(broken, permissionDocument(['hologres']))).toEqual([
      'the document cannot be read as a RAM policy',
    ]);
  });

  it('are what an unwanted policy grants, where no id needs one', () => {
    expect(permissionDifferences('{"Version":"1","Statement":[]}', null)).toEqual([]);
    expect(permissionDifferences(JSON.stringify(permissionDocument(['gdb'])), null)).toEqual([
      'Allow gdb:describedbinstances on * was not asked for',
    ]);
  });

  it('are found for each id when the policy is another id’s', () => {
    for (const id of ALL_IDS) {
      const other = ALL_IDS.find((one) => one !== id) ?? id;
      const found = permissionDifferences(
        JSON.stringify(permissionDocument([other])),
        permissionDocument([id]),
      );
      expect(found).toHaveLength(CATALOGUE[id].actions.length + CATALOGUE[other].actions.length);
    }
  });
});
