import { finished } from 'node:stream/promises';
import { expect, it } from 'vitest';
import { redacting } from '../../../scripts/deployment/hidden-output.ts';

/** What is shown after each part that comes in, and at the end. */
async function shown(secrets: readonly string[], ...parts: readonly (string | Buffer)[]) {
  const stream = redacting(secrets);
  const texts: string[] = [];
  stream.setEncoding('utf8').on('data', (text: string) => texts.push(text));
  for (const part of parts) {
    await new Promise((resolve) => stream.write(part, resolve));
    texts.push('|');
  }
  stream.end();
  await finished(stream);
  return texts.join('');
}

it.each<[string, string[], (string | Buffer)[], string]>([
  ['at once, without secrets', [], ['a', 'b'], 'a|b|'],
  ['at once, what begins no secret', ['plant-token-1'], ['a tok', ' b'], 'a tok| b|'],
  ['not yet, what may begin one', ['plant-token-1'], ['a plan', 'e b'], 'a |plane b|'],
  ['not at all, one in three parts', ['plant-token-1'], ['a plant', '-tok', 'en-1 b'], 'a ||[hidden] b|'],
  ['at the end, what only began one', ['plant-token-1'], ['a ', 'plant-token-'], 'a ||plant-token-'],
  [
    'none of two',
    ['plant-token-1', 'other-token-2'],
    ['plant-token-1 other-', 'token-2'],
    '[hidden] |[hidden]|',
  ],
  ['a character in two parts', [], [Buffer.from([0xc3]), Buffer.from([0xbc])], '|ü|'],
  ['a character that never ends', [], [Buffer.from([0x61, 0xc3])], 'a|\uFFFD'],
])('of what the tool writes is shown %s', async (_what, secrets, parts, texts) => {
  expect(await shown(secrets, ...parts)).toBe(texts);
});
