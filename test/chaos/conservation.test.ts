import { expect, it } from 'vitest';
import { markOf, wasInDoubt } from './scenarios/conservation.ts';

it('a dead letter is about the message in it, whatever digits the request id of the platform has', () => {
  const letter = JSON.stringify({
    // The time in it ends in a `c`, as one of sixteen does; world 95399297 of seed 7 took that for message 0.
    requestContext: { requestId: '1-6a23f9dc-00000000-0000000000f6' },
    requestPayload: 'garbage m-246-',
  });
  expect(markOf(letter)).toBe(246);
});

it('a sender that gave up was in doubt only where the last call had no answer in time', () => {
  const said = (why: string) =>
    wasInDoubt(JSON.stringify({ errorMessage: `MNS PublishMessage to replies: ${why}, after 7 attempts` }));
  // World 118758348 of seed 20261125: the reply had gone out.
  expect(said('no answer (RequestTimeoutError)')).toBe(true);
  expect(said('no answer (ECONNRESET)')).toBe(false);
  expect(said('ServiceUnavailable (HTTP 400), request id C4FAD69E4770158A164067DE')).toBe(false);
});
