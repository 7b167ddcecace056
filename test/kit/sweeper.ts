import { type Addressee, outcomeSchema } from '../../events/outcome.ts';
import { type Reply, replySchema } from '../../events/reply.ts';
import { type Upkeep, upkeepSchema } from '../../events/upkeep.ts';
import { provision } from '../../functions/provision/provision.ts';
import { findRequester } from '../../shared/admission/requesters.ts';
import { millis } from '../../shared/runtime/millis.ts';
import { TOPICS } from '../../shared/runtime/topics.ts';
import { type Swept, sweep } from '../../shared/sweep/sweep.ts';
import type { SweepPorts } from '../../shared/sweep/sweep-role.ts';
import type { Trail } from '../../shared/trail-port.ts';
import { verify } from '../../shared/verification/verify.ts';
import { OWNER } from './accounts.ts';
import { type Direct, topicOf } from './direct.ts';
import { MINUTE } from './time.ts';

export const SENDER = { source: 'acs:fc:test', ownerUid: OWNER, signInHost: 'signin.aliyun.com' };

/** Runs before each call of a sweep: may throw in its place. */
export type OnCall = (operation: string, subject: string) => void;

/** Sweeps over a direct world, with provision at the other end of the upkeep topic. */
export interface Sweeper {
  /** Messages to the upkeep topic that nobody has delivered yet. */
  readonly asked: Upkeep[];
  /** Replies that were published, oldest first. */
  readonly replies: Reply[];
  /** To whom, one by one. */
  readonly addressees: Addressee[];
  /** Every call of the last sweep, as `GetRole name`. */
  readonly calls: string[];
  /** One invocation of verify by its timer. `minutes`: its time limit. */
  run(options?: { after?: string | null; onCall?: OnCall; minutes?: number }): Promise<Swept>;
  /** Delivers what was asked, until nothing is asked any more; parts of a sweep that are asked for are run. */
  deliver(options?: { minutes?: number }): Promise<void>;
  /** Both. */
  runAndDeliver(): Promise<Swept>;
  /** Sends a request as its requester, and answers the reply. */
  request(body: { requesterUid: string } & Record<string, unknown>): Promise<Reply | null>;
}

/** Sweeps again and again: the first dies at its first call, the second at its second, until one comes through. */
export async function sweepDyingEverywhere(sweeping: Sweeper, before: () => void = () => undefined) {
  for (let dying = 1; ; dying += 1) {
    before();
    sweeping.asked.length = 0;
    let calls = 0;
    const onCall = () => {
      calls += 1;
      if (calls === dying) throw new Error('died');
    };
    await sweeping.run({ onCall }).catch(() => undefined);
    if (calls < dying) return;
  }
}

/** `trail`: who says which roles were used; without, nobody is asked. `isListed`: whether an account may still ask. */
export function sweeper(
  at: Direct,
  trail: Trail | null = null,
  isListed: SweepPorts['isListed'] = () => true,
): Sweeper {
  const asked: Upkeep[] = [];
  const replies: Reply[] = [];
  const addressees: Addressee[] = [];
  const calls: string[] = [];
  let messages = 0;
  const send = async (body: object, topic: string) => {
    messages += 1;
    const delivery = {
      body: JSON.stringify(body),
      messageId: `message-${messages}`,
      publishedAt: at.clock.now(),
      topic,
    };
    const outcome = outcomeSchema.parse(await provision(delivery, at.settings, at.provisionPorts()));
    return { outcome, reply: await verify(outcome, at.settings, SENDER, at.verifyPorts()) };
  };
  const sweeping: Sweeper = {
    asked,
    replies,
    addressees,
    calls,
    async run({ after = null, onCall = () => undefined, minutes = 10 } = {}) {
      calls.length = 0;
      const made = { ...portsOf(at, sweeping, minutes, trail), isListed };
      const ports = counted(made, (operation, subject) => {
        calls.push(`${operation} ${subject}`.trim());
        onCall(operation, subject);
      });
      return sweep(at.settings, SENDER, ports, after);
    },
    async deliver({ minutes = 10 } = {}) {
      for (let upkeep = asked.shift(); upkeep !== undefined; upkeep = asked.shift()) {
        const { outcome, reply } = await send({ upkeep }, TOPICS.upkeep);
        if (reply !== null) replies.push(reply);
        if (outcome.sweep !== undefined) await sweeping.run({ after: outcome.sweep.after, minutes });
      }
    },
    async runAndDeliver() {
      const swept = await sweeping.run();
      await sweeping.deliver();
      return swept;
    },
    async request(body) {
      const { reply } = await send(body, topicOf(body.requesterUid));
      return reply;
    },
  };
  return sweeping;
}

function portsOf(
  at: Direct,
  { asked, replies, addressees }: Pick<Sweeper, 'asked' | 'replies' | 'addressees'>,
  minutes: number,
  trail: Trail | null,
): Omit<SweepPorts, 'isListed'> {
  return {
    ...at.verifyPorts(),
    deadline: millis(at.clock.now() + minutes * MINUTE),
    requesterOf: (uid) => findRequester(at.settings.requesters, uid),
    lister: at.lister(),
    trail,
    upkeep: {
      ask: async (upkeep) => {
        asked.push(upkeepSchema().parse(JSON.parse(JSON.stringify({ upkeep }))).upkeep);
      },
    },
    outbox: {
      publish: async (reply, addressee) => {
        addressees.push(addressee);
        replies.push(replySchema.parse(JSON.parse(JSON.stringify(reply))));
      },
    },
  };
}

/** Every call is announced before it is made. */
function counted(ports: SweepPorts, onCall: OnCall): SweepPorts {
  const { identity, ram, assumer, prober, lister, upkeep, outbox } = ports;
  const told = async <T>(operation: string, subject: string, call: () => Promise<T>): Promise<T> => {
    onCall(operation, subject);
    return call();
  };
  return {
    ...ports,
    identity: { accountId: () => told('GetCallerIdentity', '', () => identity.accountId()) },
    ram: {
      role: (name) => told('GetRole', name, () => ram.role(name)),
      roleTags: (name) => told('ListTagResources', name, () => ram.roleTags(name)),
      policyTags: (name) => told('ListTagResources', name, () => ram.policyTags(name)),
      attachedPolicies: (name) => told('ListPoliciesForRole', name, () => ram.attachedPolicies(name)),
      policy: (name) => told('GetPolicy', name, () => ram.policy(name)),
    },
    assumer: { assume: (wish) => told('AssumeRole', wish.roleArn, () => assumer.assume(wish)) },
    prober: { probe: (id, session) => told('Probe', id, () => prober.probe(id, session)) },
    lister: {
      roles: () => announced('ListRoles', lister.roles(), onCall),
      allRoles: () => announced('ListRoles', lister.allRoles(), onCall),
      policies: () => announced('ListPolicies', lister.policies(), onCall),
    },
    upkeep: { ask: (one) => told('PublishMessage', 'upkeep', () => upkeep.ask(one)) },
    outbox: {
      publish: (reply, addressee) => told('PublishMessage', 'reply', () => outbox.publish(reply, addressee)),
    },
  };
}

async function* announced<T>(operation: string, items: AsyncIterable<T>, onCall: OnCall): AsyncGenerator<T> {
  onCall(operation, '');
  yield* items;
}
