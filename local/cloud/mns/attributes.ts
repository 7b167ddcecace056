/** Attributes of a queue that its owner sets (page "CreateQueue"). Times in seconds, sizes in bytes. */
export interface QueueAttributes {
  /** 0 to 604,800. */
  readonly delaySeconds: number;
  /** 1,024 to 65,536. */
  readonly maximumMessageSize: number;
  /** 60 to 604,800. */
  readonly messageRetentionPeriod: number;
  /** 1 to 43,200. */
  readonly visibilityTimeout: number;
  /** 0 to 30. */
  readonly pollingWaitSeconds: number;
  readonly loggingEnabled: boolean;
  readonly dlqPolicy: DlqPolicy | null;
}

/** A message that was received `maxReceiveCount` times (1 to 1,000) moves to the queue instead of being received again. */
export interface DlqPolicy {
  readonly deadLetterTargetQueue: string;
  readonly maxReceiveCount: number;
}

export const QUEUE_DEFAULTS: QueueAttributes = {
  delaySeconds: 0,
  maximumMessageSize: 65_536,
  messageRetentionPeriod: 345_600,
  visibilityTimeout: 30,
  pollingWaitSeconds: 0,
  loggingEnabled: false,
  dlqPolicy: null,
};

/** Attributes of a topic that its owner sets (page "CreateTopic"). */
export interface TopicAttributes {
  /** 1,024 to 65,536 bytes. */
  readonly maximumMessageSize: number;
  readonly loggingEnabled: boolean;
}

export const TOPIC_DEFAULTS: TopicAttributes = { maximumMessageSize: 65_536, loggingEnabled: false };

/** A topic keeps what it could not deliver for one day; it cannot be changed. */
export const TOPIC_RETENTION_SECONDS = 86_400;

export const NOTIFY_STRATEGIES = ['BACKOFF_RETRY', 'EXPONENTIAL_DECAY_RETRY'] as const;
export type NotifyStrategy = (typeof NOTIFY_STRATEGIES)[number];

/** `STREAM` (the bare body) is for Function Compute, whose default it is. Elsewhere the default is `XML`. */
export const NOTIFY_CONTENT_FORMATS = ['XML', 'JSON', 'SIMPLIFIED', 'STREAM'] as const;
export type NotifyContentFormat = (typeof NOTIFY_CONTENT_FORMATS)[number];

/** What a subscription says about itself (page "Subscribe"). */
export interface SubscriptionAttributes {
  readonly endpoint: string;
  /** Only messages with exactly this tag are delivered; null delivers all. At most 16 characters. */
  readonly filterTag: string | null;
  readonly notifyStrategy: NotifyStrategy;
  readonly notifyContentFormat: NotifyContentFormat;
  /**
   * The role that the delivery runs under: needed for a queue of another account, optional for a function. Only the
   * control API can say it, and no API shows it.
   */
  readonly stsRoleArn: string | null;
  /** A queue of the topic's account for what was given up; null for none. Only the control API can say it. */
  readonly deadLetterQueue: string | null;
}
