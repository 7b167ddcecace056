import { setMaxListeners } from 'node:events';
import type { Clock } from '../../shared/runtime/clock.ts';
import { TrailState } from './actiontrail/state.ts';
import { KEPT } from './bounded.ts';
import type { PolicyDocument } from './caller.ts';
import { DmsState } from './dms/state.ts';
import { FcState } from './fc/state.ts';
import type { FunctionPort } from './function-port.ts';
import { Journal } from './journal.ts';
import type { SigningPair } from './mns/delivery/push-signature.ts';
import { seededDeliveryOrder } from './mns/delivery-order.ts';
import { MnsState } from './mns/state.ts';
import { TempCode } from './oss/temp-code.ts';
import { RamState } from './ram/state.ts';
import { signingKey } from './signature/key.ts';
import { NonceMemory } from './signature/nonces.ts';
import { SlsState } from './sls/state.ts';
import { StsState } from './sts/state.ts';
import { seedOf } from './weather/random.ts';
import { Weather, type WeatherOptions } from './weather.ts';

export interface WorldOptions {
  readonly clock: Clock;
  readonly region: string;
  readonly weather?: WeatherOptions;
  /** How many calls, sessions, nonces, events of a trail, log lines and lost messages, each, are kept; default 1,000. */
  readonly keep?: number;
  /** What the dates of signatures are held against; default: the clock. */
  readonly signers?: Clock;
}

/** One Alibaba Cloud account: the state of its services. */
export class Account {
  readonly uid: string;
  readonly ram: RamState;
  readonly mns: MnsState;
  readonly fc: FcState;
  readonly dms = new DmsState();
  readonly sls = new SlsState();
  readonly trail: TrailState;
  /** Of the Resource Directory that the account is a member of. */
  controlPolicies: readonly PolicyDocument[] = [];

  constructor(uid: string, clock: Clock, ram = new RamState(uid, clock), keep = KEPT) {
    this.uid = uid;
    this.ram = ram;
    this.mns = new MnsState(uid, clock);
    this.fc = new FcState(uid, clock);
    this.trail = new TrailState(keep);
  }
}

/** Everything that exists: accounts, sessions, the journal of calls, and the weather that calls go through. */
export class World {
  readonly clock: Clock;
  readonly region: string;
  readonly accounts = new Map<string, Account>();
  readonly sts: StsState;
  /** The nonces of signed requests, which may be used once. */
  readonly nonces: NonceMemory;
  readonly journal: Journal;
  /** Packages of functions that are to be made or changed. */
  readonly uploads: TempCode;
  readonly weather: Weather;
  /** What all that is left to chance is drawn from. */
  readonly seed: number;
  readonly keep: number;
  readonly signers: Clock;
  /** What pushes to HTTP are signed with, made at the first of them; null: they are not signed. */
  signing: (() => Promise<SigningPair>) | null = null;
  /** Set by the function host. */
  functions: FunctionPort | null = null;
  readonly #options: WorldOptions;
  readonly #ended = new AbortController();

  constructor(options: WorldOptions) {
    this.clock = options.clock;
    // Everything that waits for a retry listens.
    setMaxListeners(0, this.#ended.signal);
    this.region = options.region;
    this.seed = options.weather?.seed ?? 1;
    this.keep = options.keep ?? KEPT;
    this.signers = options.signers ?? options.clock;
    this.sts = new StsState(options.clock, this.keep);
    this.nonces = new NonceMemory(options.clock, this.keep);
    this.journal = new Journal(this.keep);
    this.uploads = new TempCode(options.region, options.clock, this.sts);
    this.#options = options;
    const holder = (accessKeyId: string) => signingKey(this, accessKeyId)?.caller ?? null;
    const origin = (accessKeyId: string) => this.sts.originOf(accessKeyId);
    this.weather = new Weather(options.clock, options.weather ?? {}, holder, origin, this.ended);
  }

  /** Aborts when the world ends. What waits on the clock for a retry waits with it, or its timer would outlive the world. */
  get ended(): AbortSignal {
    return this.#ended.signal;
  }

  /** Nothing is retried any more. What was waiting for a retry is given up without a trace. */
  end(): void {
    this.#ended.abort();
  }

  /** With nothing in it, or with what RAM holds in the same account of another world. */
  addAccount(uid: string, like?: RamState): Account {
    const account = new Account(uid, this.clock, like?.copy(this.clock), this.keep);
    this.accounts.set(uid, account);
    const { messages, seed = 1 } = this.#options.weather ?? {};
    if (messages !== undefined) {
      const { duplicate = 0, reorder = 0 } = messages;
      const own = seedOf(seed, `messages/${uid}`);
      account.mns.disorder = seededDeliveryOrder({ seed: own, duplicates: duplicate, reordered: reorder });
    }
    return account;
  }

  account(uid: string): Account {
    const account = this.accounts.get(uid);
    if (account === undefined) throw new Error(`the local cloud has no account ${uid}`);
    return account;
  }

  /** RAM of an account as a read sees it: the truth, or with stale reads on (weather) the truth of a little while ago. */
  ramAsRead(uid: string): RamState {
    const { ram } = this.account(uid);
    const age = this.weather.readingAge();
    return age === 0 ? ram : ram.asOf(this.clock.now() - age);
  }
}
