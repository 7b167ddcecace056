import { type Built, PROVISION, VERIFY } from './built.ts';
import type { Clean } from './histories.ts';
import { unmet } from './scenario.ts';
import { difference, essenceOf, stateOf } from './snapshot.ts';

/** What is wrong where a request should have ended as it does in good weather. */
export function wrongEnd(built: Built, clean: Clean, mostDeliveries: number): string[] {
  const replies = built.everyReply();
  const said = new Set(replies.map((reply) => `${reply.id} ${essenceOf(reply)}`));
  const [reply] = replies;
  const state = stateOf(built.owner);
  return [
    ...unmet(
      [replies.length > 0, 'no reply came'],
      [said.size <= 1, `copies of the reply differ: ${[...said].join(' | ')}`],
      [built.deadLetters().length === 0, 'there is a dead letter'],
      [built.host.undelivered.length === 0, 'a destination was not reached'],
      [
        mostOf(built) <= mostDeliveries,
        `an event needed ${mostOf(built)} deliveries, not ${mostDeliveries} at most`,
      ],
      [state === clean.state, `RAM is not as after a clean run: ${difference(state, clean.state)}`],
    ),
    ...(reply === undefined || essenceOf(reply) === clean.reply
      ? []
      : [`the reply is not that of a clean run: ${difference(essenceOf(reply), clean.reply)}`]),
  ];
}

/** The most deliveries that one event needed. */
export const mostOf = (built: Built): number =>
  Math.max(0, ...[PROVISION, VERIFY].flatMap((name) => [...built.deliveries(name).values()]));
