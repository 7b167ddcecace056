import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type DestinationEvent, destinationEventSchema } from '../../../events/destination.ts';
import { type Outcome, outcomeSchema } from '../../../events/outcome.ts';
import { givenUp, handOver, RETRIES } from '../../../functions/provision/hand-over.ts';
import { readBlueprint } from '../../../local/host/blueprint.ts';
import { readRequesters } from '../../../shared/admission/requesters.ts';
import { outcomesOf } from '../../../shared/requests/receive-outcomes.ts';
import type { Receiving } from '../../../shared/requests/receiving.ts';
import { RetryableError } from '../../../shared/runtime/errors.ts';
import type { Invocation } from '../../../shared/runtime/handler.ts';
import { TOPICS } from '../../../shared/runtime/topics.ts';
import { OWNER, REQUESTER } from '../../kit/accounts.ts';
import { contextOf, invocationOf } from '../../kit/invocation.ts';
import { sample } from '../../kit/samples.ts';
import { envelopeOf } from '../../kit/signing-keys.ts';

const outcome = outcomeSchema.parse(sample('outcome'));
const listed = { uid: REQUESTER, name: 'r', engines: '*', access: ['register'], topics: [TOPICS.requests] };
const AT: Receiving = {
  ownerUid: OWNER,
  upkeepTopic: TOPICS.upkeep,
  ownerTopic: TOPICS.owner,
  requesters: () => readRequesters(JSON.stringify({ requesters: [listed] })),
};
const LARGE = { requesterUid: REQUESTER, engines: ['redis', 'lindorm'] };

function delivering(fill: string, attempt = 0): Invocation {
  const Message = `${fill}${JSON.stringify(LARGE)}`;
  const payload = JSON.stringify({ ...sample('topic'), Message });
  return invocationOf(contextOf('provision', 120), 60_000, { attempt, payload });
}

async function handed(invocation: Invocation, outcomes: readonly (Outcome | null)[] = [outcome]) {
  const sent: DestinationEvent[] = [];
  const returned = await handOver(outcomes, invocation, async (event) => void sent.push(event));
  return { returned, sent, read: sent.map((event) => outcomesOf(destinationEventSchema.parse(event), AT)) };
}

/** A batch of a queue, as EventBridge delivers it: requests of which none is large. */
function batchOf(count: number): Invocation {
  const [one] = [sample('queue-array')].flat();
  const message = (n: number) => ({
    messageId: `m-${n}`,
    messageBody: JSON.stringify({ ...LARGE, requestId: `r-${n}`, reference: `ticket ${n}` }),
  });
  const events = Array.from({ length: count }, (_, n) => ({ ...one, data: message(n) }));
  return { ...delivering(''), payload: JSON.stringify(events) };
}

describe('outcomes', () => {
  it('are returned where the platform’s record of them can be handed on', async () => {
    const { returned, sent } = await handed(delivering(' '.repeat(20_000)), [null, outcome]);
    expect([returned, sent]).toEqual([[outcome], []]);
  });

  it('are handed over where it cannot, in a form that verify takes', async () => {
    const { returned, read, sent } = await handed(delivering('\n'.repeat(20_000)));
    expect([returned, read]).toEqual([[], [[outcome]]]);
    expect(sent[0]?.requestContext).toMatchObject({ requestId: 'call-1', approximateInvokeCount: 1 });
  });

  it.each([
    [
      'the message is signed, which is not made shorter',
      { ...sample('topic'), Message: JSON.stringify(envelopeOf('\n'.repeat(20_000))) },
    ],
    ['the event is of no known trigger', { some: '\n'.repeat(40_000) }],
  ])('are handed over alone where %s', async (_where, event) => {
    const payload = JSON.stringify(event);
    const { sent } = await handed({ ...delivering(''), payload });
    expect(sent).toMatchObject([{ requestPayload: '', responsePayload: JSON.stringify([outcome]) }]);
  });

  it('of a batch are handed over one by one, each with its own message, and a copy not at all', async () => {
    const outcomes = Array.from({ length: 60 }, (_, n) =>
      n === 7 ? null : { ...outcome, requestId: `r-${n}` },
    );
    const { returned, read } = await handed(batchOf(60), outcomes);
    expect(returned).toEqual([]);
    expect(read).toHaveLength(59);
    expect(read[7]).toMatchObject([{ requestId: 'r-8', reference: 'ticket 8' }]);
  });
});

describe('an event at which provision fails', () => {
  const error = new RetryableError('throttled', 'RAM GetRole: Throttling (HTTP 400), after 7 attempts');

  it('is the platform’s to tell of, as long as it delivers it again or its record fits', () => {
    expect(givenUp(error, delivering('\n'.repeat(20_000), RETRIES - 1), AT)).toBeNull();
    expect(givenUp(error, delivering('', RETRIES), AT)).toBeNull();
  });

  it('has an outcome after the last delivery where the record does not fit', () => {
    expect(givenUp(error, delivering('\n'.repeat(20_000), RETRIES), AT)).toMatchObject([
      {
        result: 'failed',
        requesterUid: REQUESTER,
        problem: {
          code: 'throttled',
          detail: expect.stringContaining('after 4 deliveries: RAM GetRole: Throttling (HTTP 400)'),
        },
      },
    ]);
  });

  it('is delivered as often as the deployment says', () => {
    const { functions } = readBlueprint(readFileSync('s.yaml', 'utf8'), { OWNER_UID: OWNER });
    const provision = functions.find(({ functionName }) => functionName === 'dms-handshake-provision');
    expect(provision?.asyncInvokeConfig.maxAsyncRetryAttempts).toBe(RETRIES);
  });
});
