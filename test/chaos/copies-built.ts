import { REQUESTER } from '../kit/accounts.ts';
import type { Ask } from '../property/lifecycle/model.ts';
import { type Built, openBuilt } from './built.ts';
import type { Copied, Copies } from './copies.ts';
import { type Trial, unmet } from './scenario.ts';
import { essenceOf, stateOf } from './snapshot.ts';

/** In the built functions: one writer, copies and disorder of the broker, and the replies. */
export async function copiesInBuilt({ seed, history: found, copies }: Copies): Promise<Trial> {
  const weather = { seed, latencyMs: { min: 5, max: 50 }, messages: { duplicate: 0.2, reorder: 0.2 } };
  const built = await openBuilt({ weather });
  try {
    const once = await copiesOf(built, found, 1, true);
    await built.renew();
    const inOrder = await copiesOf(built, found, copies, false);
    await built.renew();
    const atOnce = await copiesOf(built, found, copies, true);
    // A revoke that is sent again is a later revoke, and its time is written down (docs/decisions/0003).
    const later = [found.copied.action === 'revoke', false];
    return {
      runs: 1,
      figure: once.writes,
      wrong: [inOrder, atOnce].flatMap((many, index) =>
        unmet(
          [
            many.state === once.state,
            `${index === 0 ? 'in order' : 'at once'}: another end than by one copy`,
          ],
          [many.effects === once.effects, `${many.effects} took effect, ${once.effects} by one copy`],
          [
            many.stamps - once.stamps <= (later[index] ? copies - 1 : 0),
            `${many.stamps} times the record was written, ${once.stamps} by one copy`,
          ],
          [many.replies.size === 1, `the replies say ${[...many.replies].join(' | ')}`],
          [many.ids === 1, `${many.ids} ids of replies`],
        ),
      ),
    };
  } finally {
    await built.close();
  }
}

/** What copies came to. */
interface End {
  readonly state: string;
  /** The writes that took effect in their order, but for those of the record, which are counted. */
  readonly effects: string;
  readonly writes: number;
  readonly stamps: number;
  readonly replies: ReadonlySet<string>;
  readonly ids: number;
}

const STAMP = 'TagResources';

async function copiesOf(
  built: Built,
  { before, copied }: Copied,
  copies: number,
  atOnce: boolean,
): Promise<End> {
  const bodyOf = ({ action, engines }: Ask) => ({
    requesterUid: REQUESTER,
    action,
    requestId: 'copy',
    ...(engines.length === 0 ? {} : { engines }),
  });
  for (const one of before) {
    built.publish(bodyOf(one));
    await built.settle();
    await built.clock.advance(60_000);
  }
  built.forgetSoFar();
  for (let copy = 0; copy < copies; copy += 1) {
    built.publish(bodyOf(copied));
    if (!atOnce) await built.settle();
  }
  await built.settle();
  const replies = built.everyReply();
  const writes = built
    .calls('ram')
    .filter(({ kind, status }) => kind === 'write' && status === 200)
    .map(({ operation }) => operation);
  return {
    state: stateOf(built.owner),
    effects: writes.filter((operation) => operation !== STAMP).join(', '),
    writes: writes.length,
    stamps: writes.filter((operation) => operation === STAMP).length,
    replies: new Set(replies.map(essenceOf)),
    ids: new Set(replies.map(({ id }) => id)).size,
  };
}
