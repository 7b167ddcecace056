import * as z from 'zod';
import { ApiError } from '../error.ts';
import { instanceNotFound } from './errors.ts';
import { dmsOperation } from './operation.ts';
import { boolean, text, tid } from './parameters.ts';

/**
 * Reads the dictionary of an instance anew. Only instances under Security Collaboration (`EnableSellCommon` Y) can be
 * synchronised, says the page; the code of the refusal is inferred. Errors: `InstanceNoEnoughNumber`.
 */
export const syncInstanceMeta = dmsOperation({
  name: 'SyncInstanceMeta',
  kind: 'write',
  input: z.object({ InstanceId: text, IgnoreTable: boolean.optional(), Tid: tid }),
  run({ InstanceId: id }, { account, world }) {
    const instance = account.dms.byId(id);
    if (instance === undefined) throw instanceNotFound();
    if (instance.controlMode !== 'COMMON') {
      const message = 'Only an instance under Security Collaboration can be synchronised.';
      throw new ApiError(400, 'InstanceNotInSecurityCollaboration', message);
    }
    instance.syncedAt = world.clock.now();
    return {};
  },
});
