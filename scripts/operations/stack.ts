import { readFileSync } from 'node:fs';
import { readBlueprint } from '../../local/host/blueprint.ts';
import { fleetRole } from '../../shared/installation/fleet.ts';
import { ownerRoles } from '../../shared/installation/function-permissions.ts';
import {
  type Installation,
  type InstalledRole,
  standardNames,
} from '../../shared/installation/installation.ts';
import { senderRole } from '../../shared/installation/requester-permissions.ts';
import { functionResources, logical, type Resource, variable } from './stack-functions.ts';

/** UIDs that stand for what differs from account to account, until the template is put together. */
const OWNER = '2000000000000002';
const REQUESTER = '1000000000000001';
const WATCHER = '3000000000000003';

const AT: Installation = standardNames('cn-hangzhou', OWNER);

const PARAMETERS: Readonly<Record<string, string>> = {
  RequesterUid: 'UID of account A, which may send requests',
  WatcherUid: 'UID of the account from which the fleet is verified',
  CodeBucket: 'OSS bucket of this region that holds the bundles, readable from this account',
  CodePrefix: 'folder in it: intake.zip, provision.zip and verify.zip of one version',
};

/**
 * The installation as a template of Resource Orchestration Service, for a StackSet: the roles of `rights.ts`, the
 * functions of `s.yaml`, topics and dead letters. Sources: the pages of ALIYUN::RAM::Role, ALIYUN::FC3::Function,
 * ALIYUN::FC3::Trigger, ALIYUN::FC3::AsyncInvokeConfig, ALIYUN::MNS::Topic and Queue. A subscription into another account has no resource there: bootstrap makes it.
 *
 * Belief stack-concurrency (documented): Resource Orchestration has ALIYUN::FC3::ConcurrencyConfig. Source:
 * @alicloud/ros-cdk-fc3 1.11.0. Shown wrong by: by hand: validate the template.
 */
export function stackTemplate(): object {
  const { functions } = readBlueprint(readFileSync('s.yaml', 'utf8'), { OWNER_UID: OWNER });
  const roles = [...ownerRoles(AT), senderRole(AT, REQUESTER), fleetRole(AT, WATCHER)];
  const resources: Record<string, Resource> = {
    ...Object.fromEntries(
      roles.map((role) => [logical('Role', role.name.replace(REQUESTER, 'A')), roleOf(role)]),
    ),
    RequestTopic: topicOf(AT.requestTopic),
    UpkeepTopic: topicOf(AT.upkeepTopic),
    OwnerTopic: topicOf(AT.ownerTopic),
    ReplyTopic: topicOf(AT.replyTopic),
    DeadLetters: queueOf(AT.deadLetters),
    OwnerReplies: queueOf(AT.ownerReplies),
    ...Object.assign({}, ...functions.map(functionResources)),
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

const topicOf = (name: string): Resource => ({
  Type: 'ALIYUN::MNS::Topic',
  Properties: { TopicName: name },
});

const queueOf = (name: string): Resource => ({
  Type: 'ALIYUN::MNS::Queue',
  Properties: { QueueName: name, MessageRetentionPeriod: 604_800 },
});

const roleOf = ({ name, why, trust, permission }: InstalledRole): Resource => ({
  Type: 'ALIYUN::RAM::Role',
  Properties: {
    RoleName: name,
    Description: why,
    AssumeRolePolicyDocument: trust,
    Policies: [{ PolicyName: name, PolicyDocument: permission }],
  },
});

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
