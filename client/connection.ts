import { mnsEndpoint } from '../shared/alicloud/account-hosts.ts';
import type { Api } from '../shared/alicloud/api.ts';
import { Credentials } from '../shared/alicloud/credentials.ts';
import { defaultCredentials } from '../shared/alicloud/default-credentials.ts';
import { requireKeys } from '../shared/alicloud/key-faults.ts';
import { queue } from '../shared/alicloud/queue.ts';
import { openSession } from '../shared/alicloud/session.ts';
import { sts } from '../shared/alicloud/sts.ts';
import { throughProxies } from '../shared/alicloud/through-proxies.ts';
import { topic } from '../shared/alicloud/topic.ts';
import { senderRoleName } from '../shared/installation/requester-permissions.ts';
import { roleArn } from '../shared/runtime/arn.ts';
import { type Clock, millis } from '../shared/runtime/clock.ts';
import { CloudCallError, NOT_SENT } from './errors.ts';
import { explainCloud, failureIn } from './explain.ts';
import type { ReplyQueue } from './inbox.ts';
import { DEFAULTS, type RequesterOptions } from './options.ts';

/** How long sending may take in all, in ms. */
const SENDING_MS = 30_000;
/** How long one poll may take together with its retries, in ms. */
const POLLING_MS = 60_000;

const GIVEN = {
  accessKeyId: 'accessKeyId of the credentials',
  accessKeySecret: 'accessKeySecret of the credentials',
  securityToken: 'securityToken of the credentials',
};

/** Account A's connection to account B's topic and to its own queue. */
export class Connection {
  readonly #options: RequesterOptions;
  readonly #clock: Clock;

  constructor(options: RequesterOptions, clock: Clock) {
    this.#options = options;
    this.#clock = clock;
  }

  /** UID of account A. */
  async requesterUid(): Promise<string> {
    const { requesterUid } = this.#options;
    if (requesterUid !== undefined) return requesterUid;
    const api = await this.#api(await this.#credentials(), SENDING_MS);
    return told(() => sts(api, this.#region).accountId());
  }

  /** How to publish as the sender role that account B made for this account: what it makes may be called once. */
  async publisher(requesterUid: string): Promise<(body: string) => Promise<void>> {
    const { ownerUid, requestTopic = DEFAULTS.requestTopic } = this.#options;
    const role = senderRoleName(requesterUid);
    const api = await this.#api(await this.#credentials(), SENDING_MS);
    const credentials = await told(
      () =>
        openSession(api, this.#region, {
          roleArn: roleArn(ownerUid, role),
          sessionName: 'dms-handshake-request',
          externalId: null,
          sessionPolicy: null,
        }),
      `account ${ownerUid} has no role ${role} that lets account ${requesterUid} send requests; its operator makes it with "npx dms-handshake bootstrap --requester ${requesterUid}"`,
    );
    const options = { accountId: ownerUid, endpoint: this.#queues('owner', ownerUid), credentials };
    const sender = topic(requestTopic, options, this.#patience(SENDING_MS));
    return async (body) => void (await told(() => sender.publish(body)));
  }

  /** The reply queue of account A, for the next poll. */
  async replies(requesterUid: string): Promise<ReplyQueue> {
    const { replyQueue = DEFAULTS.replyQueue } = this.#options;
    const endpoint = this.#queues('requester', requesterUid);
    const options = { accountId: requesterUid, endpoint, credentials: await this.#credentials() };
    const own = queue(replyQueue, options, this.#patience(POLLING_MS));
    const absent = `account ${requesterUid} has no queue ${replyQueue} to receive replies in; make it with "npx dms-handshake bootstrap --side requester --owner ${this.#options.ownerUid}"`;
    return { ...own, receive: (seconds) => told(() => own.receive(seconds), absent) };
  }

  get #region(): string {
    return this.#options.region ?? DEFAULTS.region;
  }

  /** Where the queue service of an account answers. */
  #queues(side: 'owner' | 'requester', uid: string): string {
    return this.#options.endpoints?.[side] ?? mnsEndpoint(uid, this.#region);
  }

  async #credentials(): Promise<Credentials> {
    const { credentials } = this.#options;
    await told(() => throughProxies());
    if (credentials === undefined) return told(() => defaultCredentials());
    const keys = await credentials();
    await told(async () => requireKeys(keys, GIVEN));
    return new Credentials(keys, millis(Number.MAX_SAFE_INTEGER));
  }

  /** The vendor's core takes a tenth of a second to load: with the first call, and not with the program. */
  async #api(credentials: Credentials, ms: number): Promise<Api> {
    const { Api } = await import('../shared/alicloud/api.ts');
    const endpoint = this.#options.endpoints?.requester ?? null;
    return new Api({ ...this.#patience(ms), credentials, endpoint });
  }

  #patience(ms: number) {
    return { clock: this.#clock, random: Math.random, deadline: millis(this.#clock.now() + ms) };
  }
}

/** Throws what a call threw as a `CloudCallError` that says what to do. `absent`: what to say of an absent object. */
async function told<T>(call: () => Promise<T>, absent?: string): Promise<T> {
  try {
    return await call();
  } catch (error) {
    const missing = /^(EntityNotExist|QueueNotExist)/.test(failureIn(error)?.failure.code ?? '');
    const text = missing && absent !== undefined ? absent : explainCloud(error);
    throw text === null ? error : new CloudCallError(text, NOT_SENT, { cause: error });
  }
}
