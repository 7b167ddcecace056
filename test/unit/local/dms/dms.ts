import type { PolicyStatement } from '../../../../local/cloud/caller.ts';
import { OWNER, REQUESTER } from '../../../kit/accounts.ts';
import { addRole, addUser, everything, type Keys } from '../../../kit/two-accounts.ts';
import { callApi, refused } from '../http/clients.ts';
import { opened } from '../http/setup.ts';

export const SECRET = 'the-password-of-the-database';
export const DMS = `${REQUESTER}@dms.aliyuncs.com`;
export const ROLE = `acs:ram::${OWNER}:role/for-dms`;

export type Parameters = Readonly<Record<string, string>>;

/** What AddInstance requires, for an RDS instance. */
export const required: Parameters = {
  Host: 'rm-1.mysql.rds.aliyuncs.com',
  Port: '3306',
  DatabaseUser: 'dms',
  DatabasePassword: SECRET,
  EnableSellTrust: 'Y',
  EnvType: 'test',
  ExportTimeout: '600',
  QueryTimeout: '60',
  InstanceAlias: 'orders',
  InstanceSource: 'RDS',
  InstanceType: 'MySQL',
  NetworkType: 'VPC',
  EcsRegion: 'cn-hangzhou',
  DbaId: '270001',
};

export const trust = (service: string) => ({
  Version: '1',
  Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: [service] } }],
});

export const allow = (...Action: string[]): PolicyStatement => ({ Effect: 'Allow', Action, Resource: '*' });

export const without = (parameters: Parameters, name: string): Parameters =>
  Object.fromEntries(Object.entries(parameters).filter(([key]) => key !== name));

/** The vendor's generic client at the requester's keys; parameters travel in a form, as passwords should. */
export async function dms(rights: readonly PolicyStatement[] = [everything]) {
  const cloud = await opened();
  const { keys } = addUser(cloud.requester, 'dba', ...rights);
  const call = (action: string, form: Parameters, as: Keys = keys) =>
    callApi(cloud.door, as, { version: '2018-11-01', action, form: { ...form } });
  return {
    ...cloud,
    call,
    add: (changes: Parameters = {}) => call('AddInstance', { ...required, ...changes }),
    /** `<status> <code>` of a refusal. */
    refusal: (action: string, form: Parameters) => refused(call(action, form)),
    grant: (...statements: PolicyStatement[]) => addRole(cloud.owner, 'for-dms', trust(DMS), ...statements),
  };
}

/** `<status> <code>: <message>` of a refusal, without what the client puts around the message. */
export async function wordsOf(call: Promise<unknown>): Promise<string> {
  const thrown: unknown = await call.then(
    () => ({ statusCode: 200, code: 'accepted', message: '' }),
    (error: unknown) => error,
  );
  const { statusCode, code, message } = thrown as { statusCode: number; code: string; message: string };
  return `${statusCode} ${code}: ${message.replace(/^.*?code: \d+, | request id: .*$/g, '')}`;
}

/** What a failed call told its caller. */
export async function told(
  call: Promise<unknown>,
): Promise<{ code: string; message: string; action: string }> {
  const thrown: unknown = await call.then(
    () => null,
    (error: unknown) => error,
  );
  if (typeof thrown !== 'object' || thrown === null) return { code: 'accepted', message: '', action: '' };
  const { code, message, accessDeniedDetail } = thrown as {
    code?: string;
    message?: string;
    accessDeniedDetail?: { AuthAction?: string };
  };
  return { code: code ?? '', message: message ?? '', action: accessDeniedDetail?.AuthAction ?? '' };
}
