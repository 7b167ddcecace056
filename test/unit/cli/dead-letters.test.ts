import { describe, expect, it } from 'vitest';
import { readLetter } from '../../../cli/dead-letters/read-letter.ts';
import { showLetter, showLetters } from '../../../cli/dead-letters/show.ts';
import { terminal } from '../../../cli/ui/terminal.ts';
import { sample } from '../../kit/samples.ts';

const PLAIN = terminal({}, { COLUMNS: '100' });

/** The record of an event that verify failed at. */
const recordOf = (
  event: unknown,
  {
    payload = '{"errorMessage":"[internal] out of luck"}',
    error = 'UnhandledInvocationError',
    condition = 'RetriesExhausted',
    timestamp = 1_795_429_433_702,
  } = {},
): string =>
  JSON.stringify({
    timestamp,
    requestContext: {
      requestId: '1-1',
      functionArn: 'acs:fc:cn-hangzhou:2000000000000002:functions/dms-handshake-verify/LATEST',
      condition,
      approximateInvokeCount: 4,
    },
    requestPayload: JSON.stringify(event),
    responseContext: { statusCode: 200, functionError: error },
    responsePayload: payload,
  });

const read = (body: string) => readLetter({ messageId: 'm-1', body });

/** An event of provision in which a message has this body, and of which nothing came out. */
function exhausted(body: string | object): object {
  const record = sample('destination-failure');
  const event = { ...sample('topic'), Message: typeof body === 'string' ? body : JSON.stringify(body) };
  return { ...record, requestPayload: JSON.stringify(event) };
}

const AT = '2026-11-23T10:23:53.702Z';
const REQUESTER = '1000000000000001';
const MESSAGE = '94F159424C3A50003041CFD51E861FD9';
const ENVELOPE = { id: 'msg_1', timestamp: '1', signature: 'v1a,c2VjcmV0' };
const LONG = 'x'.repeat(3_000);

describe('a dead letter', () => {
  it.each<
    [what: string, event: object, requestId: string | null, requesterUid: string | null, request: unknown]
  >([
    [
      'of a request that was carried out',
      sample('destination-success'),
      MESSAGE,
      REQUESTER,
      { requesterUid: REQUESTER, engines: ['redis', 'lindorm'] },
    ],
    [
      'of a request that nobody can read any more, and that was carried out',
      { ...exhausted('<xml>'), responsePayload: sample('destination-success')['responsePayload'] },
      MESSAGE,
      REQUESTER,
      '<xml>',
    ],
    [
      'of a request that provision gave up, with its own id',
      exhausted({ requestId: 'mine', requesterUid: REQUESTER }),
      'mine',
      REQUESTER,
      { requestId: 'mine', requesterUid: REQUESTER },
    ],
    [
      'of a request of which provision answered nothing',
      { ...exhausted({ requestId: 'mine' }), responsePayload: '[]' },
      'mine',
      null,
      { requestId: 'mine' },
    ],
    [
      'of a signed request: the envelope and its signature are not shown',
      exhausted({ ...ENVELOPE, payload: '{"engines":[]}' }),
      MESSAGE,
      null,
      { engines: [] },
    ],
    [
      'of a request that names itself as nobody can be called',
      exhausted({ requestId: 'a b', requesterUid: 'x' }),
      MESSAGE,
      null,
      { requestId: 'a b', requesterUid: 'x' },
    ],
    [
      'of a request whose names are no texts',
      exhausted({ requestId: 7, requesterUid: 1 }),
      MESSAGE,
      null,
      { requestId: 7, requesterUid: 1 },
    ],
    ['of a body that is no JSON', exhausted('<xml>'), MESSAGE, null, '<xml>'],
    ['of a long body that is none', exhausted(`<${LONG}`), MESSAGE, null, `<${LONG.slice(0, 1_999)}`],
    ['of nothing', exhausted('null'), MESSAGE, null, null],
    ['of an event that holds no message', { ...exhausted(''), requestPayload: '{}' }, null, null, null],
    ['of the timer', sample('timer'), null, null, null],
  ])('%s', (_what, event, requestId, requesterUid, request) => {
    expect(read(recordOf(event))).toEqual({
      ...{ id: 'm-1', at: AT, requestId, requesterUid, request },
      reason: '[internal] out of luck',
      again: { functionName: 'dms-handshake-verify', event },
    });
  });

  it.each([
    ['the thrown text', '{"errorMessage":"[internal]"}', {}, '[internal]'],
    ['the beginning of a long one', JSON.stringify({ errorMessage: LONG }), {}, LONG.slice(0, 500)],
    ['the word of Function Compute where none was thrown', 'not JSON', {}, 'UnhandledInvocationError'],
    ['its other word', '{}', { error: '' }, 'RetriesExhausted'],
    ['that there is none', '[]', { error: '', condition: '' }, 'no reason was kept'],
  ])('has as its reason %s', (_what, payload, words, reason) => {
    expect(read(recordOf(sample('timer'), { payload, ...words })).reason).toBe(reason);
  });

  it.each([
    [8.64e15, '+275760-09-13T00:00:00.000Z'],
    [-8.64e15, '-271821-04-20T00:00:00.000Z'],
    [8.64e15 + 2, null],
    [-8.64e15 - 2, null],
  ])('of the time %d is of %j', (timestamp, at) => {
    expect(read(recordOf(sample('timer'), { timestamp })).at).toBe(at);
  });

  it.each([
    ['acs:fc:r:2:functions/f', 'f'],
    ['acs:fc:r:2:functions/f/LATEST', 'f'],
    ['f', 'f'],
  ])('of the function %s is of %s', (functionArn, functionName) => {
    const record = JSON.parse(recordOf(sample('timer')));
    const context = { ...record.requestContext, functionArn };
    expect(read(JSON.stringify({ ...record, requestContext: context })).again).toMatchObject({
      functionName,
    });
  });

  it.each(['null', '5', 'no JSON'])('about %s, which is no event, cannot be sent again', (event) => {
    const record = { ...JSON.parse(recordOf({})), requestPayload: event };
    expect(read(JSON.stringify(record))).toMatchObject({ at: AT, request: null, again: null });
  });

  it.each(['hello', '{}', '[]', '', LONG])(
    'of another form (%j) says so, and cannot be sent again',
    (body) => {
      expect(read(body)).toEqual({
        ...{ id: 'm-1', at: null, requestId: null, requesterUid: null, again: null },
        reason: 'the message is no record of Function Compute: nobody here sent it',
        request: body.slice(0, 2_000),
      });
    },
  );

  it('moves no cursor and makes no line, whatever stands in it', () => {
    const evil = '\u001b[2J\u202eroot\nlost-2  2026-01-01';
    const letter = read(
      recordOf(exhausted({ reference: evil }), { payload: JSON.stringify({ errorMessage: evil }) }),
    );
    for (const shown of [showLetter(letter), showLetters([letter], 0, PLAIN)]) {
      for (const hidden of ['\u001b', '\u202e']) expect(shown).not.toContain(hidden);
      expect(shown).not.toMatch(/^lost-2/m);
      expect(shown).toContain('\\u202eroot');
    }
  });
});
