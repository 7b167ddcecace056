import { describe, expect, it } from 'vitest';
import { CATALOGUE, type DocumentId, resolveEngine } from '../../../shared/catalogue/catalogue.ts';
import { TRUST_ONLY_ENGINES } from '../../../shared/catalogue/engine.ts';

/** Product, version, action, style, path, body, `regional` where a region is sent; RAM action; source. */
const PROBES: Readonly<Record<DocumentId, readonly [call: string, ram: string, source: string]>> = {
  clickhouse: [
    'clickhouse 2019-11-11 DescribeDBClusters / none regional',
    'clickhouse:DescribeDBClusters',
    'documented',
  ],
  gdb: ['gdb 2019-09-03 DescribeDBInstances / none regional', 'gdb:DescribeDbInstances', 'inferred'],
  hologres: [
    'Hologram 2022-06-01 ListInstances /api/v1/instances json',
    'hologram:ListInstances',
    'documented',
  ],
  lindorm: [
    'hitsdb 2020-06-15 GetLindormInstanceList / none regional',
    'lindorm:GetLindormInstanceList',
    'documented',
  ],
  oceanbase: [
    'OceanBasePro 2019-09-01 DescribeInstances / form',
    'oceanbase:DescribeInstances',
    'documented',
  ],
  polardbx1: [
    'Drds 2019-01-23 DescribeDrdsInstances / none regional',
    'drds:DescribeDrdsInstances',
    'documented',
  ],
  polardbx2: [
    'polardbx 2020-02-02 DescribeDBInstances / none regional',
    'polardbx:DescribeDBInstances',
    'documented',
  ],
  redis: [
    'R-kvstore 2015-01-01 DescribeInstances / none regional',
    'kvstore:DescribeInstances',
    'documented',
  ],
  selectdb: [
    'selectdb 2023-05-22 DescribeDBInstances / none regional',
    'selectdb:DescribeDBInstances',
    'documented',
  ],
  vpc: ['Vpc 2016-04-28 DescribeVpcs / none regional', 'vpc:DescribeVpcs', 'documented'],
};

it.each(Object.entries(PROBES))('%s is probed by the call that is written down here again', (id, wanted) => {
  const found = Object.entries(CATALOGUE).flatMap(([one, { probe }]) => (one === id ? [probe] : []));
  expect(
    found.map((probe) => [
      [
        ...[probe.product, probe.version, probe.action, probe.pathname, probe.body],
        ...(probe.regional ? ['regional'] : []),
      ].join(' '),
      ...[probe.ramAction, probe.source],
    ]),
  ).toEqual([wanted]);
});

describe('the words for an engine', () => {
  it('are these, besides its id', () => {
    const names = Object.entries(CATALOGUE).map(([id, entry]) => [id, entry.names.join(', ')]);
    expect(Object.fromEntries(names)).toEqual({
      clickhouse: 'ClickHouse Enterprise Edition, ClickHouse, ApsaraDB for ClickHouse',
      gdb: 'GDB, Graph Database',
      hologres: 'Hologres, Hologram',
      lindorm: 'Lindorm, hitsdb',
      oceanbase: 'OceanBase, ApsaraDB for OceanBase',
      polardbx1: 'PolarDB-X 1.0, DRDS',
      polardbx2: 'PolarDB-X 2.0, PolarDB-X',
      redis: 'Redis, Tair, ApsaraDB for Redis, kvstore',
      selectdb: 'SelectDB, ApsaraDB for SelectDB',
      vpc: 'VPC, dedicated line',
    });
  });

  it.each([
    ['RDS', 'rds'],
    ['ApsaraDB RDS', 'rds'],
    ['PolarDB for MySQL', 'polardb-mysql'],
    ['PolarDB for PostgreSQL', 'polardb-postgresql'],
    ['PolarDB for PostgreSQL (Compatible with Oracle)', 'polardb-oracle'],
    ['PolarDB for Oracle', 'polardb-oracle'],
  ] as const)('%s means %s, which the trust alone serves', (word, id) => {
    expect(resolveEngine(word)).toEqual({ id });
    expect(TRUST_ONLY_ENGINES).toContain(id);
  });
});
