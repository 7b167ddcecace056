import { destinationEventSchema } from '../../events/destination.ts';
import { jsonIn } from '../../events/json-text.ts';
import { type Outcome, outcomeSchema } from '../../events/outcome.ts';
import * as z from '../../events/zod.ts';
import { admitRequest } from './admit-request.ts';
import { exhausted } from './exhausted.ts';
import { laneOf } from './lane.ts';
import { deliveriesOf } from './parse-delivery.ts';
import { isParsedRequest, type ParsedRequest, parseRequestOf } from './parsed-request.ts';
import type { Receiving } from './receiving.ts';
import { whoseOutcomes } from './whose-outcome.ts';

/**
 * The outcomes in a destination's event: those that provision returned, or those of an event that it failed at for
 * good.
 */
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
