import { type DestinationEvent, destinationEventSchema } from '../../events/destination.ts';
import { jsonIn } from '../../events/json-text.ts';
import { outcomeSchema } from '../../events/outcome.ts';
import type { Letter } from '../../events/report.ts';
import { REQUEST_ID } from '../../events/request-id.ts';
import { signedSchema } from '../../events/signed.ts';
import { UID } from '../../events/uid.ts';
import * as z from '../../events/zod.ts';
import type { Received } from '../../shared/alicloud/queue.ts';
import { deliveriesOf } from '../../shared/requests/parse-delivery.ts';

/** A letter, and what has to be sent to whom to have it answered; null where nothing can be. */
export interface ReadLetter extends Letter {
  readonly again: { readonly functionName: string; readonly event: object } | null;
}

const thrown = z.object({ errorMessage: z.string() });
/** What a request says of itself, whatever else is wrong with it. */
const claims = z.partial(z.object({ requestId: z.unknown(), requesterUid: z.unknown() }));
/** Of what is no JSON so much is shown. */
const LONGEST_TEXT = 2_000;
const LONGEST_REASON = 500;

/**
 * Reads a message of the queue: Function Compute's record of the event that verify failed at, which holds that of
 * provision, which holds the message with the request. Whatever is not of that form is a letter, too, of which less is
 * known. Nothing in it is trusted: whoever may ask wrote some of it.
 */
export function readLetter({ messageId: id, body }: Pick<Received, 'messageId' | 'body'>): ReadLetter {
  const parsed = destinationEventSchema.safeParse(jsonIn(body));
  if (!parsed.success) return unknownLetter(id, body);
  const event = jsonIn(parsed.data.requestPayload);
  const asked = askedIn(event);
  return {
    id,
    at: timeOf(parsed.data.timestamp),
    requestId: asked.requestId,
    requesterUid: asked.requesterUid,
    reason: reasonOf(parsed.data),
    request: asked.request,
    again:
      typeof event === 'object' && event !== null
        ? { functionName: nameIn(parsed.data.requestContext.functionArn), event }
        : null,
  };
}

const unknownLetter = (id: string, body: string): ReadLetter => ({
  id,
  at: null,
  requestId: null,
  requesterUid: null,
  reason: 'the message is no record of Function Compute: nobody here sent it',
  request: body.slice(0, LONGEST_TEXT),
  again: null,
});

function reasonOf({ responsePayload, responseContext, requestContext }: DestinationEvent): string {
  const error = thrown.safeParse(jsonIn(responsePayload));
  const words = error.success
    ? error.data.errorMessage
    : responseContext.functionError || requestContext.condition || 'no reason was kept';
  return words.slice(0, LONGEST_REASON);
}

type Asked = Pick<Letter, 'requestId' | 'requesterUid' | 'request'>;

const NOTHING: Asked = { requestId: null, requesterUid: null, request: null };

/** What was asked for, of the event that verify got: a record of provision's; nothing for a timer's. */
function askedIn(event: unknown): Asked {
  const record = destinationEventSchema.safeParse(event);
  if (!record.success) return NOTHING;
  const [delivery] = deliveriesOf(jsonIn(record.data.requestPayload)) ?? [];
  const request = delivery === undefined ? null : requestIn(delivery.body);
  const outcomes = z.array(outcomeSchema).safeParse(jsonIn(record.data.responsePayload));
  const [outcome] = outcomes.success ? outcomes.data : [];
  if (outcome !== undefined)
    return { requestId: outcome.requestId, requesterUid: outcome.requesterUid, request };
  const claimed = claims.safeParse(request);
  return {
    requestId: matching(claimed.data?.requestId, REQUEST_ID) ?? delivery?.messageId ?? null,
    requesterUid: matching(claimed.data?.requesterUid, UID),
    request,
  };
}

const matching = (value: unknown, form: RegExp): string | null =>
  typeof value === 'string' && form.test(value) ? value : null;

function requestIn(body: string): unknown {
  const value = jsonIn(body);
  const signed = signedSchema.safeParse(value);
  const request = signed.success ? jsonIn(signed.data.payload) : value;
  return request === undefined ? body.slice(0, LONGEST_TEXT) : request;
}

const timeOf = (ms: number): string | null => (Math.abs(ms) <= 8.64e15 ? new Date(ms).toISOString() : null);

/** The name of a function, with or without a version behind it. */
const nameIn = (arn: string): string => arn.split('/')[1] ?? arn;
