import { jsonIn, jsonText } from '../../events/json-text.ts';
import { queueEventSchema } from '../../events/queue.ts';
import { readJson } from '../../events/read-json.ts';
import { requestSchema } from '../../events/request.ts';
import { topicEventSchema } from '../../events/topic.ts';
import { openEnvelope } from '../admission/authenticate/signed-message.ts';

/** Longer than any text of a request may be, and than what a refusal quotes of one. */
const LONGEST_TEXT = 260;
/** Longer than any list of a request may be, so that one that is too long stays so. */
const LONGEST_LIST = 80;
/** Deeper than any request. What lies below is named in a refusal as `an object` or `a list` at most. */
const DEEPEST = 4;

/**
 * The event once more for each of its messages, which are shorter and read the same: blanks between fields, what no request
 * has, and the rest of what can be refused by its beginning are left out. A message that is signed stays as it is, since
 * the signature is over every character. Empty for an event of no known trigger.
 */
export function shortened(event: string): readonly string[] {
  const json = jsonIn(event);
  const topic = topicEventSchema.safeParse(json);
  if (topic.success) return [JSON.stringify({ ...topic.data, Message: shortenedBody(topic.data.Message) })];
  const queue = queueEventSchema().safeParse(json);
  if (!queue.success) return [];
  return [queue.data].flat().map(({ data, ...one }) => {
    const { messageBody, messageId } = data;
    const body = typeof messageBody === 'string' ? messageBody : jsonText(messageBody);
    return JSON.stringify({ ...one, data: { messageBody: shortenedBody(body), messageId } });
  });
}

function shortenedBody(body: string): string {
  if (openEnvelope(body).signed !== null) return body;
  const read = readJson(body);
  if ('bad' in read || read.json === undefined) return body.slice(0, LONGEST_TEXT);
  return JSON.stringify(cut(knownFirst(read.json), 0));
}

/** What a request has stands before what it has not, of which the first few are enough to refuse it. */
function knownFirst(json: unknown): unknown {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return json;
  const isKnown = (key: string) => Object.hasOwn(requestSchema.shape, key);
  const fields = Object.entries(json);
  // What comes a second time keeps its place.
  return Object.fromEntries([...fields.filter(([key]) => isKnown(key)), ...fields]);
}

function cut(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return value.slice(0, LONGEST_TEXT);
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= DEEPEST) return Array.isArray(value) ? [] : {};
  if (Array.isArray(value)) return value.slice(0, LONGEST_LIST).map((one) => cut(one, depth + 1));
  return Object.fromEntries(
    Object.entries(value)
      .slice(0, LONGEST_LIST)
      .map(([key, one]) => [key.slice(0, LONGEST_TEXT), cut(one, depth + 1)]),
  );
}
