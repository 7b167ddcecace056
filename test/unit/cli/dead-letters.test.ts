import { describe, expect, it } from 'vitest';
import { type LetterQueue, takeLetters } from '../../../cli/dead-letters/letters.ts';
import { readLetter } from '../../../cli/dead-letters/read-letter.ts';
import { showLetter, showLetters } from '../../../cli/dead-letters/show.ts';
import { terminal } from '../../../cli/ui/terminal.ts';
import { sample } from '../../kit/samples.ts';

const PLAIN = terminal({}, { COLUMNS: '100' });

/** The record of an event that verify failed at. */
const recordOf = (event: unknown, responsePayload = '{"errorMessage":"[internal] out of luck"}'): string =>
  JSON.stringify({
    timestamp: 1_795_429_433_702,
    requestContext: {
      requestId: '1-1',
      functionArn: 'acs:fc:cn-hangzhou:2000000000000002:functions/dms-handshake-verify/LATEST',
      condition: 'RetriesExhausted',
      approximateInvokeCount: 4,
    },
    requestPayload: JSON.stringify(event),
    responseContext: { statusCode: 200, functionError: 'UnhandledInvocationError' },
    responsePayload,
  });

const read = (body: string) => readLetter({ messageId: 'm-1', body });

/** An event of provision in which a message has this body, and of which nothing came out. */
function exhausted(body: string): object {
  const record = sample('destination-failure');
  const event = { ...sample('topic'), Message: body };
  return { ...record, requestPayload: JSON.stringify(event) };
}

describe('a dead letter', () => {
  it.each([
    [
      'of a request that was carried out',
      recordOf(sample('destination-success')),
      '94F159424C3A50003041CFD51E861FD9',
      '1000000000000001',
      { requesterUid: '1000000000000001', engines: ['redis', 'lindorm'] },
    ],
    [
      'of a request that provision gave up, with its own id',
      recordOf(exhausted('{"requestId":"mine","requesterUid":"1000000000000001"}')),
      'mine',
      '1000000000000001',
      { requestId: 'mine', requesterUid: '1000000000000001' },
    ],
    [
      'of a signed request: the envelope and its signature are not shown',
      recordOf(
        exhausted(
          JSON.stringify({
            id: 'msg_1',
            timestamp: '1',
            signature: 'v1a,c2VjcmV0',
            payload: '{"engines":[]}',
          }),
        ),
      ),
      expect.any(String),
      null,
      { engines: [] },
    ],
    ['of a body that is no JSON', recordOf(exhausted('<xml>')), expect.any(String), null, '<xml>'],
    ['of the timer', recordOf(sample('timer')), null, null, null],
  ])('%s', (_what, body, requestId, requesterUid, request) => {
    expect(read(body)).toMatchObject({ requestId, requesterUid, request, reason: '[internal] out of luck' });
    expect(JSON.stringify(read(body).request)).not.toContain('c2VjcmV0');
  });

  it('without a thrown text has the word of Function Compute', () => {
    expect(read(recordOf(sample('timer'), 'not JSON'))).toMatchObject({
      reason: 'UnhandledInvocationError',
      again: { functionName: 'dms-handshake-verify' },
    });
  });

  it.each([['hello'], ['{}'], ['[]'], ['']])(
    'of another form (%j) says so, and cannot be sent again',
    (body) => {
      expect(read(body)).toMatchObject({ at: null, again: null, request: body, requestId: null });
    },
  );

  it('moves no cursor and makes no line, whatever stands in it', () => {
    const evil = '\u001b[2J\u202eroot\nlost-2  2026-01-01';
    const letter = read(
      recordOf(exhausted(JSON.stringify({ reference: evil })), JSON.stringify({ errorMessage: evil })),
    );
    for (const shown of [showLetter(letter), showLetters([letter], 0, PLAIN)]) {
      for (const hidden of ['\u001b', '\u202e']) expect(shown).not.toContain(hidden);
      expect(shown).not.toMatch(/^lost-2/m);
      expect(shown).toContain('\\u202eroot');
    }
  });
});

/** A queue that hands its letters out over and over, and writes down which were put back. */
function endless(ids: readonly string[], fails?: Error) {
  const released: string[] = [];
  let turn = 0;
  const queue: LetterQueue = {
    count: async () => ids.length,
    async receive() {
      if (fails !== undefined && turn === ids.length) throw fails;
      const messageId = ids[turn++ % ids.length] ?? '';
      return { messageId, body: '', receiptHandle: messageId };
    },
    release: async (handle) => void released.push(handle),
    hold: async (handle) => handle,
    remove: async () => undefined,
  };
  return { queue, released };
}

describe('taking letters off the queue', () => {
  it('ends when one is seen for the second time', async () => {
    const { held, more } = await takeLetters(endless(['a', 'b', 'c']).queue);
    expect([held.map(({ letter }) => letter.id), more]).toEqual([['a', 'b', 'c'], 0]);
  });

  it('ends after so many, and says how many more there are', async () => {
    const ids = Array.from({ length: 400 }, (_, index) => String(index));
    const { held, more } = await takeLetters(endless(ids).queue);
    expect([held.length, more]).toEqual([300, 100]);
    expect(
      showLetters(
        held.map(({ letter }) => letter),
        more,
        PLAIN,
      ),
    ).toContain('300 letters, and 100 more');
  });

  it('puts back what it has when the queue fails', async () => {
    const { queue, released } = endless(['a', 'b'], new Error('no'));
    await expect(takeLetters(queue)).rejects.toThrow('no');
    expect(released.sort()).toEqual(['a', 'b']);
  });
});
