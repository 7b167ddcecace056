import { probeSchema } from '../../events/probe.ts';
import { type Reply, replySchema } from '../../events/reply.ts';
import type { CallRecord } from '../../local/cloud/journal.ts';
import { publishToTopic } from '../../local/cloud/mns/index.ts';
import { type LocalCloud, startLocalCloud } from '../../local/local-cloud.ts';
import type { LocalCloudOptions } from '../../local/local-cloud-options.ts';
import { ramByHand } from '../../local/ram-by-hand.ts';

/** A local cloud with the built functions, and the words that tests about it are written in. */
export interface TestCloud extends LocalCloud {
  /** Publishes a body to the request topic, waits until all is quiet, and answers the replies that came, for whomever. */
  send(body: string | object): Promise<readonly Reply[]>;
  /** Waits until all is quiet, and answers the replies that came since the last time. */
  replies(): Promise<readonly Reply[]>;
  /** The one reply to a body. It may come twice: on the real clock the sender's timers can make it try again. */
  ask(body: string | object): Promise<Reply>;
  /** Changes RAM of the owner behind the functions' backs. */
  byHand(operation: string, parameters: Readonly<Record<string, string>>): Promise<object>;
  /** Calls made since the last `forget`, by service. */
  calls(service?: string): readonly CallRecord[];
  /** RAM writes since the last `forget`. */
  writes(): readonly string[];
  forget(): void;
}

export async function testCloud(options: Partial<LocalCloudOptions> = {}): Promise<TestCloud> {
  const cloud = await startLocalCloud({ root: process.cwd(), keep: 1_000_000, ...options });
  const { world, owner, ready } = cloud;
  const queue = owner.mns.queue('dms-handshake-owner-replies');
  let seen = 0;
  const replies = async () => {
    await cloud.idle();
    // Probes of the way of replies come through here, too.
    const all = queue.messages
      .map((message) => JSON.parse(message.body))
      .flatMap((json) => (probeSchema.safeParse(json).success ? [] : [replySchema.parse(json)]));
    const fresh = all.slice(seen);
    seen = all.length;
    return fresh;
  };
  const send = (body: string | object) => {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    publishToTopic(world, owner, ready.requestTopic, { body: text });
    return replies();
  };
  return {
    ...cloud,
    send,
    replies,
    async ask(body) {
      // What was repaired on the way is told to the owner in a message of its own.
      const found = (await send(body)).filter(({ data }) => data.status !== 'changed');
      const [reply] = found;
      if (reply === undefined || found.some(({ id }) => id !== reply.id))
        throw new Error(`expected one reply, got those of ${new Set(found.map(({ id }) => id)).size} ids`);
      return reply;
    },
    byHand: (operation, parameters) => ramByHand(world, owner, operation, parameters),
    calls: (service) =>
      world.journal.calls.filter((call) => service === undefined || call.service === service),
    writes: () =>
      world.journal.calls
        .filter((call) => call.service === 'ram' && call.kind === 'write')
        .map((call) => call.operation),
    forget: () => world.journal.clear(),
  };
}

/** Ids of the checks of a reply that have a status. */
export const checksThat = (reply: Reply, status: 'pass' | 'fail' | 'skip'): readonly string[] =>
  reply.data.checks.filter((check) => check.status === status).map((check) => check.id);
