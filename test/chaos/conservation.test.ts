import { expect, test } from 'vitest';
import { markOf } from './scenarios/conservation.ts';

test('a dead letter is about the message in it, whatever digits the request id of the platform has', () => {
  const letter = JSON.stringify({
    // The time in it ends in a `c`, as one of sixteen does; world 95399297 of seed 7 took that for message 0.
    requestContext: { requestId: '1-6a23f9dc-00000000-0000000000f6' },
    requestPayload: 'garbage m-246-',
  });
  expect(markOf(letter)).toBe(246);
});
