import { ApiError } from '../../../local/cloud/error.ts';
import type { Fault, WeatherCall } from '../../../local/cloud/weather.ts';
import type { World } from '../../../local/cloud/world.ts';
import { REQUESTER } from '../../kit/accounts.ts';
import { type Built, PROVISION, VERIFY } from '../built.ts';
import { Dice } from '../dice.ts';
import { mostOf } from '../ended.ts';
import {
  type Clean,
  cleanRun,
  HISTORIES,
  type HistoryName,
  prepare,
  send,
  tellHistory,
} from '../histories.ts';
import { scenario, unmet } from '../scenario.ts';
import { difference, essenceOf, stateOf } from '../snapshot.ts';

const FAULTS = {
  'is refused for want of a right': () => ({
    at: 'before',
    error: new ApiError(403, 'NoPermission', 'You are not authorized to do this action.'),
  }),
  'answers 503': () => ({ at: 'before' }),
  'answers no more': () => ({ at: 'dropped' }),
  'is throttled': () => ({ at: 'throttled' }),
} as const satisfies Record<string, () => Pick<Fault, 'at' | 'error'>>;

type FaultName = keyof typeof FAULTS;

interface Case {
  readonly history: HistoryName;
  /** `ram CreateRole`, as one function makes it. */
  readonly call: string;
  readonly by: string;
  readonly fault: FaultName;
}

const HISTORIES_HERE = [
  'grant',
  'change',
  'revoke',
  'close',
  'console',
] as const satisfies readonly HistoryName[];
const DAY_MS = 24 * 3_600_000;

export const persistentFault = scenario<Case>({
  id: 'persistent-fault',
  promise:
    'each call failing for good: ends as `failed` or in the dead letters with the reason, and nothing is written after that; once healed, one replay converges',
  where: 'built functions',
  unit: 'calls that fail for good',
  full: Number.POSITIVE_INFINITY,
  short: 6,
  async *cases(seed, runs, bench) {
    const all: Case[] = [];
    for (const history of HISTORIES_HERE) {
      const { calls } = await cleanRun(history, await bench.built());
      const distinct = new Map(calls.map(({ name, by }) => [`${name} ${by}`, { call: name, by }]));
      for (const one of distinct.values())
        for (const fault of Object.keys(FAULTS) as FaultName[]) all.push({ history, ...one, fault });
    }
    yield* runs >= all.length ? all : new Dice(seed, 'persistent-fault').shuffled(all);
  },
  async attempt({ history, call, by, fault }, bench) {
    const built = await bench.built();
    const clean = await cleanRun(history, built);
    await prepare(history, built);
    const { world } = built;
    let struck = 0;
    world.weather.faults.push({
      ...FAULTS[fault](),
      times: Number.POSITIVE_INFINITY,
      matches: (made) => {
        const met = `${made.service} ${made.operation}` === call && roleOf(world, made) === by;
        if (met) struck += 1;
        return met;
      },
    });
    await send(history, built);
    // The probe of an engine that was taken away is refused before any weather meets it.
    if (struck === 0) return { runs: 0, wrong: [], figure: 0 };
    const wrong = wrongFailure(built, clean, call);
    const figure = mostOf(built);
    const state = stateOf(built.owner);
    // Whatever is still under way could now be done.
    world.weather.reset();
    await built.clock.advance(DAY_MS);
    if (stateOf(built.owner) !== state) wrong.push('something was written after the end');
    built.forgetSoFar();
    built.publish({ requesterUid: REQUESTER, ...HISTORIES[history].request });
    await built.settle();
    const replies = built.everyReply();
    const healed = stateOf(built.owner);
    return {
      runs: 1,
      figure,
      wrong: [
        ...wrong,
        ...unmet(
          [replies.length === 1, `${replies.length} replies after the replay`],
          [
            replies.every((reply) => essenceOf(reply) === clean.reply),
            `the reply after the replay: ${replies.map((reply) => difference(essenceOf(reply), clean.reply)).join()}`,
          ],
          [healed === clean.state, `RAM after the replay: ${difference(healed, clean.state)}`],
        ),
      ],
    };
  },
  tell: ({ history, call, by, fault }) => [
    ...tellHistory(history),
    `${call} of ${by} ${fault}`,
    'it heals, and the request is sent again',
  ],
  worst: (figure) => `${figure} deliveries of one event`,
});

const roleOf = (world: World, { accessKeyId }: WeatherCall): string => {
  const principal = world.sts.session(accessKeyId)?.principal;
  return principal?.type === 'role' ? principal.roleName : '';
};

/**
 * What is wrong with how a request ended whose call failed for good. An engine that does not answer the probe has not
 * refused it: the check is `skip` and says so, and the role is proved as far as it can be.
 */
function wrongFailure(built: Built, clean: Clean, call: string): string[] {
  const replies = built.everyReply();
  const letters = built.deadLetters();
  const [, operation = ''] = call.split(' ');
  const probe = !/^(ram|sts|mns) /.test(call);
  const ends = [...replies.map((reply) => JSON.stringify(reply.data)), ...letters];
  const [reply] = replies;
  const skipped =
    probe && reply?.data.checks.some(({ status, detail }) => status === 'skip' && detail.includes(operation));
  const writes = built.calls('ram').filter(({ kind, status }) => kind === 'write' && status === 200).length;
  return unmet(
    [ends.length === 1, `${replies.length} replies and ${letters.length} dead letters`],
    [
      skipped === true || replies.every(({ data }) => data.status === 'failed'),
      `the reply is ${replies.map((one) => essenceOf(one)).join()}`,
    ],
    [ends.every((end) => end.includes(operation)), `${operation} is not named: ${ends.join().slice(0, 300)}`],
    // One more notes what verify found.
    [writes <= clean.writes + 1, `${writes} writes took effect, ${clean.writes} in a clean run`],
    [built.host.undelivered.length === 0, 'a destination was not reached'],
    [
      [PROVISION, VERIFY].every((name) => [...built.deliveries(name).values()].every((count) => count <= 4)),
      'an event was delivered more than four times',
    ],
  );
}
