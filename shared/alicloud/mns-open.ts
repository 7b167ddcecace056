import * as z from '../../events/zod.ts';
import { parseAnswer } from './answers.ts';
import type { Api } from './api.ts';
import { CloudError } from './errors.ts';
import { hostOf } from './hosts.ts';

/** Where a topic pushes to, how, and what. */
export interface Subscription {
  /** `acs:mns:<region>:<uid>:/queues/<queue>`: with the slash, which the XML API's form does not have. */
  readonly endpoint: string;
  readonly contentFormat: 'XML' | 'JSON' | 'SIMPLIFIED';
  readonly strategy: 'BACKOFF_RETRY' | 'EXPONENTIAL_DECAY_RETRY';
  /** Role of the queue's account that the push runs under; null inside one account. */
  readonly roleArn: string | null;
  /** The tag that a message must have to be pushed, 1 to 16 characters; null pushes every message. */
  readonly filterTag: string | null;
}

/**
 * A subscription as the service shows it. It never shows the role. The other values may be ones that we would not
 * set.
 */
export interface FoundSubscription {
  readonly name: string;
  readonly endpoint: string;
  readonly contentFormat: string;
  readonly strategy: string;
  readonly filterTag: string | null;
  /** As the service writes it. Whoever made the subscription anew has another. */
  readonly createdAt: string;
}

const scalar = z.pipe(z.union([z.string(), z.number()]), z.transform(String));

const subscriptionData = z.object({
  SubscriptionName: z.string(),
  Endpoint: z.string(),
  NotifyContentFormat: z.string(),
  NotifyStrategy: z.string(),
  /** Sent as `MessageTag`. */
  FilterTag: z.nullish(z.string()),
  CreateTime: z._default(scalar, ''),
});
const oneAnswer = z.object({ Data: subscriptionData });
const pageAnswer = z.object({ Data: z.object({ PageData: z.array(subscriptionData), Pages: z.number() }) });
const verdictAnswer = z.looseObject({ Success: z.optional(z.boolean()), Code: z.optional(scalar) });

/** The largest page that the service gives; what is asked beyond is clamped. */
const PAGE_SIZE = 50;

/**
 * What the service says of a topic or a subscription that is not there, without its punctuation (the service writes
 * `ResourceNotFound:TopicName/subscriptionName`). Source: what Terraform's provider takes for it.
 */
const GONE =
  /^(ResourceNotFound(TopicName(subscriptionName)?)?|RESOURCE_NOT_FOUND|TopicNotExist|SubscriptionNotExist)$/i;

/**
 * Subscriptions through the control API of the queue service, `mns-open` 2022-01-19, for which no SDK is published. Only
 * here can a subscription have a role (`StsRoleArn`), without which no push reaches another account: the XML API's
 * Subscribe has no such field. No API shows that role, and none changes a filter or a role: to change one is to
 * unsubscribe and to subscribe anew. Source: the vendor's Go SDK and Terraform provider.
 *
 * Every call throws `CloudError` for a refusal, `RetryableError` when the time is up.
 *
 * Belief push-with-role (documented): a topic pushes into a queue of another account under StsRoleArn, a role that
 * trusts <owner>@mns.aliyuncs.com. Source: the vendor's Go SDK, the Terraform provider, "Cross-account subscription".
 * Shown wrong by: doctor --live.
 */
export function mnsOpen(api: Api, region: string) {
  const call = async (action: string, parameters: Readonly<Record<string, string>>): Promise<unknown> => {
    const answer = await api.call({
      service: 'MNS',
      version: '2022-01-19',
      action,
      host: hostOf('mns-open', region),
      body: 'form',
      parameters,
    });
    return judged(`MNS ${action}`, answer);
  };
  return {
    /**
     * Throws `CloudError` with `SubscriptionAlreadyExist` where one of the name is there already. Example:
     * `subscribe('replies', 'requester-1', { endpoint: 'acs:mns:cn-hangzhou:1:/queues/replies', contentFormat: 'SIMPLIFIED',
     * strategy: 'EXPONENTIAL_DECAY_RETRY', roleArn: 'acs:ram::1:role/replies', filterTag: '1' })`.
     */
    async subscribe(topic: string, name: string, wanted: Subscription): Promise<void> {
      await call('Subscribe', {
        TopicName: topic,
        SubscriptionName: name,
        PushType: 'queue',
        Endpoint: wanted.endpoint,
        NotifyContentFormat: wanted.contentFormat,
        NotifyStrategy: wanted.strategy,
        ...(wanted.roleArn === null ? {} : { StsRoleArn: wanted.roleArn }),
        ...(wanted.filterTag === null ? {} : { MessageTag: wanted.filterTag }),
      });
    },
    /** Resolves where there is no such subscription. */
    async unsubscribe(topic: string, name: string): Promise<void> {
      await orNull(call('Unsubscribe', { TopicName: topic, SubscriptionName: name }));
    },
    /** Null where there is no such subscription, or no such topic. */
    async subscription(topic: string, name: string): Promise<FoundSubscription | null> {
      const parameters = { TopicName: topic, SubscriptionName: name };
      const answer = await orNull(call('GetSubscriptionAttributes', parameters));
      if (answer === null) return null;
      return foundOf(parseAnswer('MNS GetSubscriptionAttributes', oneAnswer, answer).Data);
    },
    /** Every subscription of a topic; empty where there is no such topic. */
    async subscriptions(topic: string): Promise<readonly FoundSubscription[]> {
      const found: FoundSubscription[] = [];
      for (let page = 1, pages = 1; page <= pages; page += 1) {
        const parameters = { TopicName: topic, PageNum: String(page), PageSize: String(PAGE_SIZE) };
        const answer = await orNull(call('ListSubscriptionByTopic', parameters));
        if (answer === null) return [];
        const { Data } = parseAnswer('MNS ListSubscriptionByTopic', pageAnswer, answer);
        found.push(...Data.PageData.map(foundOf));
        pages = Data.Pages;
      }
      return found;
    },
  };
}

export type MnsOpen = ReturnType<typeof mnsOpen>;

/** An answer with HTTP 200 may still say no. Throws `CloudError` for one that does. */
function judged(what: string, answer: unknown): unknown {
  const { Success, Code = 'Unknown' } = parseAnswer(what, verdictAnswer, answer);
  if (Success !== false) return answer;
  const code = Code.replaceAll(/[^\w.]/g, '').slice(0, 100);
  throw new CloudError({ what, code, status: 200, requestId: null, retryAfterMs: null, denied: null });
}

/** The answer of a call, or null where the service says that the object does not exist. */
async function orNull(call: Promise<unknown>): Promise<unknown> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof CloudError && GONE.test(error.failure.code)) return null;
    throw error;
  }
}

const foundOf = (data: z.output<typeof subscriptionData>): FoundSubscription => ({
  name: data.SubscriptionName,
  endpoint: data.Endpoint,
  contentFormat: data.NotifyContentFormat,
  strategy: data.NotifyStrategy,
  filterTag: data.FilterTag || null,
  createdAt: data.CreateTime,
});
