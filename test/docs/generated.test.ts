import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { generatedFiles } from '../../scripts/docs/generated.ts';

describe('a generated file', () => {
  it.each(Object.entries(generatedFiles()))(
    '%s says what the code says (else: npm run docs)',
    (path, value) => {
      const text = readFileSync(path, 'utf8');
      if (typeof value === 'string') expect(text).toBe(value);
      else expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
    },
  );
});
