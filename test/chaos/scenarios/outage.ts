import type { Outage } from '../../../local/cloud/weather.ts';
import type { Built } from '../built.ts';
import { type Crowd, crowdOf, halves, openCrowd, tellCrowd } from '../crowd.ts';
import { Dice } from '../dice.ts';
import { mostOf } from '../ended.ts';
import { scenario, unmet } from '../scenario.ts';

type Kind = NonNullable<Outage['kind']>;

interface Case extends Crowd {
  readonly service: 'ram' | 'sts' | 'mns';
  readonly kind: Kind;
  /** When each request is published, in ms from the beginning of the outage. In order. */
  readonly times: readonly number[];
}

const SERVICES = ['ram', 'sts', 'mns'] as const;
const KINDS = ['unavailable', 'dropped'] as const;
const REQUESTS = 60;
const MINUTE_MS = 60_000;
const OUTAGE_MS = 10 * MINUTE_MS;
/** About as long as a request takes. */
const UNDER_WAY_MS = 200;

/**
 * The longest that something may still wait when a service is back. A function is tried again within 4 s, after calls that
 * pause for up to 5 s, and its readings may be a minute old. The writer is busy while its calls pause; an event that finds it
 * so is tried again after pauses that double, so it may wait once more as long as it has waited, and the first events come 2
 * minutes before the outage. A topic pauses for up to 512 s, which is less.
 */
const INTERVAL_MS = 75_000 + OUTAGE_MS + 2 * MINUTE_MS;

export const outage = scenario<Case>({
  id: 'outage',
  promise:
    '10 minutes of RAM down, of STS down, of MNS down: nothing is lost, at most four deliveries of an event, all is over within one retry interval of its end',
  where: 'built functions',
  unit: `outages, with ${REQUESTS} requests before, in and after each`,
  full: 12,
  short: 3,
  seconds: 55,
  *cases(seed, runs) {
    const dice = new Dice(seed, 'outage');
    for (let run = 0; run < runs; run += 1) {
      const short = runs < SERVICES.length * KINDS.length;
      const crowd = crowdOf(dice, short ? REQUESTS / 6 : REQUESTS);
      const times = crowd.asks
        .map(() =>
          // Of those that come just before it, some are half done as it begins: a topic that is down delivers no others.
          dice.chance(0.3)
            ? -dice.int(0, UNDER_WAY_MS)
            : dice.int(-2, 14) * MINUTE_MS + dice.int(0, MINUTE_MS),
        )
        .sort((a, b) => a - b);
      const service = SERVICES[run % SERVICES.length] ?? 'ram';
      const kind = KINDS[Math.floor(run / SERVICES.length) % KINDS.length] ?? 'unavailable';
      yield { ...crowd, times, service, kind };
    }
  },
  async attempt(one) {
    const { asks, times, service, kind, seed } = one;
    const built = await openCrowd(one, { seed });
    try {
      const from = built.clock.now() + 3 * MINUTE_MS;
      const until = from + OUTAGE_MS;
      built.world.weather.outages = [{ service, from, until, kind }];
      for (const [index, { uid, engines }] of asks.entries()) {
        await built.clock.advance(Math.max(0, from + (times[index] ?? 0) - built.clock.now()));
        built.publish({ requesterUid: uid, engines, requestId: idOf(index) }, uid);
      }
      await built.settle();
      const lastTime = from + Math.max(0, ...times);
      const overAt = Math.max(...built.calls().map(({ endedAt }) => endedAt));
      const recovery = overAt - Math.max(until, lastTime);
      const ends = asks.map((_, index) => endsOf(built, idOf(index)));
      const figure = recovery / 1000;
      const deliveries = mostOf(built);
      const late = asks.filter(
        (_, index) => (times[index] ?? 0) > OUTAGE_MS + 1_000 && ends[index]?.at(0) !== 'verified',
      );
      const wrong = unmet(
        [
          ends.every((all) => all.length === 1),
          `ends of requests: ${ends.map((all) => all.join('+')).join()}`,
        ],
        [deliveries <= 4, `${deliveries} deliveries of one event`],
        [late.length === 0, `${late.length} requests sent after the outage are not verified`],
        [recovery <= INTERVAL_MS, `all was over ${recovery / 1000} s after the end`],
        [built.host.undelivered.length === 0, 'a destination was not reached'],
      );
      // What failed is sent again, once; the newest word about a requester stands.
      const again = asks.filter((_, index) => ends[index]?.at(0) !== 'verified');
      built.forgetSoFar();
      // Few requests can all be over before the outage is.
      await built.clock.advance(Math.max(0, until - built.clock.now()));
      for (const [index, { uid, engines }] of again.entries())
        built.publish({ requesterUid: uid, engines, requestId: `again-${index}` }, uid);
      await built.settle();
      const done = built.everyReply().filter(({ data }) => data.status === 'verified').length;
      const missing = asks.filter(({ uid, engines }) => !hasAll(built, uid, engines));
      wrong.push(
        ...unmet(
          [done === again.length, `${done} of ${again.length} replays are verified`],
          [missing.length === 0, `${missing.length} requests have no effect in the end`],
        ),
      );
      return {
        runs: 1,
        wrong,
        figure,
        note: `${service} ${kind}, ${again.length} of ${asks.length} sent again`,
      };
    } finally {
      await built.close();
    }
  },
  tell: (one) => [
    ...tellCrowd(one),
    `${one.service} is ${one.kind} from minute 0 to 10; requests come at minutes ${one.times
      .slice(0, 10)
      .map((ms) => (ms / MINUTE_MS).toFixed(1))
      .join(', ')}`,
  ],
  *smaller(one) {
    for (const { asks } of halves(one)) {
      const [first] = asks;
      const from = first === undefined ? 0 : one.asks.indexOf(first);
      yield { ...one, asks, times: one.times.slice(from, from + asks.length) };
    }
  },
  worst: (figure) => `all was over ${figure.toFixed(1)} s after the end`,
});

const idOf = (index: number): string => `outage-${index}.`;

/** The ends of one request: the status of its reply, or `dead letter`. Copies of a reply count once. */
function endsOf(built: Built, requestId: string): string[] {
  const replies = new Map(
    built
      .everyReply()
      .filter(({ data }) => data.requestId === requestId)
      .map(({ id, data }) => [id, data.status]),
  );
  return [
    ...replies.values(),
    ...built
      .deadLetters()
      .filter((letter) => letter.includes(requestId))
      .map(() => 'dead letter'),
  ];
}

/** Whether a requester's role records all of these as granted. */
function hasAll(built: Built, uid: string, engines: readonly string[]): boolean {
  const tags = built.owner.ram.findRole(`dms-cross-account-${uid}`)?.tags;
  return engines.every((engine) => tags?.get(`dms-engine-${engine}`)?.startsWith('granted ') === true);
}
