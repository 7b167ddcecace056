import type { Millis } from '../../../shared/runtime/clock.ts';
import type { AddInstanceInput } from './add-instance-input.ts';

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
  readonly source: AddInstanceInput['InstanceSource'];
  readonly networkType: AddInstanceInput['NetworkType'];
  readonly envType: AddInstanceInput['EnvType'];
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

/** What a registration and a change say of an instance, but for what nobody can read again. */
type Description = Omit<
  AddInstanceInput,
  'EnableSellTrust' | 'DatabasePassword' | 'SkipTest' | 'Tid' | 'UseSsl' | 'TemplateId' | 'TemplateType'
>;

/** The instance that a registration says. */
export function newInstance(id: string, input: Description): DmsInstance {
  return {
    id,
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
    sensitiveDataProtected: input.EnableSellSitd,
    controlMode: controlMode(input),
    safeRule: input.SafeRule,
    roleArn: input.RoleArn === undefined || input.RoleArn === '' ? null : input.RoleArn,
    syncedAt: null,
  };
}

/** The same the other way round. */
export function descriptionOf(instance: DmsInstance): Description {
  return {
    Host: instance.host,
    Port: instance.port,
    Sid: instance.sid,
    InstanceAlias: instance.alias,
    InstanceType: instance.type,
    InstanceSource: instance.source,
    NetworkType: instance.networkType,
    EnvType: instance.envType,
    DatabaseUser: instance.databaseUser,
    QueryTimeout: instance.queryTimeout,
    ExportTimeout: instance.exportTimeout,
    EcsRegion: instance.ecsRegion,
    EcsInstanceId: instance.ecsInstanceId,
    VpcId: instance.vpcId,
    DbaId: instance.dbaId,
    DataLinkName: instance.dataLinkName,
    DdlOnline: instance.ddlOnline,
    UseDsql: instance.useDsql,
    EnableSellSitd: instance.sensitiveDataProtected,
    EnableSellCommon: instance.controlMode === 'COMMON',
    EnableSellStable: instance.controlMode === 'STABLE',
    SafeRule: instance.safeRule,
    RoleArn: instance.roleArn ?? undefined,
  };
}

function controlMode(
  input: Pick<Description, 'EnableSellCommon' | 'EnableSellStable'>,
): DmsInstance['controlMode'] {
  if (input.EnableSellCommon) return 'COMMON';
  return input.EnableSellStable ? 'STABLE' : 'NONE_CONTROL';
}
