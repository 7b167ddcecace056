import type { Caller } from '../caller.ts';

/** One event as ActionTrail answers it. The fields are those of the samples on the vendor's pages. */
export interface TrailEvent {
  readonly eventId: string;
  readonly eventVersion: 1;
  readonly eventType: 'ApiCall';
  /** ISO 8601 in whole seconds. */
  readonly eventTime: string;
  readonly eventName: string;
  readonly eventRW: 'Read' | 'Write';
  readonly eventSource: string;
  readonly serviceName: string;
  readonly apiVersion: string;
  readonly acsRegion: string;
  readonly requestId: string;
  readonly isGlobal: boolean;
  readonly recipientAccountId: string;
  readonly userIdentity: Readonly<Record<string, string>>;
  readonly requestParameters: Readonly<Record<string, unknown>>;
  /** Of AssumeRole it holds the keys of the session. */
  readonly responseElements?: object;
  readonly errorCode?: string;
  readonly errorMessage?: string;
}

/** Who calls what, and whose it is. */
export interface Subject {
  readonly service: 'Ram' | 'Sts';
  readonly version: string;
  readonly name: string;
  readonly caller: Caller;
  readonly recipient: string;
  readonly requestId?: string;
}

/** What was asked, and what came of it. */
export interface Outcome {
  readonly parameters: object;
  readonly answer?: object;
  readonly error?: { readonly code: string; readonly message: string };
}

/** `time` in ms. RAM and STS are no services of a region: their events are global. */
export function eventOf(
  eventId: string,
  time: number,
  region: string,
  call: Subject,
  { parameters, answer, error }: Outcome,
): TrailEvent {
  const { service, name } = call;
  const source = `${service.toLowerCase()}.aliyuncs.com`;
  return {
    eventId,
    eventVersion: 1,
    eventType: 'ApiCall',
    eventTime: seconds(time),
    eventName: name,
    eventRW: 'Write',
    eventSource: source,
    serviceName: service,
    apiVersion: call.version,
    acsRegion: region,
    requestId: call.requestId ?? eventId,
    isGlobal: true,
    recipientAccountId: call.recipient,
    userIdentity: identityOf(call.caller),
    requestParameters: { AcsHost: source, AcsProduct: service, ...given(parameters) },
    ...(answer === undefined ? {} : { responseElements: answer }),
    ...(error === undefined ? {} : { errorCode: error.code, errorMessage: error.message }),
  };
}

export const seconds = (time: number): string => new Date(time).toISOString().replace(/\.\d+Z$/, 'Z');

const given = (parameters: object): object =>
  Object.fromEntries(Object.entries(parameters).filter(([, value]) => value !== undefined));

/**
 * Who called. That a service is shown by its principal is inferred: no page has a sample of an AssumeRole that a service
 * made.
 */
function identityOf({ accountId, accessKeyId, principal }: Caller): Readonly<Record<string, string>> {
  switch (principal.type) {
    case 'user':
      return {
        type: 'ram-user',
        accountId,
        accessKeyId,
        principalId: principal.userId,
        userName: principal.userName,
      };
    case 'role':
      return {
        type: 'assumed-role',
        accountId,
        accessKeyId,
        principalId: `${principal.roleId}:${principal.sessionName}`,
        userName: `${principal.roleName}:${principal.sessionName}`,
      };
    case 'root':
      return { type: 'root-account', accountId, accessKeyId, principalId: accountId, userName: 'root' };
    case 'service':
      return { type: 'system', accountId, principalId: principal.service, userName: principal.service };
  }
}
