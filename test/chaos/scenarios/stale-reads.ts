import { REQUESTER } from '../../kit/accounts.ts';
import { type Built, openBuilt } from '../built.ts';
import { Dice } from '../dice.ts';
import { mostOf } from '../ended.ts';
import { scenario, type Trial, unmet } from '../scenario.ts';

interface Ask {
  readonly action: 'grant' | 'revoke';
  readonly access: 'register' | 'console';
  /** Engines, or users of a console role; empty: all (revoke). */
  readonly what: readonly string[];
  /** Ms that pass before it is sent. */
  readonly after: number;
}

interface Case {
  readonly seed: number;
  /** Sent one upon the other, or each when the reply to the one before is there. */
  readonly together: boolean;
  readonly asks: readonly Ask[];
}

const ENGINES = ['redis', 'lindorm', 'gdb', 'rds'] as const;
const USERS = ['alice', 'bob'] as const;
const STALE_MS = 60_000;

export const staleReads = scenario<Case>({
  id: 'stale-reads',
  promise: 'reads up to 60 s old after every write: no duplicate, no false `failed`, verified once visible',
  where: 'built functions',
  unit: 'histories of one to four requests',
  full: 400,
  short: 4,
  seconds: 145,
  *cases(seed, runs) {
    const dice = new Dice(seed, 'stale-reads');
    for (let run = 0; run < runs; run += 1)
      yield { seed: dice.int(1, 1e9), together: dice.chance(0.3), asks: historyOf(dice) };
  },
  attempt: through,
  tell: ({ seed, together, asks }) => [
    `world ${seed}, 20 ms latency, reads up to 60 s old${together ? '; nobody waits for a reply' : ''}`,
    ...asks.map(words),
  ],
  *smaller(one) {
    for (let left = 0; left < one.asks.length; left += 1)
      if (one.asks.length > 1) yield { ...one, asks: one.asks.filter((_, at) => at !== left) };
  },
  worst: (figure) => `a reply took ${figure.toFixed(1)} s`,
});

/** Any few requests; or what is granted, widened and taken back, so that what stood before stands again. */
function historyOf(dice: Dice): Ask[] {
  if (dice.chance(0.7)) return Array.from({ length: dice.int(1, 4) }, (_, at) => askOf(dice, at));
  const [first = '', second = ''] = dice.shuffled(ENGINES);
  const after = dice.pick([1_000, 5_000, 15_000]);
  const ask = (action: Ask['action'], ...what: string[]): Ask => ({
    action,
    access: 'register',
    what,
    after,
  });
  return [
    ask('grant', first),
    ask('grant', second),
    dice.chance(0.5) ? ask('revoke', second) : ask('revoke'),
    dice.chance(0.5) ? ask('grant', second) : ask('grant', first, second),
  ].slice(0, dice.int(3, 4));
}

function askOf(dice: Dice, at: number): Ask {
  const access = dice.chance(0.8) ? 'register' : 'console';
  const action = at > 0 && dice.chance(0.4) ? 'revoke' : 'grant';
  const ids = access === 'register' ? ENGINES : USERS;
  const what = dice.some(ids, action === 'grant' ? 1 : 0);
  return { action, access, what, after: dice.pick([1_000, 5_000, 61_000]) };
}

const words = ({ action, access, what, after }: Ask): string =>
  `${after / 1000} s later: ${action} ${access} ${what.length === 0 ? 'all' : what.join(', ')}`;

