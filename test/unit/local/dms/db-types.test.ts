import { expect, it } from 'vitest';
import { dbTypeOf, documentFor } from '../../../../local/cloud/dms/db-types.ts';
import { resourceOf } from '../../../../local/cloud/dms/documents.ts';

/** By the page "DbType parameter" and the procedure; undefined: not across accounts, null: the trust is enough. */
it.each<[word: string, type: string, document: string | null | undefined]>([
  ['ADB_MySQL', 'adb_mysql', undefined],
  ['adb_postgresql', 'adb_postgresql', undefined],
  ['cassandra', 'cassandra', undefined],
  ['ClickHouse', 'clickhouse', 'ClickHouse'],
  ['dla', 'dla', undefined],
  ['dm', 'dm', undefined],
  ['DRDS', 'drds', 'PolarDB-X 1.0'],
  ['gdb', 'gdb', 'GDB'],
  ['hbase', 'hbase', undefined],
  ['hologres', 'hologres', 'Hologres'],
  ['lindorm_cql', 'lindorm_cql', 'Lindorm'],
  ['MariaDB', 'mariadb', null],
  ['maxcompute', 'maxcompute', undefined],
  ['mongo', 'mongo', undefined],
  ['MySQL', 'mysql', null],
  ['ob_for_oracle', 'ob_for_oracle', 'OceanBase'],
  ['oceanbasex', 'oceanbasex', 'OceanBase'],
  ['oracle', 'oracle', undefined],
  ['polardb', 'polardb', null],
  ['polardb-o', 'polardb-o', null],
  ['PolarDB_Oracle', 'polardb-o', null],
  ['polardb-pg', 'polardb-pg', null],
  ['polardb_postgresql', 'polardb-pg', null],
  ['postgresql', 'postgresql', null],
  ['Redis', 'redis', 'Redis'],
  ['selectdb', 'selectdb', 'SelectDB'],
  ['SQLServer', 'sqlserver', null],
])('%s is %s, of which a role needs %s', (word, type, document) => {
  expect(dbTypeOf(word)).toBe(type);
  expect(documentFor(type, 'db.example.com')).toBe(document);
});

it('what is none of them is none, and needs what nobody can give', () => {
  expect([dbTypeOf('toString'), documentFor('db2', 'db.example.com')]).toEqual([null, undefined]);
});

it.each([
  ['pxc-1.example.com', 'PolarDB-X 2.0'],
  ['PXC-1.example.com', 'PolarDB-X 2.0'],
  ['x.polarx.rds.aliyuncs.com', 'PolarDB-X 2.0'],
  ['x-pxc-1.drds.aliyuncs.com', 'PolarDB-X 1.0'],
  ['xpolarx.drds.aliyuncs.com', 'PolarDB-X 1.0'],
])('PolarDB-X at %s is %s', (host, document) => {
  expect(documentFor('drds', host)).toBe(document);
});

it.each([
  ['kvstore:ModifySecurityIps', 'R-BP1x.redis.rds.aliyuncs.com', 'acs:kvstore:cn-x:42:instance/r-bp1x'],
  ['kvstore:DescribeRegions', 'r-bp1x.redis.rds.aliyuncs.com', 'acs:kvstore:cn-x:42:*'],
  ['drds:ModifyDrdsIpWhiteList', 'drds-a-b.drds.aliyuncs.com', 'acs:drds:cn-x:42:instance/drds-a-b'],
  [
    'lindorm:UpdateInstanceIpWhiteList',
    'ld-bp1x-proxy-lindorm.lindorm.rds.aliyuncs.com',
    'acs:lindorm:cn-x:42:instance/ld-bp1x',
  ],
  [
    'clickhouse:ModifySecurityIPList',
    'cc-bp1x-click.clickhouse.ads.aliyuncs.com',
    'acs:clickhouse:cn-x:42:enterprisedbcluster/cc-bp1x',
  ],
])('%s at %s is authorised on %s', (action, host, resource) => {
  expect(resourceOf(action, 'cn-x', '42', host)).toBe(resource);
});
