import { nearestTo } from '../../events/nearest.ts';
import {
  CONNECTIONS,
  type ConnectionId,
  type EngineId,
  type Entitlement,
  POLICY_ENGINES,
  type PolicyEngineId,
  TRUST_ONLY_ENGINES,
} from './engine.ts';
import { clickhouse } from './engines/clickhouse.ts';
import { gdb } from './engines/gdb.ts';
import { hologres } from './engines/hologres.ts';
import { lindorm } from './engines/lindorm.ts';
import { oceanbase } from './engines/oceanbase.ts';
import { polardbx1 } from './engines/polardbx1.ts';
import { polardbx2 } from './engines/polardbx2.ts';
import { redis } from './engines/redis.ts';
import { selectdb } from './engines/selectdb.ts';
import { vpc } from './engines/vpc.ts';

/**
 * The documents of the vendor's procedure, one per id.
 * Source: "Data Management: use DMS across Alibaba Cloud accounts", page of 2025-11-14.
 */
export const CATALOGUE: Readonly<Record<PolicyEngineId | 'vpc', Entitlement>> = {
  clickhouse,
  gdb,
  hologres,
  lindorm,
  oceanbase,
  polardbx1,
  polardbx2,
  redis,
  selectdb,
  vpc,
};

/** Ids that have a permission document: the policy engines and the VPC document of both connections. */
export type DocumentId = keyof typeof CATALOGUE;

const TRUST_ONLY_NAMES: Readonly<Record<(typeof TRUST_ONLY_ENGINES)[number], readonly string[]>> = {
  rds: ['RDS', 'ApsaraDB RDS'],
  'polardb-mysql': ['PolarDB for MySQL'],
  'polardb-postgresql': ['PolarDB for PostgreSQL'],
  'polardb-oracle': ['PolarDB for PostgreSQL (Compatible with Oracle)', 'PolarDB for Oracle'],
};

export const ALL_ENGINES: readonly EngineId[] = [...POLICY_ENGINES, ...TRUST_ONLY_ENGINES].sort();

/** Every word that means an engine, folded, with the id that it means. */
const WORDS: ReadonlyMap<string, EngineId> = new Map([
  // The order decides between two ids that are equally near to a mistyped word: engines with a policy come first.
  ...[...POLICY_ENGINES, ...TRUST_ONLY_ENGINES].map((id) => [fold(id), id] as const),
  ...POLICY_ENGINES.flatMap((id) => CATALOGUE[id].names.map((name) => [fold(name), id] as const)),
  ...TRUST_ONLY_ENGINES.flatMap((id) => TRUST_ONLY_NAMES[id].map((name) => [fold(name), id] as const)),
]);

/**
 * An engine's id for an id or a product name in any case ("PolarDB-X 2.0"), or the ids that are near when it is
 * neither.
 */
export function resolveEngine(word: string): { id: EngineId } | { near: readonly EngineId[] } {
  const folded = fold(word);
  const id = word.length > LONGEST_WORD ? undefined : WORDS.get(folded);
  if (id !== undefined) return { id };
  const ids = nearestTo(folded, ALL_ENGINES);
  const near = ids.length > 0 ? ids : nearestTo(folded, [...WORDS.keys()]);
  return { near: near.flatMap((one) => WORDS.get(one) ?? []) };
}

export const isPolicyEngine = (id: EngineId): id is PolicyEngineId =>
  (POLICY_ENGINES as readonly string[]).includes(id);

export const isEngine = (id: string): id is EngineId => (ALL_ENGINES as readonly string[]).includes(id);

export const isConnection = (id: string): id is ConnectionId =>
  (CONNECTIONS as readonly string[]).includes(id);

/** Blanks around a name do not matter; with 60 KB of them a request could not be told to whoever has to approve it. */
const LONGEST_WORD = 128;

/** Letter case and runs of white space do not matter in a product name. */
function fold(word: string): string {
  return word.trim().toLowerCase().replaceAll(/\s+/g, ' ');
}
