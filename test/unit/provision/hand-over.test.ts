import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type DestinationEvent, destinationEventSchema } from '../../../events/destination.ts';
import { outcomeSchema } from '../../../events/outcome.ts';
import { givenUp, handOver, RETRIES } from '../../../functions/provision/hand-over.ts';
import { readBlueprint } from '../../../local/host/blueprint.ts';
import { readRequesters } from '../../../shared/admission/requesters.ts';
import { outcomesOf, type Receiving } from '../../../shared/requests/receive-outcomes.ts';
import { RetryableError } from '../../../shared/runtime/errors.ts';
import type { Invocation } from '../../../shared/runtime/handler.ts';
import { millis } from '../../../shared/runtime/millis.ts';
import { TOPICS } from '../../../shared/runtime/topics.ts';
import { OWNER, REQUESTER } from '../../kit/accounts.ts';
import { TestClock } from '../../kit/clock.ts';
import { sample } from '../../kit/samples.ts';

const outcome = outcomeSchema.parse(sample('outcome'));
const listed = { uid: REQUESTER, name: 'r', engines: '*', access: ['register'], topics: [TOPICS.requests] };
const AT: Receiving = {
  ownerUid: OWNER,
  upkeepTopic: TOPICS.upkeep,
  ownerTopic: TOPICS.owner,
  requesters: () => readRequesters(JSON.stringify({ requesters: [listed] })),
};
const LARGE = { requesterUid: REQUESTER, engines: ['redis'] };

function invocationOf(fill: string, attempt = 0): Invocation {
  const clock = new TestClock();
  const Message = `${fill}${JSON.stringify(LARGE)}`;
  return {
    clock,
    deadline: millis(clock.now() + 60_000),
    attempt,
    payload: JSON.stringify({ ...sample('topic'), Message }),
    context: {
      requestId: 'call-1',
      credentials: { accessKeyId: 'x', accessKeySecret: 'x', securityToken: 'x' },
      function: { name: 'dms-handshake-provision', timeout: 120 },
      region: 'cn-hangzhou',
      accountId: OWNER,
    },
  };
}

async function handed(invocation: Invocation) {
  const sent: DestinationEvent[] = [];
  const two = [outcome, { ...outcome, requestId: 'second' }];
  const returned = await handOver(two, invocation, async (event) => void sent.push(event));
  return { two, returned, sent };
}

describe('outcomes', () => {
  it('are returned where the platform’s record of them can be handed on', async () => {
    const { two, returned, sent } = await handed(invocationOf(' '.repeat(20_000)));
    expect([returned, sent]).toEqual([two, []]);
  });

  it('are handed over one by one where it cannot, in a form that verify takes', async () => {
    const { two, returned, sent } = await handed(invocationOf('\n'.repeat(20_000)));
    expect(returned).toEqual([]);
    const read = sent.map((event) => outcomesOf(destinationEventSchema.parse(event), AT));
    expect(read).toEqual(two.map((one) => [one]));
    expect(sent[0]?.requestContext).toMatchObject({ requestId: 'call-1', approximateInvokeCount: 1 });
  });
});

describe('an event at which provision fails', () => {
  const error = new RetryableError('throttled', 'RAM is busy');

  it('is the platform’s to tell of, as long as it delivers it again or its record fits', () => {
    expect(givenUp(error, invocationOf('\n'.repeat(20_000), RETRIES - 1), AT)).toBeNull();
    expect(givenUp(error, invocationOf('', RETRIES), AT)).toBeNull();
  });

  it('has an outcome after the last delivery where the record does not fit', () => {
    expect(givenUp(error, invocationOf('\n'.repeat(20_000), RETRIES), AT)).toMatchObject([
      {
        result: 'failed',
        requesterUid: REQUESTER,
        problem: { code: 'throttled', detail: expect.stringContaining('after 4 deliveries: RAM is busy') },
      },
    ]);
  });

  it('is delivered as often as the deployment says', () => {
    const { functions } = readBlueprint(readFileSync('s.yaml', 'utf8'), { OWNER_UID: OWNER });
    const provision = functions.find(({ functionName }) => functionName === 'dms-handshake-provision');
    expect(provision?.asyncInvokeConfig.maxAsyncRetryAttempts).toBe(RETRIES);
  });
});
