import type { Managed } from './managed.ts';
import { xml } from './mns-request.ts';
import type { RestStep } from './steps.ts';
import type { Conformance } from './target.ts';

const mns = (method: RestStep['method'], path: string, body?: string): RestStep => ({
  service: 'mns',
  method,
  path,
  ...(body === undefined ? {} : { body }),
});

/** The older resources, which the provider manages over XML. Numbers come as texts. */
export function managedInMns(cloud: Conformance): readonly Managed[] {
  const [queue, topic] = [cloud.name('tf-xml-queue'), cloud.name('tf-xml-topic')];
  const [atQueue, atTopic] = [`/queues/${queue}`, `/topics/${topic}`];
  const atSubscription = `${atTopic}/subscriptions/tf-subscription`;
  const attributes = {
    DelaySeconds: '0',
    MaximumMessageSize: '65536',
    MessageRetentionPeriod: '7200',
    VisibilityTimeout: '45',
    PollingWaitSeconds: '0',
  };
  const subscription = {
    Endpoint: `acs:mns:${cloud.region}:${cloud.uid}:queues/${queue}`,
    FilterTag: 'tag',
    NotifyStrategy: 'BACKOFF_RETRY',
    NotifyContentFormat: 'SIMPLIFIED',
  };
  const again = { ...subscription, NotifyStrategy: 'EXPONENTIAL_DECAY_RETRY' };
  return [
    {
      resource: 'alicloud_mns_queue',
      create: mns('PUT', atQueue, xml('Queue', attributes)),
      read: mns('GET', atQueue),
      at: ['Queue'],
      shows: { QueueName: queue, ...attributes },
      update: mns(
        'PUT',
        `${atQueue}?metaoverride=true`,
        xml('Queue', { ...attributes, VisibilityTimeout: '60' }),
      ),
      updated: { QueueName: queue, ...attributes, VisibilityTimeout: '60' },
      remove: mns('DELETE', atQueue),
      gone: 'QueueNotExist',
    },
    {
      resource: 'alicloud_mns_topic',
      create: mns('PUT', atTopic, xml('Topic', { MaximumMessageSize: '65536', LoggingEnabled: 'false' })),
      read: mns('GET', atTopic),
      at: ['Topic'],
      shows: { TopicName: topic, MaximumMessageSize: '65536', LoggingEnabled: 'False' },
      update: mns(
        'PUT',
        `${atTopic}?metaoverride=true`,
        xml('Topic', { MaximumMessageSize: '2048', LoggingEnabled: 'true' }),
      ),
      updated: { TopicName: topic, MaximumMessageSize: '2048', LoggingEnabled: 'True' },
      remove: mns('DELETE', atTopic),
      gone: 'TopicNotExist',
    },
    {
      resource: 'alicloud_mns_topic_subscription',
      create: mns('PUT', atSubscription, xml('Subscription', subscription)),
      read: mns('GET', atSubscription),
      at: ['Subscription'],
      shows: { TopicName: topic, SubscriptionName: 'tf-subscription', ...subscription },
      update: mns(
        'PUT',
        `${atSubscription}?metaoverride=true`,
        xml('Subscription', { NotifyStrategy: again.NotifyStrategy }),
      ),
      updated: { TopicName: topic, SubscriptionName: 'tf-subscription', ...again },
      remove: mns('DELETE', atSubscription),
      gone: 'SubscriptionNotExist',
    },
  ];
}
