import * as z from 'zod';
import { instanceNotFound } from './errors.ts';
import { dmsOperation } from './operation.ts';
import { text, tid, whole } from './parameters.ts';

const input = z.object({
  Tid: tid,
  InstanceId: text,
  SearchKey: z.string().optional(),
  PageNumber: whole(1, 1_000_000).default(1),
  /** At most 100; the default is inferred. */
  PageSize: whole(1, 100).default(10),
});

/** The databases of an instance: none, as no database exists here. Errors: `InstanceNoEnoughNumber`. */
export const listDatabases = dmsOperation({
  name: 'ListDatabases',
  kind: 'read',
  input,
  run({ InstanceId: id }, { account }) {
    if (account.dms.byId(id) === undefined) throw instanceNotFound();
    return { DatabaseList: { Database: [] }, TotalCount: 0 };
  },
});
