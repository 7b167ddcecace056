import * as z from 'zod';
import { type DestinationEvent, destinationEventSchema } from '../../events/destination.ts';
import { jsonIn } from '../../events/json-text.ts';
import { type Outcome, outcomeSchema } from '../../events/outcome.ts';
import { PROBLEM_CODES, type ProblemCode, problem } from '../../events/problem.ts';
import { thrownProblem } from '../runtime/handler.ts';
import { admitRequest } from './admit-request.ts';
import { laneOf } from './lane.ts';
import { headOf, headOfUpkeep, outcome } from './outcome.ts';
import { isOwnReason } from './own-words.ts';
import { spokenByOwner } from './owners-word.ts';
import { deliveriesOf } from './parse-delivery.ts';
import { isParsedRequest, type ParsedRequest, parseRequestOf } from './parsed-request.ts';
import type { Receiving } from './receiving.ts';
import { whoseOutcomes } from './whose-outcome.ts';

const thrownSchema = z.object({ errorMessage: z.string() });

/** The outcomes in a destination's event: those that provision returned, or those of an event that it failed at for good. */
export function outcomesOf(event: unknown, at: Receiving): readonly Outcome[] | null {
  const parsed = destinationEventSchema.safeParse(event);
  if (!parsed.success) return null;
  const returned = z.array(outcomeSchema).safeParse(jsonIn(parsed.data.responsePayload));
  return returned.success ? whoseOutcomes(returned.data, parsed.data, at) : exhausted(parsed.data, at);
}

/** The request of an event that an outcome is about, as its sender may have it; null where it is about something else. */
export function requestBehind(
  event: unknown,
  { requestId, fingerprint }: Outcome,
  at: Receiving,
): ParsedRequest | null {
  const parsed = destinationEventSchema.safeParse(event);
  const deliveries = parsed.success ? deliveriesOf(jsonIn(parsed.data.requestPayload)) : null;
  for (const delivery of deliveries ?? []) {
    if (laneOf(delivery.topic, at) !== 'requests') continue;
    const requesters = at.requesters();
    const request = parseRequestOf(delivery, at.ownerUid, requesters);
    if (!isParsedRequest(request)) continue;
    if (request.requestId !== requestId || request.fingerprint !== fingerprint) continue;
    const admitted = admitRequest(request, delivery.topic, requesters);
    return isParsedRequest(admitted) ? admitted : null;
  }
  return null;
}

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
function exhausted(event: DestinationEvent, at: Receiving): readonly Outcome[] {
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
