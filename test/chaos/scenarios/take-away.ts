import { provision } from '../../../functions/provision/provision.ts';
import { NOBODY } from '../../../shared/admission/requesters.ts';
import { HandshakeError, RetryableError } from '../../../shared/runtime/errors.ts';
import { type Millis, millis } from '../../../shared/runtime/millis.ts';
import { TOPICS } from '../../../shared/runtime/topics.ts';
import { REQUESTER } from '../../kit/accounts.ts';
import { type Direct, direct, topicOf } from '../../kit/direct.ts';
import type { Hook } from '../../kit/direct-api.ts';
import { Dice } from '../dice.ts';
import { bodyOf, type DrawnRequest, tellWish, wishOf, without } from '../requests.ts';
import { Asked, rightsOf } from '../rights/model.ts';
import { scenario, unmet } from '../scenario.ts';
import { DRIFTS, type Drift, lets } from '../take-away/drift.ts';

interface Case {
  readonly access: 'register' | 'console';
  readonly by: 'requester' | 'owner';
  /** Whether the requester still stands in the file; one that does not has the owner close for it. */
  readonly listed: boolean;
  readonly grants: readonly DrawnRequest[];
  /** Tags of others on the role: as many as fit. */
  readonly tags: number;
  readonly drift: readonly Drift[];
  /** Calls after which the first deliveries of the close die. */
  readonly deaths: readonly number[];
  /** Copies of the grants that arrive when all is over. */
  readonly copies: number;
}

/** Deliveries of a close, deaths included: as many as the platform makes. */
const DELIVERIES = 4;

export const takeAway = scenario<Case>({
  id: 'take-away',
  promise:
    'whatever tags, drift, deaths and late copies a role has met: after a close by either side, DMS and the users of the requester have nothing within 4 deliveries, and nothing comes back',
  where: 'in process',
  unit: 'roles that are closed',
  full: 5_000,
  short: 40,
  *cases(seed, runs) {
    const dice = new Dice(seed, 'take-away');
    for (let run = 0; run < runs; run += 1) yield caseOf(dice);
  },
  async attempt(one) {
    const at = await direct();
    const role = `dms-${one.access === 'register' ? 'cross-account' : 'console-access'}-${REQUESTER}`;
    const sent: { readonly body: string; readonly at: Millis }[] = [];
    const asked = new Asked();
    for (const grant of one.grants) {
      at.clock.advance(grant.after * 60_000);
      const body = JSON.stringify(bodyOf(grant, at.clock.now()));
      sent.push({ body, at: at.clock.now() });
      await arrive(at, body, topicOf(REQUESTER));
      asked.expire(grant.access, REQUESTER, at.clock.now());
      if (!asked.isMoot(grant)) asked.take(grant, at.clock.now());
    }
    const { dms, people } = rightsOf(one.access, asked.holds(one.access, REQUESTER));
    const isThere = (!dms && people.length === 0) || lets(at, role).length > 0;
    for (let n = 0; n < one.tags; n += 1) await tag(at, role, `team-${n}`);
    for (const drift of one.drift) await quietly(DRIFTS[drift](at, role));
    at.clock.advance(120_000);
    const gone = one.listed ? at : { ...at, settings: { ...at.settings, requesters: NOBODY } };
    const deliveries = await close(gone, one);
    const open = lets(at, role);
    for (let n = 0; n < one.copies; n += 1)
      for (const { body, at: when } of sent) await arrive(gone, body, topicOf(REQUESTER), when);
    const again = lets(at, role);
    return {
      runs: 1,
      figure: deliveries,
      wrong: unmet(
        [isThere, 'what was granted before the close is not there'],
        [deliveries <= DELIVERIES, `${deliveries} deliveries`],
        [open.length === 0, `after the close: ${open.join('; ')}`],
        [again.length === 0, `after late copies: ${again.join('; ')}`],
      ),
    };
  },
  tell: ({ grants, tags, drift, access, by, listed, deaths, copies }) => [
    ...grants.map(tellWish),
    `${tags} tags of others, then ${drift.join(', ') || 'no drift'}`,
    `${access} is closed by the ${by}, ${listed ? 'listed' : 'not listed any more'}`,
    `deliveries die after ${deaths.join(', ') || 'no'} calls, ${copies} copies of each grant come late`,
  ],
  *smaller(one) {
    for (const grants of without(one.grants)) yield { ...one, grants };
    for (const drift of without(one.drift)) yield { ...one, drift };
    if (one.tags > 0) yield { ...one, tags: 0 };
    if (one.deaths.length > 0) yield { ...one, deaths: [] };
    if (one.copies > 0) yield { ...one, copies: 0 };
  },
  worst: (figure) => `${figure} deliveries of one close`,
});

function caseOf(dice: Dice): Case {
  const by = dice.pick<Case['by']>(['requester', 'owner']);
  const access = dice.pick<Case['access']>(['register', 'console']);
  const wanted = Array.from({ length: dice.int(0, 5) }, () => wishAbout(access, dice));
  return {
    access,
    by,
    listed: by === 'requester' || dice.chance(0.5),
    grants: wanted,
    tags: dice.pick([0, 3, 17, 20]),
    drift: dice.some(Object.keys(DRIFTS) as Drift[]),
    deaths: dice.pick([[], [], [0], [3], [7, 2], [9, 5, 4]]),
    copies: dice.int(0, 2),
  };
}

/** Most are about the role that is closed later. */
function wishAbout(access: Case['access'], dice: Dice): DrawnRequest {
  for (;;) {
    const wish = wishOf(dice, [REQUESTER]);
    if (wish.access === access || dice.chance(0.05)) return wish;
  }
}

/** Delivers a close until a delivery comes through; answers how many it took. */
async function close(at: Direct, { access, by, deaths }: Case): Promise<number> {
  const body = JSON.stringify(
    by === 'owner'
      ? { owner: { close: { requesterUid: REQUESTER, access } } }
      : { requesterUid: REQUESTER, action: 'revoke', access },
  );
  const publishedAt = at.clock.now();
  for (let delivery = 1; ; delivery += 1) {
    try {
      const topic = by === 'owner' ? TOPICS.owner : topicOf(REQUESTER);
      await provision(
        { body, messageId: 'close', publishedAt, topic },
        at.settings,
        at.provisionPorts(dyingAfter(deaths[delivery - 1])),
      );
      return delivery;
    } catch (error) {
      if (!(error instanceof HandshakeError) || delivery > DELIVERIES) throw error;
    }
  }
}

function dyingAfter(calls: number | undefined): Hook {
  let made = 0;
  return async () => {
    made += 1;
    if (calls !== undefined && made > calls) throw new RetryableError('internal', 'the function was killed');
    return undefined;
  };
}

/** Delivers a message that nobody waits for. */
async function arrive(
  at: Direct,
  body: string,
  topic: string,
  publishedAt = millis(at.clock.now()),
): Promise<void> {
  await quietly(provision({ body, messageId: 'm', publishedAt, topic }, at.settings, at.provisionPorts()));
}

const tag = (at: Direct, role: string, key: string): Promise<void> =>
  quietly(
    at.byHand('TagResources', {
      ResourceType: 'role',
      ResourceNames: JSON.stringify([role]),
      Tag: JSON.stringify([{ Key: key, Value: 'x' }]),
    }),
  );

/** Whatever comes of it: there may be no such role, or no more room. */
const quietly = (made: Promise<unknown>): Promise<void> =>
  made.then(
    () => undefined,
    () => undefined,
  );
