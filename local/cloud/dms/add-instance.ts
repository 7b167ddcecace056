import type { Call } from '../operation.ts';
import { type AddInstanceInput, addInstanceInput } from './add-instance-input.ts';
import { alreadyRegistered, invalid } from './errors.ts';
import { enterForeignAccount } from './foreign-account.ts';
import type { DmsInstance } from './instance.ts';
import { dmsOperation } from './operation.ts';

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
    const known = dms.find({ host: input.Host, port: input.Port, sid: input.Sid });
    if (known !== undefined) throw alreadyRegistered(known.id);
    if (!dms.users.some(({ id }) => id === input.DbaId))
      throw invalid('DbaId', 'There is no such user in this tenant.');
    const linked = dms.instances.some(({ dataLinkName }) => dataLinkName === input.DataLinkName);
    if (input.DataLinkName !== '' && linked)
      throw invalid('DataLinkName', 'The name is in use in this tenant.');
    if (input.RoleArn !== undefined && input.RoleArn !== '')
      enterForeignAccount(call.world, call.account.uid, input.RoleArn, input);
    dms.add(newInstance(input, call));
    return {};
  },
});

function newInstance(input: AddInstanceInput, { account }: Call): DmsInstance {
  return {
    id: account.dms.nextId(),
    host: input.Host,
    port: input.Port,
    sid: input.Sid,
    alias: input.InstanceAlias,
    type: input.InstanceType,
    source: input.InstanceSource,
    networkType: input.NetworkType,
    envType: input.EnvType,
    databaseUser: input.DatabaseUser,
    queryTimeout: input.QueryTimeout,
    exportTimeout: input.ExportTimeout,
    ecsRegion: input.EcsRegion,
    ecsInstanceId: input.EcsInstanceId,
    vpcId: input.VpcId,
    dbaId: input.DbaId,
    dataLinkName: input.DataLinkName,
    ddlOnline: input.DdlOnline,
    useDsql: input.UseDsql,
    sensitiveDataProtected: input.EnableSellSitd === 'Y',
    controlMode: controlMode(input),
    safeRule: input.SafeRule,
    roleArn: input.RoleArn === undefined || input.RoleArn === '' ? null : input.RoleArn,
    syncedAt: null,
  };
}

function controlMode(input: AddInstanceInput): DmsInstance['controlMode'] {
  if (input.EnableSellCommon === 'Y') return 'COMMON';
  return input.EnableSellStable === 'Y' ? 'STABLE' : 'NONE_CONTROL';
}
