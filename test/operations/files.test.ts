import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { operationsFiles } from '../../scripts/operations/index.ts';

test.each(Object.entries(operationsFiles()))(
  '%s is what the code says (else: npm run docs)',
  (path, value) => {
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual(JSON.parse(JSON.stringify(value)));
  },
);
