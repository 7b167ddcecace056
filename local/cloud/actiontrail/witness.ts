import { randomUUID } from 'node:crypto';
import { ApiError } from '../error.ts';
import type { Call } from '../operation.ts';
import type { World } from '../world.ts';
import type { Outcome, Subject } from './event.ts';

/**
 * Runs a call and writes down in the account of `recipient` what it came to, a refusal too. `shown`: what of the answer
 * stands in the event; left out, nothing.
 */
export function witnessed<Answer extends object>(
  world: World,
  subject: Subject,
  parameters: object,
  run: () => Answer,
  shown?: (answer: Answer) => object,
): Answer {
  const write = (outcome: Outcome): void => {
    const account = world.accounts.get(subject.recipient);
    account?.trail.add(randomUUID().toUpperCase(), world.clock.now(), world.region, subject, outcome);
  };
  try {
    const answer = run();
    write(shown === undefined ? { parameters } : { parameters, answer: shown(answer) });
    return answer;
  } catch (error) {
    if (error instanceof ApiError) write({ parameters, error: { code: error.code, message: error.message } });
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
    { service: 'Ram', version: '2015-05-01', name, caller, recipient: account.uid, requestId },
    parameters,
    run,
  );
