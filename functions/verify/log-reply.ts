import type { Reply } from '../../events/reply.ts';
import { traced } from '../../events/trace.ts';
import type { LogLine } from '../../shared/runtime/log.ts';

/** What a log says of a reply that was sent. */
export function said({ data, traceparent }: Reply): Omit<LogLine, 'event'> {
  const { status, requestId, requesterUid, engines, roleArn, problem, checks } = data;
  return {
    requestId,
    requesterUid,
    status,
    engines,
    roleArn,
    problem: problem?.code ?? null,
    failedChecks: checks.filter((check) => check.status === 'fail').map((check) => check.id),
    ...traced(traceparent),
  };
}
