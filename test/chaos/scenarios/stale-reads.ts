import { type Built, openBuilt, REQUESTER } from '../built.ts';
import { Dice } from '../dice.ts';
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
  full: 1_000,
  short: 16,
  *cases(seed, runs) {
    const dice = new Dice(seed, 'stale-reads');
    for (let run = 0; run < runs; run += 1) yield { seed: dice.int(1, 1e9), asks: historyOf(dice) };
  },
  attempt: through,
  tell: ({ seed, asks }) => [`world ${seed}, 20 ms latency, reads up to 60 s old`, ...asks.map(words)],
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

async function through({ seed, asks }: Case): Promise<Trial> {
  const built = await openBuilt({ weather: { seed, staleReadsMs: STALE_MS, latencyMs: 20 } });
  const wrong: string[] = [];
  const held = { register: new Set<string>(), console: new Set<string>() };
  let slowest = 0;
  try {
    for (const ask of asks) {
      const { action, access, what, after } = ask;
      await built.clock.advance(after);
      const set = held[access];
      if (action === 'grant') for (const one of what) set.add(one);
      else for (const one of what.length === 0 ? [...set] : what) set.delete(one);
      const started = built.clock.now();
      built.publish({ requesterUid: REQUESTER, action, access, ...bodyOf(access, what) });
      await built.settle();
      const [reply, ...copies] = built.everyReply();
      built.forgetSoFar();
      slowest = Math.max(slowest, Date.parse(reply?.time ?? '') - started);
      const status = action === 'grant' ? 'verified' : 'revoked';
      wrong.push(
        ...unmet(
          [
            reply?.data.status === status,
            `${words(ask)}: ${reply?.data.status}, ${reply?.data.problem?.detail}`,
          ],
          [copies.length === 0, `${words(ask)}: ${copies.length} further replies`],
          [built.deadLetters().length === 0, `${words(ask)}: a dead letter`],
        ),
        ...standing(built, access, set).map((one) => `${words(ask)}: ${one}`),
      );
    }
    return { runs: 1, wrong, figure: slowest / 1000 };
  } finally {
    await built.close();
  }
}

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