async function through({ seed, together, asks }: Case): Promise<Trial> {
  const built = await openBuilt({ weather: { seed, staleReadsMs: STALE_MS, latencyMs: 20 } });
  const wrong: string[] = [];
  const held = { register: new Set<string>(), console: new Set<string>() };
  const sent = new Map<string, number>();
  try {
    for (const [index, ask] of asks.entries()) {
      const { action, access, what, after } = ask;
      await built.clock.advance(after);
      const set = held[access];
      if (action === 'grant') for (const one of what) set.add(one);
      else for (const one of what.length === 0 ? [...set] : what) set.delete(one);
      const requestId = `stale-${index}`;
      sent.set(requestId, built.clock.now());
      built.publish({ requesterUid: REQUESTER, action, access, requestId, ...bodyOf(access, what) });
      if (together) continue;
      await built.settle();
      wrong.push(...wrongReply(built, ask, requestId), ...standing(built, access, set));
    }
    await built.settle();
    if (together) {
      for (const [index, ask] of asks.entries()) wrong.push(...wrongReply(built, ask, `stale-${index}`));
      // A message that finds the one writer busy, or fails, comes after newer ones; then less may stand than the newest says,
      // never more.
      const taken = takenOf(built);
      const reordered = mostOf(built) > 1 || taken.join() !== taken.toSorted().join();
      for (const access of ['register', 'console'] as const)
        if (!reordered && sent.size > 0) wrong.push(...standing(built, access, held[access]));
    }
    wrong.push(...unmet([built.deadLetters().length === 0, 'a dead letter'], ...single(built)));
    const times = built
      .everyReply()
      .map(({ time, data }) => Date.parse(time) - (sent.get(data.requestId) ?? 0));
    return { runs: 1, wrong, figure: Math.max(0, ...times) / 1000 };
  } finally {
    await built.close();
  }
}

/** The requests in the order in which provision was done with them. */
const takenOf = (built: Built): readonly string[] =>
  built.logs().flatMap(({ line }) => {
    const said: { event?: string; requestId?: string } = line.startsWith('{') ? JSON.parse(line) : {};
    return said.event === 'provisioned' ? (said.requestId ?? []) : [];
  });

/** What is wrong with the one reply to a request. One that was overtaken on its way says so. */
function wrongReply(built: Built, ask: Ask, requestId: string): string[] {
  const [reply, ...copies] = built.everyReply().filter(({ data }) => data.requestId === requestId);
  const status = ask.action === 'grant' ? 'verified' : 'revoked';
  const { data } = reply ?? {};
  return unmet(
    [
      data?.status === status || data?.problem?.code === 'superseded',
      `${words(ask)}: ${data?.status}, ${data?.problem?.detail}`,
    ],
    [copies.length === 0, `${words(ask)}: ${copies.length} further replies`],
  );
}

/** Nothing is there twice: a policy has one version, a requester one role of each kind. */
const single = ({ owner }: Built): [boolean, string][] =>
  [...owner.ram.policies.values()]
    .filter(({ name }) => name.startsWith('DmsCrossAccountPolicy-'))
    .map(({ name, versions }) => [versions.length === 1, `${name} has ${versions.length} versions`]);

const bodyOf = (access: Ask['access'], what: readonly string[]): object =>
  what.length === 0 ? {} : access === 'register' ? { engines: what } : { users: what };

/** What is wrong with a role that should grant exactly this: by what is attached and whom it trusts, not by its record. */
function standing({ owner }: Built, access: Ask['access'], held: ReadonlySet<string>): string[] {
  const prefix = access === 'register' ? 'dms-cross-account-' : 'dms-console-access-';
  const role = owner.ram.findRole(prefix + REQUESTER);
  const attached = role?.attachments.map(({ policyName }) => policyName).join() ?? '';
  const trust = role?.trust ?? '';
  if (access === 'console') {
    const users = USERS.filter((user) => trust.includes(`:user/${user}"`));
    return unmet(
      [attached === (held.size > 0 ? 'AliyunDMSLoginConsoleAccess' : ''), `attached is ${attached}`],
      [users.join() === [...held].sort().join(), `trusted are ${users.join()}`],
    );
  }
  const ids = [...held].filter((id) => id !== 'rds').sort();
  return unmet(
    [
      attached === (ids.length > 0 ? `DmsCrossAccountPolicy-${ids.join('-')}` : ''),
      `attached is ${attached}`,
    ],
    [trust.includes('@dms.aliyuncs.com') === held.size > 0, `the trust is ${trust}`],
  );
}
