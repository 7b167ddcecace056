import { readFileSync } from 'node:fs';
import { readBlueprint } from '../../local/host/blueprint.ts';
import type { FunctionSpec } from '../../local/host/function-spec.ts';
import { fleetRole } from '../../shared/access/fleet-rights.ts';
import { type Installation, type InstalledRole, ownerRoles, senderRole } from '../../shared/access/rights.ts';

/** UIDs that stand for what differs from account to account, until the template is put together. */
const OWNER = '2000000000000002';
const REQUESTER = '1000000000000001';
const WATCHER = '3000000000000003';

const AT: Installation = {
  region: 'cn-hangzhou',
  ownerUid: OWNER,
  requestTopic: 'dms-handshake-requests',
  replyTopic: 'dms-handshake-replies',
  deadLetters: 'dms-handshake-dead-letters',
};

const PARAMETERS: Readonly<Record<string, string>> = {
  RequesterUid: 'UID of account A, which may send requests',
  WatcherUid: 'UID of the account from which the fleet is verified',
  CodeBucket: 'OSS bucket of this region that holds the bundles, readable from this account',
  CodePrefix: 'folder in it: intake.zip, provision.zip and verify.zip of one version',
};

interface Resource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
  readonly DependsOn?: readonly string[];
}

/**
 * The installation as a template of Resource Orchestration Service, for a StackSet: the roles of `rights.ts`, the
 * functions of `s.yaml`, topics and dead letters. Sources: the pages of ALIYUN::RAM::Role, ALIYUN::FC3::Function,
 * ALIYUN::FC3::Trigger, ALIYUN::FC3::AsyncInvokeConfig, ALIYUN::MNS::Topic and Queue. ALIYUN::FC3::ConcurrencyConfig is
 * inferred. A subscription into another account has no resource there: bootstrap makes it.
 */
export function stackTemplate(): object {
  const { functions } = readBlueprint(readFileSync('s.yaml', 'utf8'), { OWNER_UID: OWNER });
  const roles = [...ownerRoles(AT), senderRole(AT, REQUESTER), fleetRole(AT, WATCHER)];
  const resources: Record<string, Resource> = {
    ...Object.fromEntries(
      roles.map((role) => [logical('Role', role.name.replace(REQUESTER, 'A')), roleOf(role)]),
    ),
    RequestTopic: { Type: 'ALIYUN::MNS::Topic', Properties: { TopicName: AT.requestTopic } },
    ReplyTopic: { Type: 'ALIYUN::MNS::Topic', Properties: { TopicName: AT.replyTopic } },
    DeadLetters: {
      Type: 'ALIYUN::MNS::Queue',
      Properties: { QueueName: AT.deadLetters, MessageRetentionPeriod: 604_800 },
    },
    ...Object.assign({}, ...functions.map(functionOf)),
  };
  return {
    ROSTemplateFormatVersion: '2015-09-01',
    Description: 'dms-handshake in one owner account',
    Parameters: Object.fromEntries(
      Object.entries(PARAMETERS).map(([name, text]) => [name, { Type: 'String', Description: { en: text } }]),
    ),
    Resources: substituted(resources),
  };
}

const roleOf = ({ name, why, trust, permission }: InstalledRole): Resource => ({
  Type: 'ALIYUN::RAM::Role',
  Properties: {
    RoleName: name,
    Description: why,
    AssumeRolePolicyDocument: trust,
    Policies: [{ PolicyName: name, PolicyDocument: permission }],
  },
});

function functionOf(spec: FunctionSpec): Readonly<Record<string, Resource>> {
  const name = spec.functionName;
  const short = name.replace('dms-handshake-', '');
  const own = logical('Function', name);
  const of = { FunctionName: name };
  const { destinationConfig, maxAsyncEventAgeInSeconds, maxAsyncRetryAttempts } = spec.asyncInvokeConfig;
  const { onSuccess, onFailure } = destinationConfig;
  const to = (one: typeof onSuccess) => ({ Destination: one?.destination.arn ?? '' });
  return {
    [own]: {
      Type: 'ALIYUN::FC3::Function',
      DependsOn: [logical('Role', name)],
      Properties: {
        ...of,
        Runtime: spec.runtime,
        Handler: spec.handler,
        Role: spec.role ?? '',
        Cpu: spec.cpu,
        MemorySize: spec.memorySize,
        DiskSize: spec.diskSize,
        Timeout: spec.timeout,
        InstanceConcurrency: spec.instanceConcurrency,
        EnvironmentVariables: spec.environmentVariables,
        Code: {
          OssBucketName: { Ref: 'CodeBucket' },
          OssObjectName: { 'Fn::Sub': `${variable('CodePrefix')}/${short}.zip` },
        },
      },
    },
    ...(spec.concurrencyConfig === undefined
      ? {}
      : {
          [logical('Concurrency', name)]: {
            Type: 'ALIYUN::FC3::ConcurrencyConfig',
            DependsOn: [own],
            Properties: { ...of, ReservedConcurrency: spec.concurrencyConfig.reservedConcurrency },
          },
        }),
    ...(onSuccess === undefined && onFailure === undefined
      ? {}
      : {
          [logical('Asynchronous', name)]: {
            Type: 'ALIYUN::FC3::AsyncInvokeConfig',
            DependsOn: [
              own,
              onFailure?.destination.type === 'queue' ? 'DeadLetters' : logical('Function', 'verify'),
            ],
            Properties: {
              ...of,
              MaxAsyncRetryAttempts: maxAsyncRetryAttempts,
              MaxAsyncEventAgeInSeconds: maxAsyncEventAgeInSeconds,
              DestinationConfig: {
                ...(onSuccess === undefined ? {} : { OnSuccess: to(onSuccess) }),
                ...(onFailure === undefined ? {} : { OnFailure: to(onFailure) }),
              },
            },
          },
        }),
    ...Object.fromEntries(
      spec.triggers.map((trigger) => [
        logical('Trigger', `${short}-${trigger.triggerName}`),
        {
          Type: 'ALIYUN::FC3::Trigger',
          DependsOn: [
            own,
            ...(trigger.triggerType === 'mns_topic'
              ? ['RequestTopic', logical('Role', 'dms-handshake-trigger')]
              : []),
          ],
          Properties: {
            ...of,
            TriggerName: trigger.triggerName,
            TriggerType: trigger.triggerType,
            TriggerConfig: trigger.triggerConfig,
            Qualifier: trigger.qualifier,
            ...(trigger.sourceArn === undefined ? {} : { SourceArn: trigger.sourceArn }),
            ...(trigger.invocationRole === undefined ? {} : { InvocationRole: trigger.invocationRole }),
          },
        },
      ]),
    ),
  };
}

/** `dms-handshake-intake` of a kind `Role` is `RoleIntake`: names of resources have letters and digits only. */
const logical = (kind: string, name: string): string =>
  kind +
  name
    .replace('dms-handshake-', '')
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');

/** As `Fn::Sub` refers to a parameter. */
const variable = (name: string): string => `$\{${name}}`;

/** Puts what differs from account to account into every text that names it. */
function substituted(value: unknown): unknown {
  if (typeof value === 'string') {
    const text = value
      .replaceAll(OWNER, variable('ALIYUN::TenantId'))
      .replaceAll(AT.region, variable('ALIYUN::Region'))
      .replaceAll(REQUESTER, variable('RequesterUid'))
      .replaceAll(WATCHER, variable('WatcherUid'));
    return text === value ? value : { 'Fn::Sub': text };
  }
  if (Array.isArray(value)) return value.map(substituted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, substituted(one)]));
}
