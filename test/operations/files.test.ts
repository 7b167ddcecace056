import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { AT } from '../rights/at.ts';

it('the rule about dead letters is about the queue that verify writes them to', () => {
  const { Resources } = JSON.parse(readFileSync('deploy/observability/dead-letters.json', 'utf8'));
  expect(JSON.parse(Resources)[0].queue).toBe(AT.deadLetters);
});
