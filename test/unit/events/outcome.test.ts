import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { outcomeSchema } from '../../../events/outcome.ts';

const sample = (): object =>
  JSON.parse(readFileSync(new URL('../../../events/samples/outcome.json', import.meta.url), 'utf8'));

// Found by the scenario fuzz, seed 7: half a surrogate in a UID made seven attempts at a call that cannot be written.
it.each(['100000000000000\ud800', '', '0', '../1', '1 ', '1'.repeat(17)])(
  'an outcome about %j, which is no UID, is none of ours',
  (requesterUid) => {
    expect(outcomeSchema.safeParse(sample()).success).toBe(true);
    expect(outcomeSchema.safeParse({ ...sample(), requesterUid }).success).toBe(false);
  },
);
