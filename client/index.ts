/** `dms-handshake/client`: what a program of account A needs to ask account B for access and to hear the answer. */
export type { Check } from '../events/check.ts';
export type { Problem, ProblemCode } from '../events/problem.ts';
export type { Reply, ReplyData, Status } from '../events/reply.ts';
export {
  CloudCallError,
  InvalidRequestError,
  NoReplyError,
  NotDoneError,
  RequesterError,
} from './errors.ts';
export { NoLocalCloudError } from './local-cloud.ts';
export { type Keys, localCloud, type RequesterOptions } from './options.ts';
export { createRequester, type Requester, type WaitOptions, type Wanted } from './requester.ts';
