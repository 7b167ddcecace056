import { expect, it } from 'vitest';
import { Cleanup, type Eventually } from './cleanup.ts';

const once: Eventually = (look) => look();
const twice: Eventually = (look) => look().catch(look);
const gone = (code: string) => Object.assign(new Error(code), { code });

it('takes away what was made last first', async () => {
  const order: string[] = [];
  const cleanup = new Cleanup(once);
  for (const what of ['role', 'policy', 'attachment']) cleanup.add(what, async () => order.push(what));
  await cleanup.run();
  expect(order).toEqual(['attachment', 'policy', 'role']);
});

it('goes on after a failure, and says in the end what was left behind', async () => {
  const order: string[] = [];
  const cleanup = new Cleanup(once);
  cleanup.add('role', async () => order.push('role'));
  cleanup.add('policy', async () => {
    throw gone('Throttling');
  });
  await expect(cleanup.run()).rejects.toThrow('policy was left behind');
  expect(order).toEqual(['role']);
});

it('what is gone already is no failure, in the words of either client', async () => {
  const cleanup = new Cleanup(once);
  cleanup.add('role', () => Promise.reject(gone('EntityNotExist.Role')));
  cleanup.add('queue', () => Promise.reject(Object.assign(new Error(), { name: 'MNSQueueNotExistError' })));
  await expect(cleanup.run()).resolves.toBeUndefined();
});

it('tries again while a change is not seen everywhere', async () => {
  let attempts = 0;
  const cleanup = new Cleanup(twice);
  cleanup.add('role', async () => {
    attempts += 1;
    if (attempts === 1) throw gone('DeleteConflict.Role.Policy');
  });
  await cleanup.run();
  expect(attempts).toBe(2);
});
