import { jsonIn } from './json-text.ts';
import { readText, withoutMark } from './text.ts';

/** `undefined`: there is no JSON. `bad`: what is wrong with its bytes, as the end of a sentence that begins `the body `. */
export type ReadJson = { readonly json: unknown } | { readonly bad: string };

/** The JSON in a body, raw or in base64, as publishers in the wild send both, with a byte order mark or without. */
export function readJson(body: string): ReadJson {
  const json = jsonIn(withoutMark(body));
  if (json !== undefined) return { json };
  const compact = withoutMark(body).replaceAll(/\s/g, '');
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(compact) || compact.length % 4 !== 0) return { json: undefined };
  const read = readText(Buffer.from(compact, 'base64'));
  if ('text' in read) return { json: jsonIn(read.text) };
  // A word that only looks like base64 says nothing about encodings.
  return compact.length < SHORTEST_REQUEST ? { json: undefined } : { bad: `in base64 ${read.bad}` };
}

/** No request is shorter in base64. */
const SHORTEST_REQUEST = 24;
