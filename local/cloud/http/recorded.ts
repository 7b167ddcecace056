import type { Caller } from '../caller.ts';
import { ApiError } from '../error.ts';
import { ConnectionLost } from '../weather.ts';
import type { Account, World } from '../world.ts';

/** What the journal says about a call. `caller` is null until the signature has been checked. */
export interface CallSubject {
  readonly service: string;
  readonly operation: string;
  readonly kind: 'read' | 'write';
  /** The account whose endpoint or objects the call is for. */
  readonly account: Pick<Account, 'uid'>;
  readonly caller: Caller | null;
}

/** Tells the journal who turned out to make the call, and for which account if that is another than first thought. */
export type Identify = (caller: Caller, account?: Pick<Account, 'uid'>) => void;

/**
 * Runs `effect` and writes one line into the world's journal, whether it answers or throws.
 * The recorded status is the `status` of the answer if it has a numeric one (`RestResponse`), otherwise 200;
 * of an error its own; 0 for a connection closed without an answer. What `effect` throws is thrown on.
 */
export async function recorded<T>(
  world: World,
  subject: CallSubject,
  effect: (identify: Identify) => T | Promise<T>,
): Promise<T> {
  let { caller } = subject;
  let accountId = subject.account.uid;
  const { service, operation, kind } = subject;
  const startedAt = world.clock.now();
  const begin = world.journal.tick();
  const write = (status: number, code: string | null): void => {
    const endedAt = world.clock.now();
    const end = world.journal.tick();
    world.journal.add({
      service,
      operation,
      kind,
      accountId,
      caller,
      startedAt,
      endedAt,
      begin,
      end,
      status,
      code,
    });
  };
  try {
    const answer = await effect((who, account) => {
      caller = who;
      accountId = account?.uid ?? accountId;
    });
    write(statusOf(answer), null);
    return answer;
  } catch (error) {
    if (error instanceof ApiError) write(error.status, error.code);
    else if (error instanceof ConnectionLost) write(0, 'ConnectionLost');
    else write(500, 'InternalError');
    throw error;
  }
}

function statusOf(answer: unknown): number {
  if (typeof answer !== 'object' || answer === null || !('status' in answer)) return 200;
  return typeof answer.status === 'number' ? answer.status : 200;
}
