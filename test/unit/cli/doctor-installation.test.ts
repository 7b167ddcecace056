import { expect, it } from 'vitest';
import { ROLE_UNKNOWN } from '../../../cli/bootstrap/subscription-steps.ts';
import { installationChecks } from '../../../cli/doctor/installation.ts';

type Found = Parameters<typeof installationChecks>[0];
const step = (operation: string, target: string, reason: string): Found['steps'][number] => ({
  operation,
  target,
  reason,
  run: async () => undefined,
});
const role = (name: string): Found['desired']['roles'][number] => ({
  name,
  why: '',
  trust: { Version: '1', Statement: [] },
  permission: { Version: '1', Statement: [] },
});

it('what bootstrap would do is a check of each thing, with bootstrap as its fix', () => {
  const found: Found = {
    desired: {
      roles: ['a', 'b', 'c', 'd'].map(role),
      topics: [{ name: 'a' }, { name: 'b' }],
      queues: [{ name: 'a' }, { name: 'b' }],
      subscriptions: ['a', 'b', 'c'].map((name) => ({ name })),
    } as unknown as Found['desired'],
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
  } as Found;
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
