import { wordsOf } from './code-words.ts';
import type { Failure } from './failure.ts';

/** Whether an answer says that there were too many calls: by its status, or by its code where it has another status. */
export const isThrottled = ({ status, code }: Pick<Failure, 'status' | 'code'>): boolean =>
  status === 429 || namesThrottling(code);

/** Whether a code says that there were too many calls: `Throttling.User`, `QPS Limit Exceeded`, `FlowControl`. */
const namesThrottling = (code: string): boolean =>
  /thr?ot+l|too ?many ?requests?|\bqps\b|qpslimit|flow ?(?:control|limit)|(?:rate|frequency|requests?|calls?) ?(?:over ?)?limit|rate ?exceed|over ?frequen/.test(
    wordsOf(code),
  );
