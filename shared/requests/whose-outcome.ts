import type { DestinationEvent } from '../../events/destination.ts';
import { jsonIn } from '../../events/json-text.ts';
import type { Outcome } from '../../events/outcome.ts';
import type { Problem } from '../../events/problem.ts';
import { parseUpkeep } from '../../events/upkeep.ts';
import { parseRoleName } from '../catalogue/names.ts';
import { admitRequest } from './admit-request.ts';
import { headBehindGate } from './approval-heads.ts';
import { denied } from './approval-refusals.ts';
import { approverOf } from './approver-of.ts';
import type { Delivery } from './delivery.ts';
import { inOwnWords } from './in-own-words.ts';
import { judgedWord } from './judged-word.ts';
import { laneOf } from './lane.ts';
import { headIn, headOf, headOfUpkeep, type RequestHead, toldTo } from './outcome.ts';
import { fitted } from './outcome-size.ts';
import { spokenByOwner } from './owners-word.ts';
import { deliveriesOf } from './parse-delivery.ts';
import { fingerprint, isParsedRequest, parseRequestOf } from './parsed-request.ts';
import type { Receiving } from './receiving.ts';
import { MISPLACED_UPKEEP } from './refusals.ts';
import { digestOf, wordsOf } from './request-digest.ts';
import { heldBack } from './too-often.ts';

/** What an event itself says about its outcome. */
interface Own {
  readonly head: RequestHead;
  /** The answer of the owner only: what the request that it is about is told. */
  readonly answered?: RequestHead;
  /** Who has signed a word of the owner. */
  readonly approvedBy?: string | null;
  /** How a no is worded, where it counts. */
  readonly denial?: Problem;
  /** Of what the owner approves. */
  readonly digest?: string;
  /** Of a request: what the owner is asked to approve. */
  readonly asked?: NonNullable<Outcome['asked']>;
  /** The refusal that the message alone calls for; null where it calls for none. */
  readonly refusal: Problem | null;
  /** Upkeep only: where the sweep is to go on. */
  readonly sweep?: { readonly after: string };
}

/**
 * Outcomes that somebody gave to verify, in the name of provision: what they say about who asked, and for what, is
 * read anew from the event. So whoever can invoke verify cannot put words into the mouth of a request, nor have an
 * answer sent to somebody else than the event proves. What belongs to none of its messages is dropped.
 */
export function whoseOutcomes(
  outcomes: readonly Outcome[],
  { requestPayload }: DestinationEvent,
  at: Receiving,
): readonly Outcome[] {
  const deliveries = deliveriesOf(jsonIn(requestPayload));
  if (deliveries === null) return outcomes.slice(0, 1).map(inOwnWords).map(ofUnknownEvent);
  const own = deliveries.map((delivery) => ownOf(delivery, at));
  return own.flatMap((one, n) => {
    const found =
      outcomes.length === own.length
        ? outcomes[n]
        : outcomes.find(({ requestId }) => requestId === one.head.requestId);
    return found === undefined ? [] : [ownedBy(found, one)];
  });
}

function ownedBy(found: Outcome, own: Own): Outcome {
  const { refusal, sweep, approvedBy = null, asked } = own;
  const { traceparent: _, sweep: __, asked: ___, breakGlass: ____, ...told } = inOwnWords(found);
  const head = headFor(told, own);
  const isRefused = told.result === 'rejected' || told.result === 'failed';
  const isHeld = told.result === 'rejected' && told.problem?.code === 'throttled';
  return fitted({
    ...told,
    ...head,
    approvedBy,
    fingerprint: isHeld ? heldBack(head.fingerprint) : head.fingerprint,
    problem: isRefused && refusal !== null ? refusal : (denialOf(told, own) ?? told.problem),
    ...(told.result === 'pending' && asked !== undefined ? { asked } : {}),
    ...(sweep === undefined ? {} : { sweep }),
  });
}

const denialOf = ({ problem }: Outcome, { denial }: Own): Problem | null =>
  problem?.code === 'not-approved' ? (denial ?? null) : null;

/** Of an answer that did nothing the owner alone is told. */
function headFor(told: Outcome, { head, answered, digest }: Own): RequestHead {
  if (answered !== undefined && told.to.every((one) => one === 'owner')) return head;
  const asker = answered ?? head;
  return digest === undefined ? asker : headBehindGate(asker, told, digest);
}

function ownOf(delivery: Delivery, at: Receiving): Own {
  const lane = laneOf(delivery.topic, at);
  if (lane === 'upkeep') return ofUpkeep(delivery);
  if (lane === 'owner') {
    const spoken = spokenByOwner(delivery);
    const { head, answer, signed } = spoken;
    const requesters = at.requesters();
    if (answer === null) return judgedWord(spoken, delivery.publishedAt, at.ownerUid, requesters);
    const approvedBy = approverOf(signed, delivery.publishedAt, requesters);
    const denial = answer.says === 'no' ? { denial: denied(answer.requestId, answer.reason) } : {};
    return { head, refusal: null, answered: answer.head, digest: answer.digest, approvedBy, ...denial };
  }
  const requesters = at.requesters();
  const parsed = parseRequestOf(delivery, at.ownerUid, requesters);
  if (!isParsedRequest(parsed)) return { head: headIn(parsed), refusal: parsed.problem };
  const admitted = admitRequest(parsed, delivery.topic, requesters);
  const words = wordsOf(parsed.request, parsed.requestId);
  const digest = digestOf(words);
  return {
    head: headOf(parsed),
    digest,
    asked: { request: { ...words }, digest },
    refusal: isParsedRequest(admitted) ? null : admitted.problem,
  };
}

/** About the role that it names, if it names one of ours. */
function ofUpkeep({ messageId, body }: Delivery): Own {
  const base = headOfUpkeep(messageId, `upkeep ${fingerprint(messageId, body)}`);
  const upkeep = parseUpkeep(body);
  if (upkeep !== null && 'sweep' in upkeep) return { head: base, refusal: null, sweep: upkeep.sweep };
  const role = upkeep !== null && 'role' in upkeep ? parseRoleName(upkeep.role) : null;
  return {
    head: role === null ? base : { ...base, ...role, ...toldTo(role.requesterUid) },
    refusal: upkeep === null ? MISPLACED_UPKEEP : null,
  };
}

/** An id that the platform or the broker made. */
const MADE_ID = /^[0-9A-Fa-f-]{8,80}$/;

/** Without a message that can be read, nothing of the request can be repeated. */
const ofUnknownEvent = ({
  requestId,
  traceparent: _,
  sweep: __,
  breakGlass: ___,
  ...found
}: Outcome): Outcome => ({
  ...found,
  requestId: MADE_ID.test(requestId) ? requestId : 'unreadable',
  reference: null,
});
