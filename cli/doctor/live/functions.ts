import { randomBytes } from 'node:crypto';
import { type DestinationEvent, destinationEventSchema } from '../../../events/destination.ts';
import { jsonIn } from '../../../events/json-text.ts';
import { CloudError } from '../../../shared/alicloud/errors.ts';
import { queue } from '../../../shared/alicloud/queue.ts';
import { CliError } from '../../failure.ts';
import { mnsOf, patienceOf } from '../../site.ts';
import { acrossOrigins } from './over-http.ts';
import { makeFunction, retriesAt } from './small-function.ts';
import type { LiveGround, Say, Step } from './step.ts';

/** A small function: called over HTTP, and failed at until its event is given up. */
export const functions: Step = {
  name: 'functions',
  what: 'a small function, called over HTTP and failing at an event',
  beliefs: [
    'async-invocation',
    'destination-record',
    'failed-retries',
    'header-case',
    'preflight',
    'queue-counts',
    'task-id-code',
    'text-with-charset',
  ],
  after: [],
  both: false,
  async run(at, say) {
    const made = await makeFunction(at);
    const taskId = `live-${randomBytes(6).toString('hex')}`;
    await made.invokeLater(taskId);
    say('async-invocation', 'pass', 'the event was taken');
    await sameTask(() => made.invokeLater(taskId), say);
    await acrossOrigins(at, await made.openHttp(), say);
    givenUp(await recordIn(at, made.name, say), retriesAt(at), say);
  },
};

const ALREADY = 'StatefulAsyncInvocationAlreadyExists';

async function sameTask(again: () => Promise<void>, say: Say): Promise<void> {
  try {
    await again();
    say('task-id-code', 'fail', 'one task was taken twice');
  } catch (error) {
    if (!(error instanceof CloudError)) throw error;
    const { code } = error.failure;
    say('task-id-code', code === ALREADY ? 'pass' : 'fail', `the second was refused with ${code}`);
  }
}

/** The record of the event that was given up, as the queue got it. */
async function recordIn({ owner, patienceMs, waitSeconds }: LiveGround, name: string, say: Say) {
  const inbox = queue(name, mnsOf(owner), patienceOf(owner, 120_000));
  const until = owner.clock.now() + Math.max(patienceMs, 10_000);
  do {
    const message = await inbox.receive(waitSeconds);
    if (message !== null) {
      const count = await inbox.count();
      say('queue-counts', count > 0 ? 'pass' : 'fail', `a queue with one message says ${count}`);
      return message.body;
    }
  } while (owner.clock.now() < until);
  throw new CliError('no record of the failed event arrived in the queue');
}

function givenUp(body: string, retries: number, say: Say): void {
  const record = destinationEventSchema.safeParse(jsonIn(body));
  if (!record.success) {
    say('destination-record', 'fail', `the queue got ${body.slice(0, 500)}`);
    return;
  }
  const { requestContext, responseContext, responsePayload } = record.data;
  const words = `condition ${requestContext.condition}, functionError ${responseContext.functionError}`;
  const told = responsePayload.includes('live ') && responseContext.functionError !== '';
  say('destination-record', told ? 'pass' : 'fail', told ? words : `${words}, payload ${responsePayload}`);
  distances(record.data, retries, say);
}

/** In ms, at least and at most: 0.5 s and 1 s, and what an instance needs to start. */
const EXPECTED = [
  [300, 3_000],
  [700, 4_000],
] as const;

/** The function tells when it was tried, as long as one instance of it did. */
function distances({ responsePayload }: DestinationEvent, retries: number, say: Say): void {
  const times = (/live ([\d ]+)/.exec(responsePayload)?.[1] ?? '').trim().split(' ').map(Number);
  const between = times.slice(1).map((time, index) => time - (times[index] ?? 0));
  const said = `${between.join(' and ')} ms between the attempts`;
  if (between.length !== retries) {
    say('failed-retries', 'skip', 'more than one instance tried it, so nobody knows when');
    return;
  }
  const right = between.every((ms, n) => {
    const [least, most] = EXPECTED[n] ?? [0, 0];
    return ms >= least && ms <= most;
  });
  say('failed-retries', right ? 'pass' : 'fail', said);
}
