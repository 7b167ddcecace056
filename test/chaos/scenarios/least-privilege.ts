import { outcomeSchema } from '../../../events/outcome.ts';
import { provision } from '../../../functions/provision/provision.ts';
import { isAllowed, mayAssume, parseTrust } from '../../../local/cloud/evaluate/index.ts';
import { TOPICS } from '../../../shared/runtime/topics.ts';
import { type Direct, direct, REQUESTERS, topicOf } from '../../kit/direct.ts';
import { MODIFYING } from '../../kit/procedure.ts';
import { MINUTE } from '../../kit/time.ts';
import { Dice } from '../dice.ts';
import { bodyOf, type DrawnRequest, INSTANCES, tellWish, wishOf, without } from '../requests.ts';
import { Asked, type Rights, rightsOf } from '../rights/model.ts';
import { probedWrongly } from '../rights/probes.ts';
import { ACTIONS, caller, type Entrant, entrants } from '../rights/questions.ts';
import { scenario, unmet } from '../scenario.ts';

interface Case {
  readonly heal: boolean;
  /** Draws the dialect in which each engine refuses. */
  readonly dialects: number;
  readonly wishes: readonly DrawnRequest[];
}

/** Requests of one world. */
const REQUESTS = 50;
const STRANGER = '1000000000000099';
const RESOURCES = ['*', 'acs:kvstore:cn-hangzhou:2000000000000002:instance/r-1'] as const;
const MODIFYING_ACTIONS = new Map(Object.values(MODIFYING));
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
    for (let left = runs; left > 0; left -= REQUESTS)
      yield {
        heal: dice.chance(0.5),
        dialects: dice.int(1, 1_000_000),
        wishes: Array.from({ length: Math.min(left, REQUESTS) }, () => wishOf(dice, [FIRST, ...OTHERS])),
      };
  },
  async attempt({ heal, dialects, wishes }) {
    const at = await direct(true, { heal }, { seed: dialects });
    const tried = await entrants(at.world, at.owner, [...REQUESTERS, STRANGER]);
    const asked = new Asked();
    const wrong: string[] = [];
    let most = 0;
    for (const wish of wishes) {
      at.clock.advance(wish.after * MINUTE);
      for (const [access, uid] of asked.roles)
        await takeBack(at, access, uid, asked.expire(access, uid, at.clock.now()));
      const body = JSON.stringify(bodyOf(wish, at.clock.now()));
      // Some users of an account that is trusted as a whole: refused, and nothing changes.
      if (asked.isMoot(wish)) {
        wrong.push(...(await refusedWrongly(at, body, topicOf(wish.requesterUid))));
        continue;
      }
      await send(at, body, topicOf(wish.requesterUid));
      asked.take(wish, at.clock.now());
      // The role that was asked about, and in the end all of them.
      const looked = wish === wishes.at(-1) ? asked.roles : [[wish.access, wish.requesterUid] as const];
      for (const [access, uid] of looked) {
        const found = differences(at, access, uid, rightsOf(access, asked.holds(access, uid)), tried);
        most = Math.max(most, found.allowed);
        wrong.push(...found.wrong.map((one) => `${tellWish(wish)}: ${one}`));
        if (wish === wishes.at(-1))
          wrong.push(
            ...(await probedWrongly(
              at,
              roleOf(access, uid),
              uid,
              rightsOf(access, asked.holds(access, uid)),
            )),
          );
      }
      if (wrong.length > 0) break;
    }
    return { runs: wishes.length, wrong, figure: most };
  },
  tell: ({ heal, dialects, wishes }) => [`HEAL=${heal}, dialects ${dialects}`, ...wishes.map(tellWish)],
  *smaller(one) {
    for (const wishes of without(one.wishes)) yield { ...one, wishes };
  },
  worst: (figure) => `${figure} rights of one role`,
});

const roleOf = (access: DrawnRequest['access'], uid: string): string =>
  `${access === 'register' ? 'dms-cross-account-' : 'dms-console-access-'}${uid}`;

/** What has run out is taken away by the upkeep that the sweep asks for. */
async function takeBack(
  at: Direct,
  access: DrawnRequest['access'],
  uid: string,
  expired: readonly string[],
): Promise<void> {
  if (expired.length === 0) return;
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

/** Where a role differs from what was asked for, found out by evaluating its policies and its trust. */
function differences(
  { world, owner }: Direct,
  access: DrawnRequest['access'],
  uid: string,
  rights: Rights,
  tried: readonly Entrant[],
): { readonly allowed: number; readonly wrong: readonly string[] } {
  const name = roleOf(access, uid);
  const role = owner.ram.findRole(name);
  if (role === undefined)
    return { allowed: 0, wrong: unmet([!rights.dms && rights.people.length === 0, `${name} is missing`]) };
  const session = caller(owner, name);
  const wrong: string[] = [];
  let allowed = 0;
  for (const [index, action] of ACTIONS.entries()) {
    for (const resource of resourcesFor(action, index + world.clock.now() / MINUTE)) {
      const can = isAllowed(world, session, { action, resource }).allowed;
      if (can) allowed += 1;
      if (can !== rights.may(action, resource))
        wrong.push(`${name} ${can ? 'may' : 'may not'} ${action} on ${resource}`);
    }
  }
  const trust = parseTrust(role.trust);
  for (const one of tried) {
    const { externalId } = one;
    const question = { world, caller: one.caller, ownerId: owner.uid, roleArn: role.arn, trust, externalId };
    const can = mayAssume(question).allowed;
    if (can !== mayEnter(one, uid, rights))
      wrong.push(`${one.name} of ${one.uid} ${can ? 'can' : 'cannot'} assume ${name}`);
  }
  return { allowed, wrong };
}

/**
 * An action that modifies is tried on instances that are asked for, on one that never is, on one of another account, and
 * on all; any other on one of two resources, another each time: no document says on what.
 */
function resourcesFor(action: string, turn: number): readonly string[] {
  const arn = MODIFYING_ACTIONS.get(action)?.replace('*', 'cn-hangzhou');
  if (arn === undefined) return [RESOURCES[turn % 2] ?? '*'];
  const instances = [...INSTANCES, 'i-9'].map((id) => arn.replace('i-1', id));
  return [...instances, arn.replace('2000000000000002', '2000000000000003'), '*'];
}

function mayEnter({ kind, uid, name }: Entrant, requesterUid: string, { dms, people }: Rights): boolean {
  if (kind === 'nobody' || uid !== requesterUid) return false;
  if (kind === 'verify') return true;
  return kind === 'dms' ? dms : people.includes('account') || people.includes(name);
}
