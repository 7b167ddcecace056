import type { Millis } from '../../../shared/runtime/clock.ts';

/** An instance as DMS keeps it. The password of the database is not among it: nothing here could give it away. */
export interface DmsInstance {
  /** Digits, unique in the account. */
  readonly id: string;
  readonly host: string;
  readonly port: number;
  /** Empty but for Oracle and its like. */
  readonly sid: string;
  readonly alias: string;
  /** In the spelling of the page "DbType parameter". */
  readonly type: string;
  readonly source: string;
  readonly networkType: string;
  readonly envType: string;
  readonly databaseUser: string;
  /** Seconds. */
  readonly queryTimeout: number;
  readonly exportTimeout: number;
  readonly ecsRegion: string;
  readonly ecsInstanceId: string;
  readonly vpcId: string;
  readonly dbaId: string;
  readonly dataLinkName: string;
  readonly ddlOnline: number;
  readonly useDsql: number;
  readonly sensitiveDataProtected: boolean;
  readonly controlMode: 'COMMON' | 'STABLE' | 'NONE_CONTROL';
  readonly safeRule: string;
  /** The role in another account that DMS reads the instance with; null for an instance of the own account. */
  readonly roleArn: string | null;
  /** When its dictionary was last synchronised; null before the first time. */
  syncedAt: Millis | null;
}

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
