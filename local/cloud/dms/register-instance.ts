import * as z from 'zod';
import { contradictions, described, userId } from './add-instance-input.ts';
import { newInstance } from './instance.ts';
import { dmsOperation } from './operation.ts';
import { text } from './parameters.ts';
import { checkFree, checkUser } from './unique.ts';

/** Under Security Collaboration. */
const CONTROL = { EnableSellCommon: true, EnableSellStable: false };

const input = z
  .object({ ...described, SafeRule: text, DbaUid: userId, DbaUidByString: z.string().optional() })
  .superRefine((given, context) => {
    for (const issue of contradictions({ ...given, ...CONTROL })) context.addIssue(issue);
  });

/**
 * The older way to register an instance: of the own account, as it takes no role, and under Security Collaboration, as
 * it requires a rule (inferred). `DbaUid` is the id that ListUsers or GetInstance tells. Errors: those of AddInstance.
 */
export const registerInstance = dmsOperation({
  name: 'RegisterInstance',
  kind: 'write',
  input,
  run(given, { account }) {
    const { dms } = account;
    const instance = newInstance(dms.nextId(), { ...given, ...CONTROL, DbaId: given.DbaUid });
    checkFree(dms, instance);
    checkUser(dms, given.DbaUid, 'DbaUid');
    dms.put(instance);
    return {};
  },
});
