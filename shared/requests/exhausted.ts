import type { DestinationEvent } from '../../events/destination.ts';
import { jsonIn } from '../../events/json-text.ts';
import type { Outcome } from '../../events/outcome.ts';
import { PROBLEM_CODES, type ProblemCode, problem } from '../../events/problem.ts';
import * as z from '../../events/zod.ts';
import { thrownProblem } from '../runtime/handler.ts';
import { laneOf } from './lane.ts';
import { headOf, headOfUpkeep, outcome } from './outcome.ts';
import { isOwnReason } from './own-words.ts';
import { spokenByOwner } from './owners-word.ts';
import { deliveriesOf } from './parse-delivery.ts';
import { isParsedRequest, parseRequestOf } from './parsed-request.ts';
import type { Receiving } from './receiving.ts';

const thrownSchema = z.object({ errorMessage: z.string() });

/** What the platform says of an event that ended without our words. Another one is not repeated. */
const PLATFORM_ERRORS = [
  'InvocationError',
  'UnhandledInvocationError',
  'HandledInvocationError',
  'InvocationTimeout',
  'InternalServerError',
  'EventAgeExceeded',
  'FunctionResourceExhausted',
] as const;

/** The outcomes of an event at which provision threw on every delivery. What was asked is read from the event. */
export function exhausted(event: DestinationEvent, at: Receiving): readonly Outcome[] {
  const thrown = thrownSchema.safeParse(jsonIn(event.responsePayload));
  const said = thrown.success ? thrownProblem(thrown.data.errorMessage) : null;
  const code: ProblemCode = PROBLEM_CODES.find((known) => known === said?.code) ?? 'internal';
  const tries = `after ${event.requestContext.approximateInvokeCount} deliveries`;
  // Whoever may invoke verify can say what provision has thrown. Only what it does throw is repeated.
  const word = PLATFORM_ERRORS.find((known) => known === event.responseContext.functionError);
  const why = said !== null && isOwnReason(said.detail) ? said.detail : (word ?? 'no reason was kept');
  const reason = problem(
    code,
    `provision gave up ${tries}: ${why}. Send the request again; what is half done is then completed.`,
    true,
  );
  const deliveries = deliveriesOf(jsonIn(event.requestPayload)) ?? [];
  return deliveries.map((delivery) => {
    const lane = laneOf(delivery.topic, at);
    if (lane === 'upkeep')
      return outcome(headOfUpkeep(delivery.messageId, delivery.messageId), 'failed', { problem: reason });
    if (lane === 'owner') return outcome(spokenByOwner(delivery).head, 'failed', { problem: reason });
    const parsed = parseRequestOf(delivery, at.ownerUid, at.requesters());
    return isParsedRequest(parsed) ? outcome(headOf(parsed), 'failed', { problem: reason }) : parsed;
  });
}
