import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { operationsFiles } from '../../scripts/operations/index.ts';
import { AT } from '../rights/at.ts';

test.each(Object.entries(operationsFiles()))(
  '%s is what the code says (else: npm run docs)',
  (path, value) => {
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual(JSON.parse(JSON.stringify(value)));
  },
);

test('the rule about dead letters is about the queue that verify writes them to', () => {
  const { Resources } = JSON.parse(readFileSync('deploy/observability/dead-letters.json', 'utf8'));
  expect(JSON.parse(Resources)[0].queue).toBe(AT.deadLetters);
});
