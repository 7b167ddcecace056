import { describe, expect, it } from 'vitest';
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

describe('what is hidden', () => {
  const at = (ms: number, messages: Messages) => {
    messages.settle(millis(ms));
    return messages.first(9).map(({ sequence }) => sequence);
  };
  function three() {
    const messages = new Messages();
    const all = [message(0), message(1), message(2)] as const;
    for (const one of all) messages.add(one);
    return { messages, all };
  }

  it('shows when it was last told to, and is handed out one time', () => {
    const { messages, all } = three();
    for (const one of all) messages.hide(one, millis(10), makeHandle);
    for (const one of all) messages.hide(one, millis(50), makeHandle);
    expect([at(10, messages), at(49, messages), at(50, messages)]).toEqual([[], [], [0, 1, 2]]);
    for (const one of all) messages.hide(one, millis(90), makeHandle);
    for (const one of all) messages.hide(one, millis(70), makeHandle);
    expect([at(69, messages), at(70, messages), at(90, messages)]).toEqual([[], [0, 1, 2], [0, 1, 2]]);
    expect(messages.first(1)).toEqual([all[0]]);
    expect([messages.counts.active, messages.nextShown]).toEqual([3, null]);
  });

  it('does not show when it was removed', () => {
    const { messages, all } = three();
    messages.hide(all[1], millis(10), makeHandle);
    messages.remove(all[1]);
    expect([at(10, messages), messages.counts]).toEqual([[0, 2], { active: 2, inactive: 0, delayed: 0 }]);
  });

  it('counts as delayed until somebody has received it, and not when it is gone', () => {
    const { messages, all } = three();
    const [first, second, third] = all;
    for (const one of all) messages.hide(one, millis(50), makeHandle);
    expect(messages.counts).toEqual({ active: 0, inactive: 0, delayed: 3 });
    messages.hide(first, millis(60), makeHandle);
    expect(messages.counts).toEqual({ active: 0, inactive: 0, delayed: 3 });
    messages.remove(second);
    expect(messages.counts).toEqual({ active: 0, inactive: 0, delayed: 2 });
    messages.settle(millis(50));
    expect(messages.counts).toEqual({ active: 1, inactive: 0, delayed: 1 });
    third.dequeueCount = 1;
    messages.hide(third, millis(90), makeHandle);
    expect(messages.counts).toEqual({ active: 0, inactive: 1, delayed: 1 });
    messages.remove(third);
    expect(messages.counts).toEqual({ active: 0, inactive: 0, delayed: 1 });
  });
});

it('what ends first is forgotten first, whatever came first', () => {
  const messages = new Messages();
  const ending = (sequence: number, end: number) =>
    storedMessage('', sequence, { body: 'x' }, millis(0), millis(end));
  for (const [sequence, end] of [30, 10, 20].entries()) messages.add(ending(sequence, end));
  const left = (ms: number) => {
    messages.settle(millis(ms));
    return messages.all().map(({ sequence }) => sequence);
  };
  expect([left(9), left(10), left(20), left(30)]).toEqual([[0, 1, 2], [0, 2], [0], []]);
});
