import type { EngineDocument } from './documents.ts';

/** What DMS can do with an instance of another account, by its database type. */
export type CrossAccount =
  /** The role and its trust are enough: DMS reads the instance without a permission policy. */
  | 'trust'
  /** The vendor's procedure does not name the type: it cannot be registered with a role. */
  | 'none'
  | EngineDocument
  /** `drds` stands for both generations of PolarDB-X; the host tells them apart. */
  | 'PolarDB-X';

/**
 * The values of `InstanceType`, as the page "DbType parameter" lists them, and what each needs of a role.
 * `hologres` and `selectdb` are missing on that page while the procedure for cross-account use names both products:
 * their spelling is inferred.
 *
 * Belief dms-type-names (inferred): DMS calls Hologres hologres and SelectDB selectdb. Source: "DbType parameter" has
 * neither, the procedure names both. Shown wrong by: doctor --live.
 */
const DB_TYPES: Readonly<Record<string, CrossAccount>> = {
  adb_mysql: 'none',
  adb_postgresql: 'none',
  cassandra: 'none',
  clickhouse: 'ClickHouse',
  dla: 'none',
  dm: 'none',
  drds: 'PolarDB-X',
  gdb: 'GDB',
  hbase: 'none',
  hologres: 'Hologres',
  lindorm_cql: 'Lindorm',
  mariadb: 'trust',
  maxcompute: 'none',
  mongo: 'none',
  mysql: 'trust',
  ob_for_oracle: 'OceanBase',
  oceanbasex: 'OceanBase',
  oracle: 'none',
  polardb: 'trust',
  'polardb-o': 'trust',
  'polardb-pg': 'trust',
  postgresql: 'trust',
  redis: 'Redis',
  selectdb: 'SelectDB',
  sqlserver: 'trust',
};

/** Spellings of older editions of the page. */
const OLD_SPELLINGS: Readonly<Record<string, string>> = {
  polardb_oracle: 'polardb-o',
  polardb_postgresql: 'polardb-pg',
};

/** The type in the spelling that DMS answers, for a word in any case; null for a type that DMS does not know. */
export function dbTypeOf(word: string): string | null {
  const lower = word.toLowerCase();
  const type = OLD_SPELLINGS[lower] ?? lower;
  return Object.hasOwn(DB_TYPES, type) ? type : null;
}

/**
 * The document that a role must satisfy for an instance of this type at this host; null if the trust is enough,
 * undefined if the type cannot be registered across accounts.
 * A host of PolarDB-X 2.0 begins with `pxc-` or lies in `polarx.rds.aliyuncs.com`; any other `drds` is taken for 1.0
 * (inferred from the connection strings that the two products hand out).
 */
export function documentFor(type: string, host: string): EngineDocument | null | undefined {
  const needs = DB_TYPES[type] ?? 'none';
  if (needs === 'none') return undefined;
  if (needs === 'trust') return null;
  if (needs !== 'PolarDB-X') return needs;
  return /^pxc-|\.polarx\./i.test(host) ? 'PolarDB-X 2.0' : 'PolarDB-X 1.0';
}
