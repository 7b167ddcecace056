import './silence-debug.ts';

import * as z from '../../events/zod.ts';
import { parseAnswer } from './answers.ts';
import type { Credentials } from './credentials.ts';
import { CloudError, tellCaller } from './errors.ts';
import type { Failure } from './failure.ts';
import { ownAgent } from './own-agent.ts';
import { type Patience, persist } from './retry.ts';
import { transported } from './transport.ts';

/** A logstore and how it is reached. `endpoint`: of the local cloud, null in the real one. */
export interface Logstore {
  readonly region: string;
  readonly project: string;
  readonly logstore: string;
  readonly endpoint: string | null;
  readonly credentials: Credentials;
}

/** The most lines of one answer. */
const PAGE = 100;

const answerSchema = z.object({
  meta: z.object({ progress: z.string() }),
  data: z.array(z.looseObject({ message: z.optional(z.string()) })),
});

/** Loaded by the first call. */
const sdk = async () => (await import('@alicloud/log')).default;

/**
 * The texts of all lines that a search finds, oldest first, from `from` (with it) to `to` (without it), in ms. An answer
 * that is not complete is asked for again.
 *
 * Belief log-fields (documented): Function Compute puts a line into the field `message`, and its name into the topic as
 * `FCLogs:<name>`. Source: "Configure the logging feature". Shown wrong by: by hand: history after the first request.
 */
export async function* logMessages(
  at: Logstore,
  search: { readonly query: string; readonly from: number; readonly to: number },
  patience: Patience,
): AsyncGenerator<string> {
  const what = `Log Service GetLogsV2 of ${at.project}/${at.logstore}`;
  const times = { from: Math.floor(search.from / 1000), to: Math.ceil(search.to / 1000) };
  for (let offset = 0; ; offset += PAGE) {
    const body = { ...times, query: search.query, line: PAGE, offset, reverse: false };
    const { data } = await persist(what, patience, (timeoutMs) => page(what, at, body, timeoutMs)).catch(
      (error: unknown) => Promise.reject(tellCaller(error)),
    );
    for (const { message } of data) if (message !== undefined) yield message;
    if (data.length < PAGE) return;
  }
}

/** The client has no method for GetLogsV2, which alone says whether the answer is complete; its own go the same way. */
async function page(what: string, at: Logstore, body: object, timeout: number) {
  const { region, project, endpoint } = at;
  const host = endpoint === null ? `https://${region}.log.aliyuncs.com` : `${endpoint}/sls/${project}`;
  const client = new (await sdk())({ ...at.credentials.reveal(), endpoint: host });
  const text = Buffer.from(JSON.stringify(body));
  const path = `/logstores/${at.logstore}/logs`;
  const headers = { 'x-log-bodyrawsize': String(text.length) };
  let answer: unknown;
  try {
    // The client puts the project in front of the host; on this machine it stands in the path.
    answer = await transported(() =>
      client._request('POST', endpoint === null ? project : '', path, {}, text, headers, {
        timeout,
        agent: ownAgent(host),
        // GetLogsV2 requires `Accept-Encoding` (aliyun-openapi-meta).
        compression: true,
      }),
    );
  } catch (error) {
    throw new CloudError(failureOf(what, error));
  }
  const parsed = parseAnswer(what, answerSchema, answer);
  if (parsed.meta.progress === 'Complete') return parsed;
  throw new CloudError(failure(what, 'Incomplete', 503));
}

/** Statuses of codes: the client drops them. Source: "Error codes" of Log Service. */
const STATUS_OF: Readonly<Record<string, number>> = {
  Unauthorized: 403,
  SignatureNotMatch: 403,
  ProjectNotExist: 404,
  LogStoreNotExist: 404,
  IndexConfigNotExist: 404,
  ReadQuotaExceed: 429,
  ServerBusy: 503,
  InternalServerError: 500,
};

function failureOf(what: string, error: unknown): Failure {
  const code = error instanceof Error && 'code' in error ? String(error.code).replaceAll(/\W/g, '') : '';
  const known = error instanceof Error && error.name === `${code}Error`;
  return failure(what, code || 'Unknown', known ? (STATUS_OF[code] ?? 400) : 0);
}

const failure = (what: string, code: string, status: number): Failure => ({
  what,
  code,
  status,
  requestId: null,
  retryAfterMs: null,
  denied: null,
});
