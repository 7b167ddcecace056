import { expect, it, onTestFinished } from 'vitest';
import { transported, transportThrough } from '../../../shared/alicloud/transport.ts';

it('a call of an SDK is made as it is, and its answer is what comes back', async () => {
  expect(await transported(async () => 'the answer')).toBe('the answer');
});

it('a call of an SDK is led through what was given for it, and fails as it does', async () => {
  const order: string[] = [];
  onTestFinished(() => transportThrough(null));
  transportThrough(async (call) => {
    order.push('led');
    return await call();
  });
  const answer = await transported(async () => {
    order.push('made');
    return 'the answer';
  });
  expect({ answer, order }).toEqual({ answer: 'the answer', order: ['led', 'made'] });
  await expect(transported(() => Promise.reject(new Error('refused')))).rejects.toThrow('refused');
});
