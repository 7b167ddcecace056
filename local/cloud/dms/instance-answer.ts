import type { DmsInstance } from './instance.ts';

/**
 * An instance as GetInstance and ListInstances show it (fields of the generated SDKs of 2018-11-01). The role is not
 * shown, and in the place of the password stands a mask.
 */
export function instanceAnswer(instance: DmsInstance): object {
  return {
    InstanceId: instance.id,
    InstanceAlias: instance.alias,
    InstanceType: instance.type,
    InstanceSource: instance.source,
    State: 'NORMAL',
    EnvType: instance.envType,
    Host: instance.host,
    Port: instance.port,
    Sid: instance.sid,
    DatabaseUser: instance.databaseUser,
    DatabasePassword: '***',
    QueryTimeout: instance.queryTimeout,
    ExportTimeout: instance.exportTimeout,
    EcsRegion: instance.ecsRegion,
    EcsInstanceId: instance.ecsInstanceId,
    VpcId: instance.vpcId,
    DbaId: instance.dbaId,
    DbaNickName: '',
    DataLinkName: instance.dataLinkName,
    DdlOnline: instance.ddlOnline,
    UseDsql: instance.useDsql,
    SafeRuleId: '',
    SellSitd: instance.sensitiveDataProtected,
    StandardGroup: { GroupMode: instance.controlMode, GroupName: instance.safeRule },
    OwnerIdList: { OwnerIds: [] },
    OwnerNameList: { OwnerNames: [] },
  };
}
