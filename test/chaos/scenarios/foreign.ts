import { provision } from '../../../functions/provision/provision.ts';
import type { Operation } from '../../../shared/ports.ts';
import { HandshakeError } from '../../../shared/runtime/errors.ts';
import { TOPICS } from '../../../shared/runtime/topics.ts';
import { type Direct, direct, REQUESTERS, topicOf } from '../../kit/direct.ts';
import { sweeper } from '../../kit/sweeper.ts';
import { HOUR, MINUTE } from '../../kit/time.ts';
import { Dice } from '../dice.ts';
import {
  place,
  stateOfAll,
  strangerOf,
  tellStranger,
  type UnmanagedRole,
} from '../foreign/unmanaged-roles.ts';
import { bodyOf, type DrawnRequest, tellWish, wishOf, without } from '../requests.ts';
import { scenario, unmet } from '../scenario.ts';
import { difference } from '../snapshot.ts';

/** Something that happens: a request, upkeep that somebody sent to the topic, the timer. */
type Act = { readonly wish: DrawnRequest } | { readonly upkeep: object } | { readonly sweep: true };

interface Case {
  readonly heal: boolean;
  /** How old the older strangers are: an hour, or more than the day after which a policy that nobody uses may go. */
  readonly hours: number;
  /** Granted before the strangers came. */
  readonly before: readonly DrawnRequest[];
  readonly strangers: readonly UnmanagedRole[];
  readonly acts: readonly Act[];
}
const [FIRST = '', ...OTHERS] = REQUESTERS;
const UIDS = [FIRST, ...OTHERS] as const;

export const foreign = scenario<Case>({
  id: 'foreign',
  promise: 'any world with objects of our names, or with our tag, that are not ours: 0 writes to them',
  where: 'in process',
  unit: 'worlds',
  full: 10_000,
  short: 60,
  *cases(seed, runs) {
    const dice = new Dice(seed, 'foreign');
    for (let run = 0; run < runs; run += 1) yield caseOf(dice);
  },
  async attempt({ heal, hours, before, strangers, acts }) {
    const at = await direct(true, { heal });
    for (const wish of before) await send(at, bodyOf(wish, at.clock.now()), topicOf(wish.requesterUid));
    for (const one of strangers) if (!one.young) await place(at, one);
    at.clock.advance(hours * HOUR);
    for (const one of strangers) if (one.young) await place(at, one);
    // What was there before a stranger of its name came is ours.
    const theirs = strangers.filter((one) => !isOurs(at, one));
    const found = stateOfAll(at.owner, theirs);
    const writes: string[] = [];
    const watched = watch(at, theirs, writes);
    for (const act of acts) {
      if ('wish' in act) await asked(watched, act.wish);
      else if ('upkeep' in act) await send(watched, { upkeep: act.upkeep }, TOPICS.upkeep);
      else await sweepOnce(watched);
    }
    const left = stateOfAll(at.owner, theirs);
    return {
      runs: 1,
      figure: at.writes.length,
      wrong: [...writes, ...unmet([left === found, `changed: ${difference(left, found)}`])],
    };
  },
  tell: ({ heal, hours, before, strangers, acts }) => [
    `HEAL=${heal}, after ${hours} hours`,
    ...before.map(tellWish),
    ...strangers.map(tellStranger),
    ...acts.map((act) => ('wish' in act ? tellWish(act.wish) : JSON.stringify(act))),
  ],
  *smaller(one) {
    for (const acts of without(one.acts)) yield { ...one, acts };
    for (const strangers of without(one.strangers)) yield { ...one, strangers };
    for (const before of without(one.before)) yield { ...one, before };
  },
  worst: (figure) => `${figure} writes to objects of ours in one world`,
});

