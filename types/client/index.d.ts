/** `dms-handshake/client`: what a program of account A needs to ask account B for access and to hear the answer. */
export { AbortedError, CloudCallError, InvalidRequestError, NoReplyError, NotDoneError, RequesterError, type Sending, } from './errors.js';
export { localCloud } from './local.js';
export { NoLocalCloudError } from './no-local-cloud.js';
export type { Keys, RequesterOptions } from './options.js';
export type { Change, Check, Grant, Open, Problem, ProblemCode, Reply, ReplyData, Status, } from './reply.js';
export { createRequester, type Requester, type SendOptions, type WaitOptions } from './requester.js';
export type { ConnectionId, EngineId, Wanted } from './wanted.js';
