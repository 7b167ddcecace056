import { replySchema } from '../../../events/reply.ts';
import { createQueue, subscribe } from '../../../local/cloud/mns/index.ts';
import { type Built, openBuilt } from '../built.ts';
import { Dice } from '../dice.ts';
import { Bounds, mayWrite } from '../fuzz/bounds.ts';
import { fuzzed, read } from '../fuzz/mutate.ts';
import { HUB_SECRET, MAY_ASK, SIGNED, seedsOf, TOPIC } from '../fuzz/seeds.ts';
import { without } from '../requests.ts';
import { scenario } from '../scenario.ts';

const FUNCTIONS = ['intake', 'provision', 'verify'] as const;

interface Case {
  readonly seed: number;
  readonly of: readonly (typeof FUNCTIONS)[number][];
  /** Numbers of the events, in their order. */
  readonly events: readonly number[];
}

/** Events of one world, for each function. */
const EVENTS = 4_000;
const OUTBOX = 'fuzz';
/** Bytes of a message. */
const MESSAGE = 64 * 1024;
/** A fixed one, so that a seed makes the same events again. */
const TOKEN = 'fuzz-token-0123456789';

export const fuzz = scenario<Case>({
  id: 'fuzz',
  promise: 'any events, of up to 64 KB: 0 crashes, 0 writes beyond what a valid request allows',
  where: 'built functions',
  unit: 'events into each function',
  full: 100_000,
  short: 60,
  seconds: 300,
  *cases(seed, runs) {
    for (let from = 0; from < runs; from += EVENTS)
      yield {
        seed,
        of: FUNCTIONS,
        events: Array.from({ length: Math.min(EVENTS, runs - from) }, (_, index) => from + index),
      };
  },
  async attempt({ seed, of, events }) {
    const built = await openBuilt({
      requesters: MAY_ASK,
      requesterTopics: [TOPIC],
      environment: { HUB_SECRET, LOCAL_TOKEN: TOKEN, PATIENCE_SECONDS: '0' },
    });
    try {
      const wrong: string[] = [];
      const fuzzer = await open(built);
      for (const number of events) {
        for (const name of of) wrong.push(...(await fuzzer(name, textOf(seed, name, number))));
        if (wrong.length > 0) break;
      }
      return {
        runs: events.length,
        wrong,
        figure: built.calls('ram').filter(({ kind }) => kind === 'write').length,
      };
    } finally {
      await built.close();
    }
  },
  tell: ({ seed, of, events }) => {
    const [number = 0] = events;
    return events.length > 3
      ? [`seed ${seed}, events ${number} to ${events.at(-1)} into ${of.join(', ')}`]
      : events.flatMap((one) =>
          of.map((name) => `event ${one} into ${name}: ${textOf(seed, name, one).slice(0, 2_000)}`),
        );
  },
  *smaller(one) {
    if (one.of.length > 1) for (const name of one.of) yield { ...one, of: [name] };
    // What came last is what was found.
    yield { ...one, events: one.events.slice(-1) };
    for (const events of without(one.events)) yield { ...one, events };
  },
  worst: (figure) => `${figure} writes for the valid ones among the events of one world`,
});

const SEEDS = seedsOf(TOKEN);

const textOf = (seed: number, name: (typeof FUNCTIONS)[number], number: number): string =>
  fuzzed(new Dice(seed, `fuzz ${name} ${number}`), SEEDS[name]);

/** Hands an event to a function, and answers what is wrong with what it did. */
async function open(
  built: Built,
): Promise<(name: (typeof FUNCTIONS)[number], text: string) => Promise<string[]>> {
  const { host, owner, world, clock } = built;
  const bounds = new Bounds(owner);
  createQueue(world, owner, OUTBOX);
  // Requests and upkeep are looked at, and start nothing.
  for (const topic of [TOPIC, 'dms-handshake-requests', 'dms-handshake-upkeep']) {
    owner.mns.topic(topic).subscriptions.clear();
    subscribe(world, owner, topic, OUTBOX, {
      endpoint: `acs:mns:cn-hangzhou:${owner.uid}:queues/${OUTBOX}`,
      notifyContentFormat: 'SIMPLIFIED',
    });
  }
  const published = owner.mns.queue(OUTBOX);
  const replies = owner.mns.queue('dms-handshake-owner-replies');
  let seen = { calls: 0, published: 0, replies: 0 };
  return async (name, text) => {
    const run = host.find(owner.uid, `dms-handshake-${name}`).run(host.nextRequestId(), Buffer.from(text));
    const { body, errorType } = await clock.during(run);
    const answer = body.toString();
    const wrong = crashOf(name, text, answer, errorType);
    if (world.journal.calls.length === seen.calls) return wrong;
    await built.settle();
    const fresh = world.journal.calls.slice(seen.calls);
    const writes = fresh.filter(({ service, kind }) => service === 'ram' && kind === 'write');
    if (writes.length > 0) {
      if (name !== 'provision')
        wrong.push(`${name} wrote ${writes.map(({ operation }) => operation).join()}`);
      else if (!mayWrite(text))
        wrong.push(`${writes.map(({ operation }) => operation).join()} for no valid request`);
      wrong.push(...bounds.faults());
    }
    const sent = published.messages.slice(seen.published).map((message) => message.body);
    // Provision has verify answer by itself what is too large for the platform to carry.
    const hasHandedOver =
      name === 'provision' && fresh.some(({ operation }) => operation === 'InvokeFunction');
    const by = hasHandedOver ? 'verify' : name;
    wrong.push(...sent.filter((one) => !isAsked(by, one)).map((one) => `${by} published ${one}`));
    const told = replies.messages.slice(seen.replies).map((message) => message.body);
    wrong.push(...told.filter((one) => name === 'intake' || !replySchema.safeParse(read(one)).success));
    seen = {
      calls: world.journal.calls.length,
      published: published.messages.length,
      replies: replies.messages.length,
    };
    return wrong;
  };
}

/**
 * Verify may refuse what is no event of its own, and the queue service a reply that is longer than a message because the
 * event was; anything else that is thrown, and a 5xx, is a fault of ours.
 */
function crashOf(name: string, text: string, answer: string, errorType: string | null): string[] {
  if (errorType !== null) {
    const unknown = answer.includes('[internal] verify takes the events of its destination');
    const tooLong = text.length > MESSAGE / 2 && /PublishMessage to \S+: InvalidArgument/.test(answer);
    return name === 'verify' && (unknown || tooLong) ? [] : [`${name} threw ${answer.slice(0, 500)}`];
  }
  if (name !== 'intake')
    return Array.isArray(read(answer)) || name === 'verify'
      ? []
      : [`provision answered ${answer.slice(0, 200)}`];
  const status = Number(/"statusCode":(\d+)/.exec(answer)?.[1]);
  return status >= 200 && status < 500 ? [] : [`intake answered ${answer.slice(0, 500)}`];
}

/** What may go to those topics: upkeep from verify, and from intake what its clients may ask for. */
function isAsked(name: string, body: string): boolean {
  const json = read(body);
  if (typeof json !== 'object' || json === null) return false;
  if ('upkeep' in json) return name === 'verify';
  if ('payload' in json) return name === 'intake' && json.payload === SIGNED;
  return name === 'intake' && 'requesterUid' in json && json.requesterUid === '1000000000000001';
}
