import { describe, expect, it } from 'vitest';
import { shortened } from '../../../shared/requests/shortened.ts';
import { sample } from '../../kit/samples.ts';
import { envelopeOf } from '../../kit/signing-keys.ts';

const topicOf = (Message: string) => ({ ...sample('topic'), Message });
/** The body of a message after its event was shortened. */
const bodyOf = (body: string): string => {
  const [text = ''] = shortened(JSON.stringify(topicOf(body)));
  return JSON.parse(text).Message;
};
const long = (length: number) => 'x'.repeat(length);
const nested = (depth: number, last: unknown): unknown =>
  depth === 0 ? last : { a: nested(depth - 1, last) };
const numbered = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, n) => [`k${n}`, n]));

describe('the body of an event that is shortened', () => {
  it.each<readonly [string, unknown, unknown]>([
    [
      'what is short as it is',
      { a: [1, 'b', null, true, { c: {} }] },
      { a: [1, 'b', null, true, { c: {} }] },
    ],
    ['texts of up to 260 characters', { a: long(260), b: [long(261)] }, { a: long(260), b: [long(260)] }],
    ['names of up to 260 characters', { [long(261)]: 1 }, { [long(260)]: 1 }],
    [
      'lists of up to 80',
      { a: Array(81).fill(1), b: Array(80).fill(2) },
      { a: Array(80).fill(1), b: Array(80).fill(2) },
    ],
    ['objects of up to 80 fields', numbered(81), numbered(80)],
    ['four levels', nested(4, 1), nested(4, 1)],
    ['of what is deeper its kind: an object', nested(4, { b: 1 }), nested(4, {})],
    ['of what is deeper its kind: a list', nested(4, [1]), nested(4, [])],
    ['levels of lists, too', [[[[[1]]]]], [[[[[]]]]]],
    ['a text', long(300), long(260)],
    ['a number', 12, 12],
    ['null', null, null],
    ['a list', ['engines', 1], ['engines', 1]],
  ])('has %s', (_what, body, short) => {
    expect(JSON.parse(bodyOf(JSON.stringify(body)))).toEqual(short);
  });

  it('has the fields of a request before others, each kind in its order', () => {
    const body = { ...numbered(80), engines: ['redis'], requesterUid: '1' };
    const keys = Object.keys(JSON.parse(bodyOf(JSON.stringify(body))));
    expect(keys).toEqual(['engines', 'requesterUid', ...Object.keys(numbered(78))]);
  });

  it('has no blanks between fields', () => {
    expect(bodyOf(`\n { "a" : 1 }${' '.repeat(900)}`)).toBe('{"a":1}');
  });

  it.each([
    ['what is no JSON', `{${long(300)}`],
    ['bytes that are no text', Buffer.from([255, 254, 253, ...Array(300).fill(200)]).toString('base64')],
  ])('is the beginning of %s', (_what, body) => {
    expect(bodyOf(body)).toBe(body.slice(0, 260));
  });

  it('is the whole of a signed one, over which its signature goes', () => {
    const body = JSON.stringify(envelopeOf(JSON.stringify({ a: long(900) })), null, 2);
    expect(bodyOf(body)).toBe(body);
  });
});

describe('an event that is shortened', () => {
  it('of a topic is all else as it was', () => {
    const event = topicOf('{ "a": 1 }');
    expect(shortened(JSON.stringify(event)).map((text) => JSON.parse(text))).toEqual([
      { ...event, Message: '{"a":1}' },
    ]);
  });

  it('of a queue is one for each message, with what identifies it', () => {
    const event = sample('queue-single');
    const { data, ...rest } = event;
    const { messageId } = Object(data);
    const of = (messageBody: unknown) => ({ ...rest, data: { messageBody, messageId, more: 'x' } });
    const texts = shortened(JSON.stringify([of('{ "a": 1 }'), of({ a: long(300) })]));
    const known = ({
      specversion,
      id,
      source,
      type,
      subject,
      time,
      aliyunpublishtime,
    }: Record<string, unknown>) => ({
      specversion,
      id,
      source,
      type,
      subject,
      time,
      aliyunpublishtime,
    });
    expect(texts.map((text) => JSON.parse(text))).toEqual([
      { ...known(rest), data: { messageBody: '{"a":1}', messageId } },
      { ...known(rest), data: { messageBody: JSON.stringify({ a: long(260) }), messageId } },
    ]);
    expect(shortened(JSON.stringify(of('{ "a": 1 }')))).toEqual(texts.slice(0, 1));
  });

  it.each(['', 'x', '{}', '[]', 'null'])('of no known trigger is none: %j', (text) => {
    expect(shortened(text)).toEqual([]);
  });
});
