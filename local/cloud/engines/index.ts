import type { RpcOperation } from '../operation.ts';
import { clickhouse } from './clickhouse.ts';
import { clickhouseCommunity } from './clickhouse-community.ts';
import { gdb } from './gdb.ts';
import { hologres } from './hologres.ts';
import { lindorm } from './lindorm.ts';
import { lindormWhitelist } from './lindorm-whitelist.ts';
import { oceanbase } from './oceanbase.ts';
import { polardbx1 } from './polardbx1.ts';
import { polardbx2 } from './polardbx2.ts';
import { redis } from './redis.ts';
import { selectdb } from './selectdb.ts';
import { vpc } from './vpc.ts';

/** One harmless read per engine, that of VPC, and the write of which it is open what it is authorised for. */
export const engineOperations: readonly RpcOperation[] = [
  redis,
  polardbx1,
  polardbx2,
  oceanbase,
  lindorm,
  lindormWhitelist,
  hologres,
  gdb,
  selectdb,
  clickhouse,
  clickhouseCommunity,
  vpc,
];
