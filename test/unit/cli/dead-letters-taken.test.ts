import { describe, expect, it } from 'vitest';
import { type LetterQueue, takeLetters } from '../../../cli/dead-letters/letters.ts';

/** A queue that hands its letters out over and over, and writes down how long it was asked, and what was put back. */
function endless(ids: readonly string[], fails?: Error) {
  const released: [handle: string, seconds: number][] = [];
  const waits: number[] = [];
  const queue: LetterQueue = {
    count: async () => ids.length,
    async receive(seconds) {
      waits.push(seconds);
      if (fails !== undefined && waits.length > ids.length) throw fails;
      const messageId = ids[(waits.length - 1) % ids.length] ?? '';
      return { messageId, body: '', receiptHandle: `handle of ${messageId}` };
    },
    async release(handle, seconds) {
      released.push([handle, seconds]);
      if (handle === 'handle of a') throw new Error('gone');
    },
    hold: async (handle) => handle,
    remove: async () => undefined,
  };
  return { queue, released, waits };
}

const taken = async (queue: LetterQueue, wanted?: (id: string) => boolean) => {
  const { held, more } = await takeLetters(queue, wanted);
  return { held: held.map(({ letter, receiptHandle }) => [letter.id, receiptHandle]), more };
};

describe('taking letters off the queue', () => {
  it('ends when one is seen for the second time, and waits for those alone that should be there', async () => {
    const { queue, waits, released } = endless(['a', 'b', 'c']);
    const held = ['a', 'b', 'c'].map((id) => [id, `handle of ${id}`]);
    expect(await taken(queue)).toEqual({ held, more: 0 });
    expect([waits, released]).toEqual([[2, 2, 2, 0], []]);
  });

  it('ends at the one that is wanted', async () => {
    const { queue, waits } = endless(['a', 'b', 'c']);
    const { held, more } = await takeLetters(queue, (id) => id === 'b');
    expect([held.map(({ letter }) => letter.id), more]).toEqual([['a', 'b'], 1]);
    expect(waits).toEqual([2, 2]);
  });

  it('ends where there is none, or one less than was counted', async () => {
    const { queue } = endless(['a']);
    expect(await taken({ ...queue, count: async () => 0, receive: async () => null })).toEqual({
      held: [],
      more: 0,
    });
    for (const [counted, more] of [
      [2, 1],
      [0, 0],
    ] as const) {
      const left = [{ messageId: 'a', body: '', receiptHandle: 'h' }];
      const one = { ...queue, count: async () => counted, receive: async () => left.pop() ?? null };
      expect(await taken(one)).toEqual({ held: [['a', 'h']], more });
    }
  });

  it('ends after so many, and says how many more there are', async () => {
    const ids = Array.from({ length: 400 }, (_, index) => String(index));
    const { held, more } = await taken(endless(ids).queue);
    expect([held.length, more]).toEqual([300, 100]);
  });

  it('puts back what it has when the queue fails, each for after a second', async () => {
    const { queue, released } = endless(['a', 'b'], new Error('no'));
    await expect(takeLetters(queue)).rejects.toThrow('no');
    expect(released.sort()).toEqual([
      ['handle of a', 1],
      ['handle of b', 1],
    ]);
  });
});
