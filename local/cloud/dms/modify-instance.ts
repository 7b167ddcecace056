import * as z from 'zod';
import { contradictions, further, needed, userId } from './add-instance-input.ts';
import { instanceNotFound, invalid } from './errors.ts';
import { enterForeignAccount } from './foreign-account.ts';
import { descriptionOf, newInstance } from './instance.ts';
import { dmsOperation } from './operation.ts';
import { flag, port, text, tid, whole } from './parameters.ts';
import { checkFree, checkUser } from './unique.ts';

const input = z
  .object({
    ...needed,
    ...further,
    Host: text,
    Port: port,
    Sid: z.string(),
    DbaId: userId,
    EnableSellTrust: flag,
    EnableSellCommon: flag,
    EnableSellStable: flag,
    UseSsl: whole(-1, 1),
  })
  .partial()
  .extend({ InstanceId: text, Tid: tid });

/** What is not given has no key, though the type of a partial schema says that it may be undefined. */
type Given = { [Name in keyof z.infer<typeof input>]?: Exclude<z.infer<typeof input>[Name], undefined> };

/**
 * Changes what is given of an instance and keeps the rest, the role of another account too: no parameter names one. DMS
 * enters that account again, since the instance may be another now (inferred). What is wrong changes nothing.
 * Errors: `InstanceNoEnoughNumber`, and those of AddInstance.
 */
export const modifyInstance = dmsOperation({
  name: 'ModifyInstance',
  kind: 'write',
  input,
  run({ InstanceId: id, ...given }, { account, world }) {
    const { dms } = account;
    const instance = dms.byId(id);
    if (instance === undefined) throw instanceNotFound();
    const now = { ...descriptionOf(instance), ...(given as Given) };
    const [wrong] = contradictions(now);
    if (wrong !== undefined) throw invalid(String(wrong.path[0]), wrong.message);
    const changed = { ...newInstance(id, now), syncedAt: instance.syncedAt };
    checkFree(dms, changed);
    checkUser(dms, changed.dbaId, 'DbaId');
    if (changed.roleArn !== null) enterForeignAccount(world, account.uid, changed.roleArn, now);
    dms.put(changed);
    return {};
  },
});
