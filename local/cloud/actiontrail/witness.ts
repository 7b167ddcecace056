import { ApiError } from '../error.ts';
import type { Call } from '../operation.ts';
import type { World } from '../world.ts';
import { eventOf, type Witnessed } from './event.ts';

type Subject = Omit<Witnessed, 'time' | 'region' | 'answer' | 'error'>;

/**
 * Runs a call and writes down in the account of `recipient` what it came to, a refusal too. `shown`: what of the answer
 * stands in the event; left out, nothing.
 */
export function witnessed<Answer extends object>(
  world: World,
  subject: Subject,
  run: () => Answer,
  shown?: (answer: Answer) => object,
): Answer {
  const write = (outcome: Pick<Witnessed, 'answer' | 'error'>): void => {
    const { region, clock } = world;
    const account = world.accounts.get(subject.recipient);
    account?.trail.add(eventOf({ ...subject, ...outcome, region, time: clock.now() }));
  };
  try {
    const answer = run();
    write(shown === undefined ? {} : { answer: shown(answer) });
    return answer;
  } catch (error) {
    if (error instanceof ApiError) write({ error: { code: error.code, message: error.message } });
    throw error;
  }
}

/** A write of RAM by a client. */
export const witnessedRam = (
  { world, account, caller, requestId }: Call,
  name: string,
  parameters: object,
  run: () => object,
): object =>
  witnessed(
    world,
    { service: 'Ram', version: '2015-05-01', name, caller, recipient: account.uid, requestId, parameters },
    run,
  );
