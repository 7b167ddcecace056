import { publishedQuotas } from '../../../local/cloud/weather.ts';
import { type Crowd, crowdOf, halves, openCrowd, publishAll, tellCrowd } from '../crowd.ts';
import { Dice } from '../dice.ts';
import { scenario, unmet } from '../scenario.ts';

/** How long the platform tries an event for that finds the one writer busy. */
const MOST_TIME_MS = 5 * 3_600_000;
const MOST_REJECTED = 0.05;
/** As `openCrowd` has it. */
const LATENCY_MS = 20;
/** One writer, one request after the other, each: read, write what it needs, attach, detach, read again. */
const ROUND_TRIPS = 5;

export const quotas = scenario<Crowd>({
  id: 'quotas',
  promise: `under the published rates at 20 ms latency, with one writer whom the platform does not queue for: every request is done within its 5 hours, and at most ${MOST_REJECTED * 100}% of calls rejected`,
  where: 'built functions',
  unit: 'requests',
  full: 1_000,
  short: 12,
  seconds: 50,
  *cases(seed, runs) {
    yield crowdOf(new Dice(seed, 'quotas'), runs);
  },
  async attempt(crowd) {
    const all = crowd.asks.length;
    const run = await through(crowd);
    const floor = Math.max(
      all * ROUND_TRIPS * LATENCY_MS,
      ...publishedQuotas.map((_, at) => floorOf(at, run.made)),
    );
    const share = run.rejected / run.calls;
    return {
      runs: all,
      figure: run.ms / floor,
      note: `${run.ms / 1000} s; floor ${floor / 1000} s; ${(share * 100).toFixed(1)}% rejected`,
      wrong: unmet(
        [run.verified === all, `${run.verified} of ${all} are done`],
        [run.ms <= MOST_TIME_MS, `it took ${run.ms / 1000} s; the floor is ${floor / 1000} s`],
        [share <= MOST_REJECTED, `${(share * 100).toFixed(1)}% of ${run.calls} calls were rejected`],
      ),
    };
  },
  tell: (crowd) => [...tellCrowd(crowd), 'the published rates hold'],
  smaller: halves,
  worst: (figure) => `${figure.toFixed(3)} times the floor`,
});

/**
 * How long the rate of a quota alone makes it take, in ms: each operation has a bucket of its own that holds a second's
 * worth at the start.
 */
function floorOf(at: number, made: ReadonlyMap<string, number>): number {
  const quota = publishedQuotas[at];
  if (quota === undefined) return 0;
  const counts = [...made].flatMap(([name, count]) => {
    const [service = '', operation = ''] = name.split(' ');
    const first = publishedQuotas.findIndex(
      (one) => one.service === service && one.operations.test(operation),
    );
    return first === at ? [count] : [];
  });
  return (Math.max(0, ...counts) / quota.perSecond - 1) * 1000;
}

async function through(crowd: Crowd) {
  const built = await openCrowd(crowd, { quotas: 'published' });
  try {
    const started = built.clock.now();
    await publishAll(built, crowd);
    const calls = built.calls();
    const made = new Map<string, number>();
    for (const { service, operation, code } of calls) {
      if (/Throttling|TooMany/.test(code ?? '')) continue;
      const name = `${service} ${operation}`;
      made.set(name, (made.get(name) ?? 0) + 1);
    }
    return {
      ms: Math.max(...calls.map(({ endedAt }) => endedAt)) - started,
      calls: calls.length,
      made,
      rejected: calls.filter(({ code }) => /Throttling|TooMany/.test(code ?? '')).length,
      verified: new Set(
        built
          .everyReply()
          .filter(({ data }) => data.status === 'verified')
          .map(({ id }) => id),
      ).size,
    };
  } finally {
    await built.close();
  }
}