function caseOf(dice: Dice): Case {
  const wishes = [
    wishOf(dice, UIDS),
    ...Array.from({ length: dice.int(0, 3) }, () => wishOf(dice, UIDS)),
  ] as const;
  const strangers = Array.from({ length: dice.int(1, 4) }, () => strangerOf(dice, wishes));
  const further = Array.from({ length: dice.int(0, 2) }, () => furtherAct(dice, strangers));
  return {
    heal: dice.chance(0.5),
    hours: dice.pick([1, 25]),
    before: Array.from({ length: dice.int(0, 2) }, () => wishOf(dice, UIDS)),
    strangers,
    acts: dice.shuffled([...wishes.map((wish) => ({ wish })), ...further]),
  };
}

function furtherAct(dice: Dice, strangers: readonly UnmanagedRole[]): Act {
  const names = strangers.map(({ name }) => name);
  const name = names[0] ?? '';
  const policy = strangers.find(({ kind }) => kind === 'policy')?.name ?? name;
  const at = '2026-11-23T10:30:00.000Z';
  return dice.pick<Act>([
    { sweep: true },
    { upkeep: { role: name, expired: ['redis'], repair: true } },
    { upkeep: { policy } },
    { upkeep: { remember: { roles: names, tags: { 'dms-verdict': `failed ${at} ownership` } } } },
    {
      upkeep: { remember: { roles: ['dms-handshake-verify'], tags: { 'dms-strangers': names.join(' ') } } },
    },
  ]);
}

async function asked(at: Direct, wish: DrawnRequest): Promise<void> {
  at.clock.advance(wish.after * MINUTE);
  await send(at, bodyOf(wish, at.clock.now()), topicOf(wish.requesterUid));
}

/** As the platform delivers: up to four times, until it ends well. */
async function send(at: Direct, body: object, topic: string): Promise<void> {
  const publishedAt = at.clock.now();
  const delivery = { body: JSON.stringify(body), messageId: `m-${publishedAt}`, publishedAt, topic };
  for (let attempt = 0; attempt < 4; attempt += 1) {
    try {
      await provision(delivery, at.settings, at.provisionPorts());
      return;
    } catch (error) {
      if (!(error instanceof HandshakeError)) throw error;
    }
  }
}

/** A sweep that was cut off by what it cannot see yet is the next timer's. */
async function sweepOnce(at: Direct): Promise<void> {
  try {
    await sweeper(at).runAndDeliver();
  } catch (error) {
    if (!(error instanceof HandshakeError)) throw error;
  }
}

const isOurs = ({ owner }: Direct, { kind, name }: UnmanagedRole): boolean => {
  const found = kind === 'role' ? owner.ram.findRole(name) : owner.ram.findPolicy('Custom', name);
  return (
    found?.tags.get('managed-by') === 'dms-handshake' &&
    /^dms(-cross-account|-console-access)-[1-9]\d+$|^DmsCrossAccountPolicy-/i.test(name)
  );
};

/** The world, with every write that provision tries told to `writes` if it is aimed at a stranger. */
const watch = (at: Direct, strangers: readonly UnmanagedRole[], writes: string[]): Direct => {
  const names = new Set(strangers.map(({ kind, name }) => `${kind} ${name.toLowerCase()}`));
  return {
    ...at,
    provisionPorts(hook) {
      const ports = at.provisionPorts(hook);
      return {
        ...ports,
        ram: {
          ...ports.ram,
          apply: (roleName, operation) => {
            for (const touched of objectsOf(roleName, operation))
              if (names.has(touched)) writes.push(`${operation.operation} touches the ${touched}`);
            return ports.ram.apply(roleName, operation);
          },
        },
      };
    },
  };
};

/** What an operation changes, or hands out. */
function objectsOf(roleName: string, { operation, target }: Operation): string[] {
  const [role, policy, its] = [roleName, target, target].map((name) => name.toLowerCase());
  if (operation === 'attach-policy') return [`role ${role}`, `policy ${policy}`];
  if (operation === 'detach-policy') return [`role ${role}`];
  return [`${operation.includes('policy') ? 'policy' : 'role'} ${its}`];
}
