import { ApiError } from '../error.ts';

/** The codes that MNS answers with and the HTTP status of each (page "Error codes", API 2015-06-06). */
const STATUS = {
  AccessDenied: 403,
  EndpointInvalid: 400,
  InvalidArgument: 400,
  InvalidQueryString: 400,
  InvalidQueueName: 400,
  InvalidRequestURL: 400,
  InvalidVersionHeader: 400,
  MalformedXML: 400,
  MessageNotExist: 404,
  MissingReceiptHandle: 400,
  MissingVersionHeader: 400,
  MissingVisibilityTimeout: 400,
  QueueAlreadyExist: 409,
  QueueNameLengthError: 400,
  QueueNotExist: 404,
  ReceiptHandleError: 400,
  SubscriptionAlreadyExist: 409,
  SubscriptionNameInvalid: 400,
  SubscriptionNameLengthError: 400,
  SubscriptionNotExist: 404,
  TopicAlreadyExist: 409,
  TopicNameInvalid: 400,
  TopicNameLengthError: 400,
  TopicNotExist: 404,
} as const;

export type MnsCode = keyof typeof STATUS;

export function mnsError(code: MnsCode, message: string): ApiError {
  return new ApiError(STATUS[code], code, message);
}

export const queueNotExist = (): ApiError =>
  mnsError('QueueNotExist', 'The queue name you provided is not exist.');

export const topicNotExist = (): ApiError =>
  mnsError('TopicNotExist', 'The topic name you provided is not exist.');

export const subscriptionNotExist = (): ApiError =>
  mnsError('SubscriptionNotExist', 'The subscription name you provided is not exist.');

export const messageNotExist = (): ApiError => mnsError('MessageNotExist', 'Message not exist.');
