import { jsonAnswer, logStoreOf, onLogStore, type SlsOperation, seconds } from '../operation.ts';

const hex = (value: bigint): string => value.toString(16).padStart(32, '0');

/** The range of keys in equal parts. */
export const listShards: SlsOperation = {
  name: 'ListShards',
  kind: 'read',
  method: 'GET',
  path: '/logstores/:logstore/shards',
  inProject: true,
  resource: onLogStore,
  run(call) {
    const { settings, createdAt } = logStoreOf(call);
    const count = Number(settings['shardCount'] ?? 2);
    const end = (1n << 128n) - 1n;
    const at = (shard: number): bigint =>
      shard === count ? end : ((end + 1n) * BigInt(shard)) / BigInt(count);
    const shards = Array.from({ length: count }, (_, shardID) => ({
      shardID,
      status: 'readwrite',
      inclusiveBeginKey: hex(at(shardID)),
      exclusiveEndKey: hex(at(shardID + 1)),
      createTime: seconds(createdAt),
    }));
    return jsonAnswer(call, shards);
  },
};
