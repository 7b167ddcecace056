/** A question to the logs of the functions, in the language of Simple Log Service. */
export interface Query {
  readonly name: string;
  /** What it answers. */
  readonly title: string;
  /** Events of `shared/runtime/log.ts` that it reads. */
  readonly events: readonly string[];
  readonly text: string;
  /** An alert fires when it finds anything in so many minutes. Left out: it is no alert. */
  readonly alert?: { readonly minutes: number; readonly severity: 'high' | 'medium' | 'low' };
  readonly chart: 'table' | 'line';
}

/** A field of a line. The whole line is the field `message` of Function Compute's logs. */
const field = (name: string): string => `json_extract_scalar(message, '$.${name}')`;

const columns = (...names: readonly string[]): string =>
  names.map((name) => `${field(name)} as "${name}"`).join(', ');

const ABOUT = columns('event', 'requestId', 'requesterUid', 'status', 'problem', 'roleArn');
const REQUEST = `${ABOUT}, ${columns('durationMs')}`;

/** Full-text search first, so that only lines with the word are read; then the field, so that only the right ones count. */
const lines = (event: string, select: string, where = ''): string =>
  `${event} | select from_unixtime(__time__) as "at", ${select} where ${field('event')} = '${event}'${where} order by __time__ desc limit 1000`;

const isOneOf = (name: string, values: readonly string[]): string =>
  ` and ${field(name)} in (${values.map((value) => `'${value}'`).join(', ')})`;

export const QUERIES: readonly Query[] = [
  {
    name: 'request',
    title: 'One request, from the door to the reply: put its id in twice',
    events: ['answered', 'provisioned', 'replied'],
    text: `"<requestId>" | select from_unixtime(__time__) as "at", ${REQUEST}, ${columns('detail', 'traceparent')} where ${field('requestId')} = '<requestId>' order by __time__ limit 100`,
    chart: 'table',
  },
  {
    name: 'requester',
    title: 'Everything about one account A: put its UID in twice',
    events: ['answered', 'provisioned', 'replied', 'changed'],
    text: `"<requesterUid>" | select from_unixtime(__time__) as "at", ${REQUEST} where ${field('requesterUid')} = '<requesterUid>' order by __time__ desc limit 1000`,
    chart: 'table',
  },
  {
    name: 'failed-verdicts',
    title: 'Requests whose role is not what it must be, or could not be made',
    events: ['replied'],
    text: lines('replied', `${REQUEST}, ${columns('failedChecks')}`, isOneOf('status', ['failed'])),
    alert: { minutes: 5, severity: 'high' },
    chart: 'table',
  },
  {
    name: 'refused-requests',
    title: 'Requests that were refused: somebody asks for what it may not have, or is set up wrong',
    events: ['replied'],
    text: lines('replied', REQUEST, isOneOf('status', ['rejected'])),
    alert: { minutes: 15, severity: 'medium' },
    chart: 'table',
  },
  {
    name: 'refused-callers',
    title: 'Callers of the URL that did not prove who they are, or may not ask',
    events: ['answered'],
    text: lines(
      'answered',
      columns('status', 'problem', 'requesterUid', 'detail', 'traceparent'),
      isOneOf('status', ['401', '403']),
    ),
    alert: { minutes: 15, severity: 'medium' },
    chart: 'table',
  },
  {
    name: 'drift',
    title: 'Roles that are no longer what they were, found by the hourly sweep',
    events: ['changed'],
    text: lines('changed', `${ABOUT}, ${columns('failedChecks')}`),
    alert: { minutes: 60, severity: 'high' },
    chart: 'table',
  },
  {
    name: 'sweep-refused',
    title: 'Too much would have to be repaired to be drift; nothing was',
    events: ['sweep-refused'],
    text: lines('sweep-refused', columns('problem', 'detail')),
    alert: { minutes: 60, severity: 'high' },
    chart: 'table',
  },
  {
    name: 'failed-invocations',
    title: 'Events that a function gave back: four of verify in a row end as a dead letter',
    events: ['invocation-failed'],
    text: lines('invocation-failed', `functionName, ${columns('problem', 'detail', 'durationMs')}`),
    alert: { minutes: 15, severity: 'medium' },
    chart: 'table',
  },
  {
    name: 'sweeps',
    title: 'Sweeps: roles judged, failed, calls, time',
    events: ['swept'],
    text: lines('swept', columns('roles', 'failed', 'calls', 'durationMs', 'detail')),
    chart: 'table',
  },
  {
    name: 'outcomes',
    title: 'Replies by verdict and hour',
    events: ['replied'],
    text: `replied | select date_trunc('hour', __time__) as "hour", ${field('status')} as "status", count(1) as "replies" where ${field('event')} = 'replied' group by "hour", "status" order by "hour" limit 1000`,
    chart: 'line',
  },
  {
    name: 'duration',
    title: 'Time of an outcome in ms, and calls of the vendor, by function',
    events: ['provisioned', 'replied'],
    text: `* | select functionName, approx_percentile(cast(${field('durationMs')} as double), 0.5) as "median", approx_percentile(cast(${field('durationMs')} as double), 0.95) as "p95", max(cast(${field('calls')} as bigint)) as "calls" where ${field('event')} in ('provisioned', 'replied') group by functionName`,
    chart: 'table',
  },
];
