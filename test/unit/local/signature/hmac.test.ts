import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { hmac } from '../../../../local/cloud/signature/hmac.ts';

const text = fc.string({ unit: 'binary', maxLength: 200, size: 'max' });

it.each(['sha1', 'sha256'] as const)(
  '%s is that of Node.js, for keys and texts of any length',
  (algorithm) => {
    fc.assert(
      fc.property(text, text, (secret, message) => {
        expect(hmac(algorithm, secret, message)).toBe(
          createHmac(algorithm, secret).update(message).digest('base64'),
        );
      }),
      { examples: [63, 64, 65].map((length) => ['k'.repeat(length), 'text']) },
    );
  },
);
