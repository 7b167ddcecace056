import { expect, it } from 'vitest';
import { type StoredMessage, storedMessage } from '../../../../local/cloud/mns/message.ts';
import { Messages } from '../../../../local/cloud/mns/messages.ts';
import { millis } from '../../../../shared/runtime/clock.ts';

const message = (sequence: number) =>
  storedMessage(`${sequence}`, sequence, { body: `${sequence}` }, millis(0), millis(1_000_000));
const makeHandle = ({ sequence, handles }: StoredMessage): string => `${sequence}-${handles}`;

it('a queue keeps little of what came and went, and all that is there, in its order', () => {
  const messages = new Messages();
  const [lasting, held] = [message(0), message(1)];
  for (const one of [lasting, held]) messages.add(one);
  messages.hide(held, millis(500), makeHandle);
  let most = 0;
  for (let n = 2; n < 500; n += 1) {
    const passing = message(n);
    messages.add(passing);
    messages.hide(passing, millis(900), makeHandle);
    messages.remove(passing);
    messages.settle(millis(1));
    most = Math.max(most, messages.kept);
  }
  expect(most).toBeGreaterThan(190);
  expect(most).toBeLessThan(210);
  expect([messages.counts, messages.next, messages.nextShown]).toEqual([
    { active: 1, inactive: 0, delayed: 1 },
    lasting,
    500,
  ]);
  messages.settle(millis(500));
  expect([messages.counts.active, messages.first(9), messages.held(held.handle ?? '')]).toEqual([
    2,
    [lasting, held],
    undefined,
  ]);
  messages.settle(millis(1_000_000));
  expect([messages.all(), messages.next, messages.kept]).toEqual([[], undefined, expect.any(Number)]);
});
