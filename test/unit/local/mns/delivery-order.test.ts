import { expect, it } from 'vitest';
import { seededDeliveryOrder } from '../../../../local/cloud/mns/index.ts';
import { mns } from './mns.ts';

it('disorder draws the same from its seed, whoever runs it, and whenever', () => {
  const drawn = seededDeliveryOrder({ seed: 7, duplicates: 0.5, reordered: 0.5 });
  const eight = Array.from({ length: 8 }, (_, n) => n);
  expect(eight.map(() => drawn.copies())).toEqual([2, 2, 1, 1, 1, 2, 2, 2]);
  expect(eight.map(() => drawn.pick(9))).toEqual([0, 0, 1, 0, 0, 3, 4, 8]);
  expect(Math.floor(drawn.chance() * 1000)).toBe(247);
});

it('a queue hands out the message that disorder picks', () => {
  const { owner } = mns();
  const queue = owner.mns.addQueue('q');
  expect(queue.untilVisible).toBe(Infinity);
  for (const body of ['a', 'b', 'c', 'd']) queue.send({ body });
  owner.mns.disorder = { copies: () => 1, pick: () => 2, chance: () => 0 };
  expect(queue.receive(1).map(({ body, handle }) => [body, handle])).toEqual([
    ['c', '8-My0xLTE3OTU0MjgwMzAwMDA='],
  ]);
  expect(queue.receive(1).map(({ body }) => body)).toEqual(['d']);
});
