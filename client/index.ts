/** `dms-handshake/client`: what a program of account A needs to ask account B for access and to hear the answer. */
export {
  AbortedError,
  CloudCallError,
  InvalidOptionsError,
  InvalidRequestError,
  NoReplyError,
  NotDoneError,
  RequesterError,
  type Sending,
} from './errors.ts';
export { localCloud } from './local.ts';
export { NoLocalCloudError } from './no-local-cloud.ts';
export type { Keys, RequesterOptions } from './options.ts';
export type {
  Change,
  Check,
  Grant,
  Open,
  Problem,
  ProblemCode,
  Reply,
  ReplyData,
  Status,
} from './reply.ts';
export { createRequester, type Requester } from './requester.ts';
export type { SendOptions, WaitOptions } from './waiting.ts';
export type { ConnectionId, EngineId, Wanted } from './wanted.ts';
