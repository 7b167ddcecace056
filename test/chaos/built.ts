import { type Reply, replySchema } from '../../events/reply.ts';
import { createTopic, publishToTopic, subscribe } from '../../local/cloud/mns/index.ts';
import type { WeatherOptions } from '../../local/cloud/weather.ts';
import type { LocalCloudOptions } from '../../local/local-cloud-options.ts';
import type { VirtualClock } from '../../local/testing/virtual-clock.ts';
import { type Clock, type Millis, millis } from '../../shared/runtime/clock.ts';
import { REQUESTER } from '../kit/accounts.ts';
import type { TestCloud } from '../kit/test-cloud.ts';
import { weatherCloud } from '../kit/weather-cloud.ts';
export const PROVISION = 'dms-handshake-provision';
export const VERIFY = 'dms-handshake-verify';
const DEAD_LETTERS = 'dms-handshake-dead-letters';
const OURS = /^dms(-cross-account-|-console-access-|crossaccountpolicy-)/i;

/** One run of a function, on the world's clock. */
export interface FunctionRun {
  readonly startedAt: number;
  /** What the function may take, in ms. */
  readonly timeoutMs: number;
  endedAt: number | null;
}

/** The built functions in a cloud whose requesters, queues and logs a scenario can look into. */
export interface Built extends TestCloud {
  readonly clock: VirtualClock;
  readonly uids: readonly string[];
  /** Runs of functions since `renew`, in their order. */
  readonly invocations: readonly FunctionRun[];
  /** Puts a request on its requester's topic. */
  publish(body: string | object, uid?: string): void;
  /** Lets time pass until nothing is on its way. */
  settle(): Promise<void>;
  /** Replies since `renew`, copies included. */
  everyReply(): readonly Reply[];
  /** Bodies of the dead letters since `renew`. */
  deadLetters(): readonly string[];
  /** Lines that functions and platform logged since `renew`. */
  logs(): readonly { readonly functionName: string; readonly requestId: string; readonly line: string }[];
  /** Deliveries of each asynchronous event of a function since `renew`, by its request id. */
  deliveries(functionName: string): ReadonlyMap<string, number>;
  /** A calm world in which nothing has been granted yet; time goes on. */
  renew(): Promise<void>;
  /** What was said, logged and called until now counts no more; RAM and weather stay. */
  forgetSoFar(): void;
}

export interface BuiltOptions extends Partial<LocalCloudOptions> {
  readonly uids?: readonly string[];
  readonly weather?: WeatherOptions;
}

export async function openBuilt({ uids = [REQUESTER], weather = {}, ...rest }: BuiltOptions): Promise<Built> {
  const invocations: FunctionRun[] = [];
  const cloud = await weatherCloud(weather, (clock) => ({
    requesters: requestersOf(uids),
    deadlines: stopwatch(clock, invocations),
    ...rest,
  }));
  const { world, owner, host, clock } = cloud;
  for (const uid of uids.slice(1)) addTopic(cloud, topicOf(uid, uids));
  // Of all tags: a requester's own queue gets its own replies alone.
  const replies = owner.mns.queue('dms-handshake-owner-replies');
  const letters = owner.mns.queue(DEAD_LETTERS);
  const old = new WeakSet<object>();
  let oldLogs = 0;
  const built: Built = {
    ...cloud,
    uids,
    invocations,
    publish(body, uid = REQUESTER) {
      const text = typeof body === 'string' ? body : JSON.stringify(body);
      publishToTopic(world, owner, topicOf(uid, uids), { body: text });
    },
    settle: () => clock.during(cloud.idle()),
    everyReply: () =>
      replies.messages
        .filter((message) => !old.has(message))
        .map(({ body }) => replySchema.parse(JSON.parse(body))),
    deadLetters: () => letters.messages.filter((message) => !old.has(message)).map(({ body }) => body),
    logs: () => host.logs.slice(oldLogs),
    deliveries(functionName) {
      const counts = new Map<string, number>();
      for (const { functionName: name, requestId, line } of built.logs())
        if (name === functionName && /^\{"event":"(provisioned|replied|invocation-failed)"/.test(line))
          counts.set(requestId, (counts.get(requestId) ?? 0) + 1);
      return counts;
    },
    async renew() {
      world.weather.reset();
      await built.settle();
      for (const [key] of owner.ram.roles) if (OURS.test(key)) owner.ram.roles.delete(key);
      for (const [key] of owner.ram.policies) if (OURS.test(key)) owner.ram.policies.delete(key);
      built.forgetSoFar();
    },
    forgetSoFar() {
      for (const message of [...replies.messages, ...letters.messages]) old.add(message);
      oldLogs = host.logs.length;
      invocations.length = 0;
      cloud.forget();
    },
  };
  return built;
}

const topicOf = (uid: string, uids: readonly string[]): string =>
  uids.indexOf(uid) <= 0 ? 'dms-handshake-requests' : `requests-${uid}`;

const requestersOf = (uids: readonly string[]): object => ({
  requesters: uids.map((uid) => ({
    uid,
    name: `r-${uid}`,
    engines: '*',
    access: ['register', 'console'],
    topics: [topicOf(uid, uids)],
  })),
  clients: [{ name: 'local', requesters: [uids[0]], auth: { type: 'bearer', secretEnv: 'LOCAL_TOKEN' } }],
});

/** A further request topic that starts provision as the first one does. */
function addTopic({ world, owner, ready }: TestCloud, name: string): void {
  createTopic(world, owner, name);
  for (const subscription of owner.mns.topic(ready.requestTopic).subscriptions.values()) {
    const { endpoint, notifyStrategy, notifyContentFormat, stsRoleArn } = subscription.attributes;
    subscribe(world, owner, name, subscription.name, {
      endpoint,
      notifyStrategy,
      notifyContentFormat,
      ...(stsRoleArn === null ? {} : { stsRoleArn }),
    });
  }
}

/** The clock that the platform measures timeouts on: it sleeps for as long as a function may take, once for each run. */
function stopwatch(clock: Clock, invocations: FunctionRun[]): Clock {
  return {
    now: (): Millis => clock.now(),
    sleep(ms, signal) {
      const invocation: FunctionRun = { startedAt: clock.now(), timeoutMs: millis(ms), endedAt: null };
      invocations.push(invocation);
      signal?.addEventListener('abort', () => {
        invocation.endedAt = clock.now();
      });
      return clock.sleep(ms, signal);
    },
  };
}
