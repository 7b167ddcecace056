import type { Product } from './endpoints.ts';

/** Ids of the engines whose instances DMS reads through a permission policy, in the order in which documents list them. */
export const POLICY_ENGINES = [
  'clickhouse',
  'gdb',
  'hologres',
  'lindorm',
  'oceanbase',
  'polardbx1',
  'polardbx2',
  'redis',
  'selectdb',
] as const;

/** Ids of the engines for which the role and its trust are enough: DMS reads them without a permission policy. */
export const TRUST_ONLY_ENGINES = ['polardb-mysql', 'polardb-oracle', 'polardb-postgresql', 'rds'] as const;

export type PolicyEngineId = (typeof POLICY_ENGINES)[number];
export type EngineId = PolicyEngineId | (typeof TRUST_ONLY_ENGINES)[number];

/** Ways in which DMS reaches an instance that need a right of their own. Both need the VPC document. */
export const CONNECTIONS = ['dedicated-line', 'vpc'] as const;
export type ConnectionId = (typeof CONNECTIONS)[number];

/** A call that only reads and changes nothing, made with the granted role to see whether the grant works. */
export interface Probe {
  readonly product: Product;
  readonly version: string;
  readonly action: string;
  readonly pathname: string;
  /** How the request body travels; RPC calls without a form send none. */
  readonly body: 'none' | 'form' | 'json';
  /** Whether `RegionId` is a required parameter. */
  readonly regional: boolean;
  /** The RAM action that the call is authorised as: the only thing that the probing session may do for this engine. */
  readonly ramAction: string;
  /** `documented` where the vendor's pages name version and RAM action; `inferred` where a part was concluded. */
  readonly source: 'documented' | 'inferred';
}

/** The one right of an engine that changes something: it writes the IP whitelist of an instance. */
export interface Modifying {
  readonly action: string;
  /**
   * ARN by which the vendor authorises it for one instance; `<owner>` and `<id>` are replaced. Null where the vendor
   * authorises it for all instances only, so that a grant cannot name some.
   */
  readonly resource: string | null;
}

/** What DMS needs to manage one kind of database, or to reach it: a row of the vendor's procedure. */
export interface Entitlement {
  /** The words that people use for it; any letter case is understood. */
  readonly names: readonly [string, ...string[]];
  /** RAM actions, in the order in which the vendor's document lists them, all on `Resource: "*"`. */
  readonly actions: readonly [string, ...string[]];
  /** The one of them that changes something; null where all of them read. */
  readonly modifying: Modifying | null;
  readonly probe: Probe;
}

/** Declares an RPC probe; the usual shape. */
export function rpcProbe(
  probe: Pick<Probe, 'product' | 'version' | 'action' | 'ramAction'> & Partial<Probe>,
): Probe {
  return {
    pathname: '/',
    body: 'none',
    regional: true,
    source: 'documented',
    ...probe,
  };
}
