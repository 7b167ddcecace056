import { readFile } from 'node:fs/promises';
import { deploy } from '../../../local/deploy/deploy.ts';
import { readBlueprint } from '../../../local/host/blueprint.ts';
import { REQUESTER } from '../../kit/accounts.ts';
import { type Built, PROVISION, VERIFY } from '../built.ts';
import { Dice } from '../dice.ts';
import { cleanRun, HISTORIES, type HistoryName, prepare, send, tellHistory } from '../histories.ts';
import { scenario, unmet } from '../scenario.ts';
import { difference, essenceOf, stateOf } from '../snapshot.ts';
import { virtualSocketTimeouts } from '../socket-timeouts.ts';

interface Case {
  readonly history: HistoryName;
  /** What the functions may take, in seconds, and the most that a call takes. */
  readonly provision: number;
  readonly verify: number;
  readonly latencyMs: number;
}

const NAMES = ['grant', 'change', 'revoke', 'close', 'console'] as const;
/** As `s.yaml` has them. */
const MOST = { provision: 120, verify: 180 } as const;
/** The end of an invocation that the functions keep for themselves. */
const RESERVE_MS = 1_000;

export const deadline = scenario<Case>({
  id: 'deadline',
  promise:
    'any remaining time from 0 to the maximum: no call is started past it, the platform never has to cut a run off, and the next delivery in good time repairs what is half made',
  where: 'built functions',
  unit: 'time limits',
  full: 400,
  short: 4,
  seconds: 100,
  *cases(seed, runs) {
    const dice = new Dice(seed, 'deadline');
    for (let run = 0; run < runs; run += 1) {
      const latencyMs = dice.pick([100, 400, 1_000, 3_000, 9_000]);
      // About what the calls take, so that the time runs out at every one of them; sometimes any other.
      const tight = Math.ceil((latencyMs * 6) / 1000) + 2;
      const provision = dice.int(1, dice.chance(0.8) ? Math.min(tight, MOST.provision) : MOST.provision);
      const verify = dice.int(1, dice.chance(0.8) ? Math.min(tight, MOST.verify) : MOST.verify);
      const history = NAMES[run % NAMES.length] ?? 'grant';
      // The recorder tells the two functions apart by what they may take.
      yield { history, latencyMs, provision, verify: verify === provision ? verify + 1 : verify };
    }
  },
  async attempt({ history, provision, verify, latencyMs }, bench) {
    const built = await bench.built();
    const clean = await cleanRun(history, built);
    await prepare(history, built);
    await limit(built, provision, verify);
    built.world.weather.latencyMs = { min: 0, max: latencyMs };
    const restore = virtualSocketTimeouts(built.clock);
    await send(history, built).finally(restore);
    const { late, least } = timesOf(built, { [PROVISION]: provision, [VERIFY]: verify });
    const cut = built.invocations.filter(
      ({ startedAt, endedAt, timeoutMs }) => (endedAt ?? Number.POSITIVE_INFINITY) - startedAt >= timeoutMs,
    );
    const ends = new Set(built.everyReply().map(({ id }) => id)).size + built.deadLetters().length;
    const undelivered = built.host.undelivered.length;
    built.world.weather.reset();
    await limit(built, MOST.provision, MOST.verify);
    built.forgetSoFar();
    built.publish({ requesterUid: REQUESTER, ...HISTORIES[history].request });
    await built.settle();
    const state = stateOf(built.owner);
    const said = built.everyReply().map(essenceOf);
    return {
      runs: 1,
      // The largest is the worst.
      figure: -least,
      wrong: [
        ...late,
        ...unmet(
          [cut.length === 0, `${cut.length} runs were cut off by the platform`],
          [ends >= 1, 'no reply and no dead letter'],
          [undelivered === 0, 'a destination was not reached'],
          [state === clean.state, `RAM after the next delivery: ${difference(state, clean.state)}`],
          [
            said.length === 1 && said[0] === clean.reply,
            `the reply to the next delivery: ${difference(said.join(), clean.reply)}`,
          ],
        ),
      ],
    };
  },
  tell: ({ history, provision, verify, latencyMs }) => [
    ...tellHistory(history),
    `provision may take ${provision} s, verify ${verify} s, a call takes up to ${latencyMs} ms`,
    'the request is sent again in good time',
  ],
  worst: (figure) => `a call was started ${-figure} ms before the end of its time`,
});

/** Deploys the functions again with other timeouts. */
async function limit(built: Built, provision: number, verify: number): Promise<void> {
  const { world, owner, ready } = built;
  const yaml = await readFile('s.yaml', 'utf8');
  const blueprint = readBlueprint(yaml, { OWNER_UID: owner.uid, REGION: 'cn-hangzhou' });
  const seconds = new Map([
    [PROVISION, provision],
    [VERIFY, verify],
  ]);
  const functions = blueprint.functions
    .filter(({ functionName }) => seconds.has(functionName))
    .map((spec) => ({ ...spec, timeout: seconds.get(spec.functionName) ?? spec.timeout }));
  const { calls } = world.journal;
  const before = calls.length;
  await deploy(world, owner, { ...blueprint, functions }, { root: process.cwd(), keys: ready.owner });
  calls.length = before;
}

/**
 * Calls that were started when their run had no time left, or outside of any run; and the least time that was left
 * to one, in ms.
 */
function timesOf(
  built: Built,
  seconds: Readonly<Record<string, number>>,
): { late: readonly string[]; least: number } {
  let least = Number.POSITIVE_INFINITY;
  const late = built.calls().flatMap(({ service, operation, caller, startedAt }) => {
    const role = caller?.principal.type === 'role' ? caller.principal.roleName : '';
    // Probes go under the session of the role that is proved.
    const name = role === PROVISION ? PROVISION : VERIFY;
    const runs = built.invocations.filter(
      (one) => one.timeoutMs === (seconds[name] ?? 0) * 1000 && one.startedAt <= startedAt,
    );
    // verify may run twice at a time: woken, and for the outcome.
    const run = runs.findLast(({ endedAt }) => endedAt === null || startedAt <= endedAt) ?? runs.at(-1);
    if (run === undefined) return [`${service} ${operation} was called outside of any run`];
    const left = run.startedAt + run.timeoutMs - RESERVE_MS - startedAt;
    least = Math.min(least, left);
    if (left < 0) return [`${service} ${operation} was called ${-left} ms past the end`];
    return run.endedAt !== null && startedAt > run.endedAt
      ? [`${service} ${operation} was called after its run`]
      : [];
  });
  return { late, least };
}
