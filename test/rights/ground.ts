import { type InvocationAnswer, invocationAnswerSchema } from '../../events/invocation-answer.ts';
import { type Reply, replySchema } from '../../events/reply.ts';
import { publishToTopic } from '../../local/cloud/mns/index.ts';
import type { Account, World } from '../../local/cloud/world.ts';
import { LOCAL_LOGS, REQUESTER_UID } from '../../local/local-cloud.ts';
import { ramByHand } from '../../local/ram-by-hand.ts';
import type { VirtualClock } from '../../local/testing/virtual-clock.ts';
import type { Document } from '../../shared/catalogue/document.ts';
import { openChannel } from '../kit/channel.ts';
import { VERIFY_ROLE } from '../kit/roles.ts';
import type { TestCloud } from '../kit/test-cloud.ts';
import { weatherCloud } from '../kit/weather-cloud.ts';

/** The built functions in virtual time, with what journeys over them are written in. */
export interface Ground extends Pick<TestCloud, 'world' | 'owner' | 'requester' | 'ready' | 'byHand'> {
  readonly clock: VirtualClock;
  readonly httpToken: string;
  /** Waits until all is quiet, and answers the replies since the last time. */
  settle(): Promise<readonly Reply[]>;
  /** Publishes a request, and answers its one reply. Throws where there is another number of them. */
  ask(body: object): Promise<Reply>;
  /** Fires the timer of verify, and answers the replies. */
  sweep(): Promise<readonly Reply[]>;
  /** What verify answers to the command line. Throws for an error of the function. */
  invokeVerify(): Promise<InvocationAnswer>;
  deadLetters(): number;
  /** Runs while the topic of replies is not there. */
  withoutReplies(run: () => Promise<unknown>): Promise<void>;
  /** How many notices people have had. */
  told(): number;
  /** Lines that the logstore holds of a function. */
  linesOf(functionName: string): number;
  logs(): TestCloud['host']['logs'];
  /** A world in which nothing has been granted and nobody is waiting. */
  renew(): Promise<void>;
  close(): Promise<void>;
}

export const REQUESTER = REQUESTER_UID;

const GRANTED = /^dms(-cross-account-|-console-access-|crossaccountpolicy-)/i;

export async function openGround(): Promise<Ground> {
  const people = await openChannel();
  const cloud = await weatherCloud({}, () => ({
    environment: { PATIENCE_SECONDS: '0', HEAL: 'true' },
    notify: { SLACK_URL: people.url },
  }));
  const { world, owner, requester, host, ready, clock } = cloud;
  const seen = new WeakSet<object>();
  const fresh = (account: Account, queue: string): readonly string[] => {
    const messages = account.mns.queue(queue).messages.filter((message) => !seen.has(message));
    for (const message of messages) seen.add(message);
    return messages.map(({ body }) => body);
  };
  const settle = async () => {
    await clock.during(cloud.idle());
    return fresh(requester, ready.replyQueue.name).map((body) => replySchema.parse(JSON.parse(body)));
  };
  const deadLetters = () => fresh(owner, 'dms-handshake-dead-letters').length;
  return {
    ...cloud,
    settle,
    deadLetters,
    async ask(body) {
      publishToTopic(world, owner, ready.requestTopic, { body: JSON.stringify(body) });
      const [reply, ...more] = await settle();
      if (reply === undefined || more.length > 0)
        throw new Error(reply === undefined ? 'no reply' : `${more.length + 1} replies`);
      return reply;
    },
    async sweep() {
      await host.fireTimer(VERIFY_ROLE, 'sweep');
      return settle();
    },
    async invokeVerify() {
      const payload = Buffer.from('{"verify":{}}');
      const answer = await clock.during(
        host.invoke({ accountId: owner.uid, functionName: VERIFY_ROLE, payload }),
      );
      if (answer.errorType !== null) throw new Error(`verify answered ${answer.errorType}`);
      return invocationAnswerSchema.parse(JSON.parse(answer.body.toString('utf8')));
    },
    async withoutReplies(run) {
      const topic = owner.mns.topic(ready.replyTopic);
      owner.mns.topics.delete(ready.replyTopic);
      try {
        await run();
      } finally {
        owner.mns.topics.set(ready.replyTopic, topic);
      }
    },
    told: () => people.texts.length,
    linesOf(functionName) {
      const lines = owner.sls.lines(LOCAL_LOGS.project, LOCAL_LOGS.logstore) ?? [];
      return lines.filter(({ topic }) => topic === `FCLogs:${functionName}`).length;
    },
    logs: () => host.logs,
    async close() {
      await cloud.close();
      await people.close();
    },
    async renew() {
      await settle();
      for (const entities of [owner.ram.roles, owner.ram.policies])
        for (const [key] of entities) if (GRANTED.test(key)) entities.delete(key);
      deadLetters();
      cloud.forget();
    },
  };
}

/** Runs while a policy says something else, and puts the right document back. */
export async function under<T>(
  at: { readonly world: World; readonly account: Account; readonly name: string; readonly right: Document },
  document: Document,
  run: () => Promise<T>,
): Promise<T> {
  const write = (one: Document) =>
    ramByHand(at.world, at.account, 'CreatePolicyVersion', {
      PolicyName: at.name,
      PolicyDocument: JSON.stringify(one),
      SetAsDefault: 'true',
      RotateStrategy: 'DeleteOldestNonDefaultVersionWhenLimitExceeded',
    });
  await write(document);
  try {
    return await run();
  } finally {
    await write(at.right);
  }
}
