import * as z from 'zod';
import { ApiError } from '../error.ts';
import type { RestRequest, RestResponse } from '../rest.ts';
import type { Account, World } from '../world.ts';
import type { LogStore, Project } from './state.ts';

/** A request whose operation is known. */
export interface SlsCall {
  readonly world: World;
  readonly account: Account;
  readonly request: RestRequest;
  readonly requestId: string;
  /** Empty for an operation that needs none. */
  readonly project: string;
  /** Of the path; empty where that names none. */
  readonly logstore: string;
}

/** What a right is needed to, behind `acs:log:<region>:<uid>:`. */
export type Resource = (call: SlsCall) => string | readonly string[];

/** An operation of API 2020-12-30. */
export interface SlsOperation {
  readonly name: string;
  readonly kind: 'read' | 'write';
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** `/logstores/:logstore` */
  readonly path: string;
  /** Whether it needs the project in the host. */
  readonly inProject: boolean;
  /** The items of the query that tell it from another of the same method and path. */
  readonly query?: readonly string[];
  /** Headers that must be there. */
  readonly headers?: readonly string[];
  /** The RAM action, where it is not `log:<name>`. */
  readonly action?: string;
  readonly resource: Resource;
  run(call: SlsCall): RestResponse;
}

export const onProject: Resource = ({ project }) => `project/${project}`;
export const onLogStore: Resource = ({ project, logstore }) => `project/${project}/logstore/${logstore}`;

const headersOf = ({ requestId }: Pick<SlsCall, 'requestId'>) => ({ 'x-log-requestid': requestId });

export const jsonAnswer = (
  call: Pick<SlsCall, 'requestId'>,
  body: unknown,
  more: Readonly<Record<string, string>> = {},
): RestResponse => ({
  status: 200,
  headers: { 'content-type': 'application/json', ...headersOf(call), ...more },
  body: JSON.stringify(body),
});

/** The answer to what was made, changed or deleted: without a type, since a client would read JSON. */
export const nothing = (call: SlsCall): RestResponse => ({ status: 200, headers: headersOf(call), body: '' });

/** Throws `ApiError` 404 `ProjectNotExist`. */
export function projectOf({ account, project }: SlsCall): Project {
  const found = account.sls.projects.get(project);
  if (found !== undefined) return found;
  throw new ApiError(404, 'ProjectNotExist', `The Project does not exist : ${project}`);
}

/** Throws `ApiError` 404 `ProjectNotExist`, `LogStoreNotExist`. */
export function logStoreOf(call: SlsCall): LogStore {
  const found = projectOf(call).stores.get(call.logstore);
  if (found !== undefined) return found;
  throw new ApiError(404, 'LogStoreNotExist', `logstore ${call.logstore} does not exist`);
}

/** Throws `ApiError` 400 `PostBodyInvalid`. */
export function bodyOf(call: Pick<SlsCall, 'request'>): unknown {
  const body = jsonIn(call);
  if (body === null) throw new ApiError(400, 'PostBodyInvalid', 'The body of the request is no JSON object.');
  return body;
}

function jsonIn({ request }: Pick<SlsCall, 'request'>): unknown {
  try {
    return JSON.parse(request.body.toString('utf8'));
  } catch {
    return null;
  }
}

/** A member of the body, before the body is judged: what the right is asked for. */
export const named = (call: SlsCall, member: string): unknown => Reflect.get(Object(jsonIn(call)), member);

/** Throws `ApiError` 400 `ParameterInvalid`, naming each member that is wrong. */
export function checked<Input>(schema: z.ZodType<Input>, given: unknown): Input {
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new ApiError(400, 'ParameterInvalid', faults.join('; '));
}

/** The items of the query. */
export const queryOf = ({ request }: SlsCall): Readonly<Record<string, string>> =>
  Object.fromEntries(request.query);

/** Whole seconds of an instant, as this service shows most times. */
export const seconds = (at: number): number => Math.floor(at / 1000);

/** Where a page of a list begins, and how many it has at most. */
export const page = {
  offset: z.coerce.number().int().min(0).default(0),
  size: z.coerce.number().int().min(1).max(500).default(100),
};
