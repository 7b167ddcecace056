import * as z from 'zod';
import { type DestinationEvent, destinationEventSchema } from '../../events/destination.ts';
import { type Outcome, outcomeSchema } from '../../events/outcome.ts';
import { PROBLEM_CODES, type ProblemCode, problem } from '../../events/problem.ts';
import type { Requesters } from '../admission/requesters.ts';
import { thrownProblem } from '../runtime/handler.ts';
import { type LaneTopics, laneOf } from './lane.ts';
import { headOf, headOfUpkeep, outcome } from './outcome.ts';
import { spokenByOwner } from './owners-word.ts';
import { deliveriesOf } from './parse-delivery.ts';
import { isParsedRequest, parseRequestOf } from './parsed-request.ts';

const thrownSchema = z.object({ errorMessage: z.string() });

/** What is needed to tell who asked, where provision has not. */
export interface Receiving extends LaneTopics {
  readonly ownerUid: string;
  /** Read where it is needed only. */
  readonly requesters: () => Requesters;
}

/** The outcomes in a destination's event: those that provision returned, or those of an event that it failed at for good. */
export function outcomesOf(event: unknown, at: Receiving): readonly Outcome[] | null {
  const parsed = destinationEventSchema.safeParse(event);
  if (!parsed.success) return null;
  const returned = z.array(outcomeSchema).safeParse(readJson(parsed.data.responsePayload));
  return returned.success ? returned.data : exhausted(parsed.data, at);
}

/** The outcomes of an event at which provision threw on every delivery. What was asked is read from the event. */
function exhausted(event: DestinationEvent, at: Receiving): readonly Outcome[] {
  const thrown = thrownSchema.safeParse(readJson(event.responsePayload));
  const said = thrown.success ? thrownProblem(thrown.data.errorMessage) : null;
  const code: ProblemCode = PROBLEM_CODES.find((known) => known === said?.code) ?? 'internal';
  const tries = `after ${event.requestContext.approximateInvokeCount} deliveries`;
  const why = said?.detail ?? event.responseContext.functionError;
  const reason = problem(
    code,
    `provision gave up ${tries}: ${why === '' ? 'no reason was kept' : why}. Send the request again; what is half done is then completed.`,
    true,
  );
  const deliveries = deliveriesOf(readJson(event.requestPayload)) ?? [];
  return deliveries.map((delivery) => {
    const lane = laneOf(delivery.topic, at);
    if (lane === 'upkeep')
      return outcome(headOfUpkeep(delivery.messageId, delivery.messageId), 'failed', { problem: reason });
    if (lane === 'owner') return outcome(spokenByOwner(delivery).head, 'failed', { problem: reason });
    const parsed = parseRequestOf(delivery, at.ownerUid, at.requesters());
    return isParsedRequest(parsed) ? outcome(headOf(parsed), 'failed', { problem: reason }) : parsed;
  });
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
