import { addInstanceInput } from './add-instance-input.ts';
import { enterForeignAccount } from './foreign-account.ts';
import { newInstance } from './instance.ts';
import { dmsOperation } from './operation.ts';
import { checkFree, checkUser } from './unique.ts';

/**
 * Registers an instance; one of another account with `RoleArn`, which DMS then enters to see whether it can work there
 * (`enterForeignAccount`). The answer says no id: GetInstance does. No database exists here, so the test of the
 * connection always succeeds, with or without `SkipTest`, and the password is checked for presence and forgotten.
 * A DBA who is no user of the tenant is refused (inferred). The same host, port and SID again is refused with `InstanceAlreadyExist` (inferred: the page says nothing).
 */
export const addInstance = dmsOperation({
  name: 'AddInstance',
  kind: 'write',
  input: addInstanceInput,
  run(input, call) {
    const { dms } = call.account;
    const instance = newInstance(dms.nextId(), input);
    checkFree(dms, instance);
    checkUser(dms, input.DbaId, 'DbaId');
    if (instance.roleArn !== null) enterForeignAccount(call.world, call.account.uid, instance.roleArn, input);
    dms.put(instance);
    return {};
  },
});
