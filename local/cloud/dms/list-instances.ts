import * as z from 'zod';
import type { DmsInstance } from './instance.ts';
import { instanceAnswer } from './instance-answer.ts';
import { dmsOperation } from './operation.ts';
import { envType, networkType, source, tid, whole } from './parameters.ts';

const input = z.object({
  Tid: tid,
  DbType: z.string().optional(),
  EnvType: envType.optional(),
  InstanceSource: source.optional(),
  InstanceState: z.enum(['NORMAL', 'DISABLE']).optional(),
  NetType: networkType.optional(),
  SearchKey: z.string().default(''),
  PageNumber: whole(1, 1_000_000).default(1),
  /** At most 100; the default is inferred. */
  PageSize: whole(1, 100).default(10),
});

/** The instances that match every filter, in the order of their registration, by page numbers that begin with 1. */
export const listInstances = dmsOperation({
  name: 'ListInstances',
  kind: 'read',
  input,
  run(wanted, { account }) {
    const matching = account.dms.instances.filter((instance) => matches(instance, wanted));
    const from = (wanted.PageNumber - 1) * wanted.PageSize;
    const Instance = matching.slice(from, from + wanted.PageSize).map(instanceAnswer);
    return { InstanceList: { Instance }, TotalCount: matching.length };
  },
});

/** `SearchKey` is looked for in alias and host (inferred). Every instance here is `NORMAL`. */
function matches(instance: DmsInstance, wanted: z.infer<typeof input>): boolean {
  const key = wanted.SearchKey.toLowerCase();
  return (
    (wanted.DbType ?? instance.type).toLowerCase() === instance.type &&
    (wanted.EnvType ?? instance.envType) === instance.envType &&
    (wanted.InstanceSource ?? instance.source) === instance.source &&
    (wanted.NetType ?? instance.networkType) === instance.networkType &&
    wanted.InstanceState !== 'DISABLE' &&
    `${instance.alias}\n${instance.host}`.toLowerCase().includes(key)
  );
}
