import type { Managed } from './managed.ts';
import type { RpcStep } from './steps.ts';
import type { Conformance } from './target.ts';

const mns = (action: string, form: RpcStep['form']): RpcStep => ({ service: 'mns-open', action, form });
const dms = (action: string, form: RpcStep['form']): RpcStep => ({ service: 'dms-enterprise', action, form });

/**
 * Queues, topics and subscriptions, and on the local cloud an instance of DMS: the real one would look for the
 * database.
 */
export function managedElsewhere(cloud: Conformance): readonly Managed[] {
  const [QueueName, TopicName] = [cloud.name('tf-queue'), cloud.name('tf-topic')];
  const resources = [
    {
      resource: 'alicloud_message_service_queue',
      create: mns('CreateQueue', { QueueName, VisibilityTimeout: '45', MessageRetentionPeriod: '7200' }),
      read: mns('GetQueueAttributes', { QueueName }),
      at: ['Data'],
      shows: { QueueName, VisibilityTimeout: 45, MessageRetentionPeriod: 7200, DelaySeconds: 0 },
      update: mns('SetQueueAttributes', { QueueName, VisibilityTimeout: '60' }),
      updated: { QueueName, VisibilityTimeout: 60, MessageRetentionPeriod: 7200 },
      remove: mns('DeleteQueue', { QueueName }),
      gone: 'QueueNotExist',
    },
    {
      resource: 'alicloud_message_service_topic',
      create: mns('CreateTopic', { TopicName, MaxMessageSize: '2048' }),
      read: mns('GetTopicAttributes', { TopicName }),
      at: ['Data'],
      shows: { TopicName, MaxMessageSize: 2048 },
      update: mns('SetTopicAttributes', { TopicName, MaxMessageSize: '4096' }),
      updated: { TopicName, MaxMessageSize: 4096 },
      remove: mns('DeleteTopic', { TopicName }),
      gone: 'TopicNotExist',
    },
    subscription(cloud, TopicName, QueueName),
  ];
  return cloud.live ? resources : [...resources, instance()];
}

function subscription(cloud: Conformance, TopicName: string, QueueName: string): Managed {
  const named = { TopicName, SubscriptionName: 'tf-subscription' };
  const shown = {
    ...named,
    Endpoint: `acs:mns:${cloud.region}:${cloud.uid}:/queues/${QueueName}`,
    NotifyContentFormat: 'SIMPLIFIED',
    NotifyStrategy: 'BACKOFF_RETRY',
  };
  return {
    resource: 'alicloud_message_service_subscription',
    create: mns('Subscribe', { ...shown, PushType: 'queue', MessageTag: 'tag' }),
    read: mns('GetSubscriptionAttributes', named),
    at: ['Data'],
    shows: { ...shown, FilterTag: 'tag' },
    update: mns('SetSubscriptionAttributes', { ...named, NotifyStrategy: 'EXPONENTIAL_DECAY_RETRY' }),
    updated: { ...shown, FilterTag: 'tag', NotifyStrategy: 'EXPONENTIAL_DECAY_RETRY' },
    remove: mns('Unsubscribe', named),
    gone: 'SubscriptionNotExist',
  };
}

function instance(): Managed {
  const address = { Host: 'rm-tf.mysql.rds.aliyuncs.com', Port: '3306' };
  const shown = {
    Host: address.Host,
    DatabaseUser: 'tf',
    EnvType: 'test',
    InstanceAlias: 'tf',
    InstanceSource: 'RDS',
    EcsRegion: 'cn-hangzhou',
    DbaId: '270001',
  };
  return {
    resource: 'alicloud_dms_enterprise_instance',
    create: dms('AddInstance', {
      ...address,
      ...shown,
      InstanceType: 'mysql',
      NetworkType: 'VPC',
      DatabasePassword: 'x',
      ExportTimeout: '600',
      QueryTimeout: '60',
      EnableSellTrust: 'N',
    }),
    read: dms('GetInstance', address),
    at: ['Instance'],
    shows: { ...shown, Port: 3306, ExportTimeout: 600, QueryTimeout: 60, InstanceType: 'mysql' },
    remove: dms('DeleteInstance', address),
    gone: 'InstanceNoEnoughNumber',
  };
}
