import { outcomeSchema } from '../../../events/outcome.ts';
import { provision } from '../../../functions/provision/provision.ts';
import { ALL_ENGINES } from '../../../shared/catalogue/catalogue.ts';
import { TOPICS } from '../../../shared/runtime/topics.ts';
import { type Direct, direct, REQUESTERS, topicOf } from '../../kit/direct.ts';
import { MINUTE } from '../../kit/time.ts';
import { Dice } from '../dice.ts';
import { bodyOf, type DrawnRequest, tellWish, wishOf, without } from '../requests.ts';
import { differences, roleOf } from '../rights/differences.ts';
import { Asked, rightsOf } from '../rights/model.ts';
import { probedWrongly } from '../rights/probes.ts';
import { entrants } from '../rights/questions.ts';
import { scenario } from '../scenario.ts';

interface Case {
  readonly heal: boolean;
  /** Draws the dialect in which each engine refuses. */
  readonly dialects: number;
  readonly wishes: readonly DrawnRequest[];
}

/** Requests of one world, and after how many of them every role is looked at. */
const REQUESTS = 50;
const EACH = 10;
const FEW_ENGINES = ['redis', 'lindorm'] as const;
const STRANGER = '1000000000000099';
const [FIRST = '', ...OTHERS] = REQUESTERS;

export const leastPrivilege = scenario<Case>({
  id: 'least-privilege',
  promise:
    'any requests: what the role can do is exactly the union of the documents asked for, in whatever dialect the engines refuse the rest, and only the right principals can assume it',
  where: 'in process',
  unit: 'requests',
  full: 50_000,
  short: 150,
  seconds: 145,
  *cases(seed, runs) {
    const dice = new Dice(seed, 'least-privilege');
    for (let left = runs, world = 1; left > 0; left -= REQUESTS, world += 1) {
      // Of few engines, requesters often have the same ones, and their roles the same policy unless they may do otherwise.
      const engines = world % 2 === 0 ? FEW_ENGINES : ALL_ENGINES;
      yield {
        heal: dice.chance(0.5),
        dialects: dice.int(1, 1_000_000),
        wishes: Array.from({ length: Math.min(left, REQUESTS) }, () =>
          wishOf(dice, [FIRST, ...OTHERS], engines),
        ),
      };
    }
  },
  async attempt({ heal, dialects, wishes }) {
    const at = await direct(true, { heal }, { seed: dialects });
    const tried = await entrants(at.world, at.owner, [...REQUESTERS, STRANGER]);
    const asked = new Asked();
    const wrong: string[] = [];
    let most = 0;
    const look = (roles: Asked['roles'], after: string) => {
      for (const [access, uid] of roles) {
        const found = differences(at, access, uid, rightsOf(access, asked.holds(access, uid)), tried);
        most = Math.max(most, found.allowed);
        wrong.push(...found.wrong.map((one) => `${after}: ${one}`));
      }
    };
    for (const [index, wish] of wishes.entries()) {
      at.clock.advance(wish.after * MINUTE);
      for (const [access, uid] of asked.roles) {
        const expired = asked.expire(access, uid, at.clock.now());
        if (expired.length === 0) continue;
        await takeBack(at, access, uid, expired);
        look([[access, uid]], `${expired.join(', ')} ran out`);
      }
      const body = JSON.stringify(bodyOf(wish, at.clock.now()));
      // Some users of an account that is trusted as a whole: refused, and nothing changes.
      if (asked.isMoot(wish)) wrong.push(...(await refusedWrongly(at, body, topicOf(wish.requesterUid))));
      else {
        await send(at, body, topicOf(wish.requesterUid));
        asked.take(wish, at.clock.now());
      }
      // The role that was asked about, and now and then all of them: they share policies.
      const all = (index + 1) % EACH === 0 || index + 1 === wishes.length;
      look(all ? asked.roles : [[wish.access, wish.requesterUid]], tellWish(wish));
      if (wrong.length > 0) break;
    }
    for (const [access, uid] of asked.roles) {
      const rights = rightsOf(access, asked.holds(access, uid));
      wrong.push(...(await probedWrongly(at, roleOf(access, uid), uid, rights)));
    }
    return { runs: wishes.length, wrong, figure: most };
  },
  tell: ({ heal, dialects, wishes }) => [`HEAL=${heal}, dialects ${dialects}`, ...wishes.map(tellWish)],
  *smaller(one) {
    for (const wishes of without(one.wishes)) yield { ...one, wishes };
  },
  worst: (figure) => `${figure} rights of one role`,
});

/** What has run out is taken away by the upkeep that the sweep asks for. */
async function takeBack(
  at: Direct,
  access: DrawnRequest['access'],
  uid: string,
  expired: readonly string[],
): Promise<void> {
  const role = roleOf(access, uid);
  await send(at, JSON.stringify({ upkeep: { role, expired } }), TOPICS.upkeep);
}

/** A refusal that came out otherwise. */
async function refusedWrongly(at: Direct, body: string, topic: string): Promise<readonly string[]> {
  const publishedAt = at.clock.now();
  const delivery = { body, messageId: `m-${publishedAt}`, publishedAt, topic };
  const { result, problem, writes } = await provision(delivery, at.settings, at.provisionPorts());
  const isRefused = result === 'rejected' && problem?.code === 'invalid-request' && writes === 0;
  return isRefused ? [] : [`${body} ended ${result} with ${writes} writes`];
}

async function send(at: Direct, body: string, topic: string): Promise<void> {
  const publishedAt = at.clock.now();
  const outcome = await provision(
    { body, messageId: `m-${publishedAt}`, publishedAt, topic },
    at.settings,
    at.provisionPorts(),
  );
  const { result, problem } = outcomeSchema.parse(outcome);
  if (result === 'rejected' || result === 'failed')
    throw new Error(`${body} ended ${result}: ${problem?.detail}`);
}
