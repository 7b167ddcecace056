import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseRequest } from '../../../events/parse-request.ts';
import { deliveriesOf } from '../../../shared/requests/parse-delivery.ts';
import { sample } from '../../kit/samples.ts';

const PUBLISHED = Date.parse('2026-11-23T10:03:52.000Z');
const BODY = '{"requesterUid":"1000000000000001","engines":["redis","lindorm"]}';

const topic = (change: object) => ({ ...sample('topic'), ...change });
const queue = (change: object, data: object = {}) => {
  const event = sample('queue-single');
  return { ...event, ...change, data: { ...Object(event['data']), ...data } };
};

describe('the messages of a topic trigger', () => {
  it('one, with the broker’s time and the topic that it came over', () => {
    expect(deliveriesOf(sample('topic'))).toEqual([
      {
        body: BODY,
        messageId: '94F159424C3A50003041CFD51E861FD9',
        publishedAt: PUBLISHED,
        topic: 'dms-handshake-requests',
      },
    ]);
  });

  it.each(['', 'not JSON', BODY, Buffer.from(BODY).toString('base64'), '<a>'])(
    'with its body as it was published: %j',
    (Message) => {
      expect(deliveriesOf(topic({ Message }))).toMatchObject([{ body: Message }]);
    },
  );

  it('with a time that was written as a string', () => {
    expect(deliveriesOf(topic({ PublishTime: String(PUBLISHED) }))).toMatchObject([
      { publishedAt: PUBLISHED },
    ]);
  });
});

describe('the messages of a queue', () => {
  it('one that was parsed on the way and cannot be written down again, as a text that is no request', () => {
    const messageBody = JSON.parse(`{"a":${'['.repeat(9_000)}${']'.repeat(9_000)}}`);
    const [delivery] = deliveriesOf(queue({}, { messageBody })) ?? [];
    expect(parseRequest(delivery?.body ?? '')).toMatchObject({
      bad: expect.stringContaining('nested too deep'),
    });
  });

  it('one, with the broker’s time; no topic vouches for its sender', () => {
    expect(deliveriesOf(sample('queue-single'))).toEqual([
      {
        body: BODY,
        messageId: 'C1F0A9B2D3E44F5586A7B8C9D0E1F203',
        publishedAt: PUBLISHED + 115,
        topic: null,
      },
    ]);
  });

  it('several, in their order', () => {
    const deliveries = deliveriesOf(sample('queue-array'));
    expect(deliveries?.map(({ messageId }) => messageId)).toEqual([
      'C1F0A9B2D3E44F5586A7B8C9D0E1F203',
      'C1F0A9B2D3E44F5586A7B8C9D0E1F204',
    ]);
  });

  it('with a body that was parsed on the way', () => {
    const messageBody = { requesterUid: '1000000000000001', action: 'verify' };
    expect(deliveriesOf(queue({}, { messageBody }))).toMatchObject([{ body: JSON.stringify(messageBody) }]);
  });

  it('with the id of the event where the message has none', () => {
    expect(deliveriesOf(queue({ id: 'event-1' }, { messageId: undefined }))).toMatchObject([
      { messageId: 'event-1' },
    ]);
  });

  it.each([
    ['ISO 8601', { aliyunpublishtime: '2026-11-23T10:03:52.000Z' }],
    ['ISO 8601 with an offset', { aliyunpublishtime: '2026-11-23T18:03:52.000+08:00' }],
    [
      'ISO 8601 with an offset of digits',
      { aliyunpublishtime: '2026-11-23T18:03:52.000+0800', time: undefined },
    ],
    ['milliseconds', { aliyunpublishtime: String(PUBLISHED) }],
    [
      'the event’s time, where the broker’s is missing',
      { aliyunpublishtime: undefined, time: '2026-11-23T10:03:52Z' },
    ],
    [
      'the event’s time, where the broker’s cannot be read',
      { aliyunpublishtime: 'soon', time: '2026-11-23T10:03:52Z' },
    ],
  ])('at a time in %s', (_what, change) => {
    expect(deliveriesOf(queue(change))).toMatchObject([{ publishedAt: PUBLISHED }]);
  });

  it.each([
    { aliyunpublishtime: undefined, time: undefined },
    { aliyunpublishtime: 'soon', time: 'later' },
    { aliyunpublishtime: '0', time: undefined },
    { aliyunpublishtime: '8640000000000001', time: undefined },
    { aliyunpublishtime: 'x12', time: undefined },
    { aliyunpublishtime: '12x', time: undefined },
  ])('at no known time are none: nobody could tell which request is newer (%j)', (change) => {
    expect(deliveriesOf(queue(change))).toBeNull();
  });

  it('at the last moment that a date can hold', () => {
    const late = queue({ aliyunpublishtime: '8640000000000000' });
    expect(deliveriesOf(late)).toMatchObject([{ publishedAt: 8.64e15 }]);
  });

  it('are all refused when one has no time: the others would be lost silently', () => {
    const good = sample('queue-single');
    expect(deliveriesOf([good, queue({ aliyunpublishtime: undefined, time: undefined })])).toBeNull();
  });
});

describe('any other event', () => {
  it.each(['timer', 'http', 'destination-success', 'outcome', 'reply-verified', 'request-minimal'])(
    '%s holds no messages',
    (name) => {
      expect(deliveriesOf(sample(name))).toBeNull();
    },
  );

  const odd = JSON.parse('{ "length": { "valueOf": null, "toString": null } }');
  it.each([null, undefined, '', 'text', 42, [], {}, [null], { Message: BODY }, odd])(
    '%j holds no messages',
    (event) => {
      expect(deliveriesOf(event)).toBeNull();
    },
  );

  it('is passed over without an error', () => {
    fc.assert(
      fc.property(fc.anything({ withNullPrototype: true, maxDepth: 3 }), (event) => {
        expect(deliveriesOf(event)).toBeNull();
      }),
      { numRuns: 300 },
    );
  });
});
