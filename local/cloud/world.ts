import type { Clock } from '../../shared/runtime/clock.ts';
import type { FunctionPort } from './function-port.ts';
import { Journal } from './journal.ts';
import { MnsState } from './mns/state.ts';
import { RamState } from './ram/state.ts';
import { NonceMemory } from './signature/nonces.ts';
import { StsState } from './sts/state.ts';
import { Weather, type WeatherOptions } from './weather.ts';

export interface WorldOptions {
  readonly clock: Clock;
  readonly region: string;
  readonly weather?: WeatherOptions;
}

/** One Alibaba Cloud account: the state of its services. */
export class Account {
  readonly uid: string;
  readonly ram: RamState;
  readonly mns: MnsState;

  constructor(uid: string, clock: Clock) {
    this.uid = uid;
    this.ram = new RamState(uid, clock);
    this.mns = new MnsState(uid, clock);
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
  readonly weather: Weather;
  /** Set by the function host. */
  functions: FunctionPort | null = null;

  constructor(options: WorldOptions) {
    this.clock = options.clock;
    this.region = options.region;
    this.sts = new StsState(options.clock);
    this.nonces = new NonceMemory(options.clock);
    this.journal = new Journal();
    this.weather = new Weather(options.clock, options.weather ?? {});
  }

  addAccount(uid: string): Account {
    const account = new Account(uid, this.clock);
    this.accounts.set(uid, account);
    return account;
  }

  account(uid: string): Account {
    const account = this.accounts.get(uid);
    if (account === undefined) throw new Error(`the local cloud has no account ${uid}`);
    return account;
  }
}
