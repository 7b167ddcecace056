import { expect, it } from 'vitest';
import { ROLE_UNKNOWN } from '../../../cli/bootstrap/subscription-steps.ts';
import { type Examined, installationChecks } from '../../../cli/doctor/installation.ts';

const named = (...names: readonly string[]) => names.map((name) => ({ name }));
const step = (operation: string, target: string, reason: string) => ({ operation, target, reason });

it('what bootstrap would do is a check of each thing, with bootstrap as its fix', () => {
  const found: Examined = {
    desired: {
      roles: named('a', 'b', 'c', 'd'),
      topics: named('a', 'b'),
      queues: named('a', 'b'),
      subscriptions: named('a', 'b', 'c'),
    },
    steps: [
      step('create-role', 'b', 'there is none'),
      step('attach-policy', 'b', 'it is not attached'),
      step('create-topic', 'b', 'it does not exist'),
      step('create-queue', 'b', 'it does not exist'),
      step('subscribe', 'b', 'it does not exist'),
      step('subscribe', 'c', ROLE_UNKNOWN),
    ],
    conflicts: [
      { kind: 'role', target: 'c', text: 'is of others', fix: 'rename it' },
      { kind: 'role', target: 'c', text: 'has no tag', fix: 'tag it' },
      { kind: 'subscription', target: 'a', text: 'goes elsewhere', fix: 'delete it' },
      { kind: 'subscription', target: 'e', text: 'is of nobody', fix: 'delete it' },
      { kind: 'role', target: 'f', text: 'is of nobody', fix: 'delete that' },
    ],
  };
  const told = installationChecks(found, 'bootstrap').map(({ id, status, detail, fix }) => [
    id,
    fix === null ? `${status} ${detail}` : `${status} ${detail} (${fix})`,
  ]);
  expect(Object.fromEntries(told)).toEqual({
    'role:a': 'pass as it must be',
    'role:b': 'fail create-role: there is none; attach-policy: it is not attached (bootstrap)',
    'role:c': 'fail is of others; has no tag (rename it)',
    'role:d': 'pass as it must be',
    'topic:a': 'pass as it must be',
    'topic:b': 'fail create-topic: it does not exist (bootstrap)',
    'queue:a': 'pass as it must be',
    'queue:b': 'fail create-queue: it does not exist (bootstrap)',
    'subscription:a': 'fail goes elsewhere (delete it)',
    'subscription:b': 'fail subscribe: it does not exist (bootstrap)',
    'subscription:c': `skip ${ROLE_UNKNOWN} by: bootstrap`,
    'role:f': 'fail is of nobody (delete that)',
  });
});
