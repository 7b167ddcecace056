import type { Clock } from '../../../shared/runtime/clock.ts';
import type { Caller } from '../caller.ts';
import { carryOut } from './carry-out.ts';
import { ConnectionLost } from './connection-lost.ts';
import { type Chance, drawFault, type Fault, takeFault, type WeatherCall } from './fault.ts';
import { type KillOrder, Kills } from './kills.ts';
import type { LatencyRange, WeatherOptions } from './options.ts';
import { type Outage, outageOf } from './outage.ts';
import { type Platform, platformOf } from './platform.ts';
import { publishedQuotas, type Quota, QuotaMeter } from './quota.ts';
import { type Random, randomStream } from './random.ts';
import { throttled, unavailable } from './refusals.ts';

/** Who holds an access key; null for nobody. */
export type Identify = (accessKeyId: string) => Caller | null;

/** The key that the holder of an access key began with: all keys with one origin live and die together. */
export type OriginOf = (accessKeyId: string) => string;

/**
 * What calls go through, after they were authenticated and authorised: death of the caller, latency, outages, quotas,
 * faults, chance. Calm by default. Its settings may be changed at any time.
 */
export class Weather {
  latencyMs: number | LatencyRange = 0;
  faults: Fault[] = [];
  chances: Chance[] = [];
  outages: Outage[] = [];
  quotas: readonly Quota[] = [];
  staleReadsMs = 0;
  platform: Platform = platformOf({}, 1);
  readonly #clock: Clock;
  readonly #options: WeatherOptions;
  readonly #identify: Identify;
  readonly #originOf: OriginOf;
  readonly #ended: AbortSignal;
  #kills = new Kills();
  #meter = new QuotaMeter();
  #latency: Random = Math.random;
  #chance: Random = Math.random;
  #age: Random = Math.random;

  constructor(
    clock: Clock,
    options: WeatherOptions,
    identify: Identify,
    originOf: OriginOf,
    ended: AbortSignal,
  ) {
    this.#clock = clock;
    this.#options = options;
    this.#identify = identify;
    this.#originOf = originOf;
    this.#ended = ended;
    this.reset();
  }

  /** Nothing happens to any call, until `reset`. */
  calm(): void {
    this.latencyMs = 0;
    this.faults = [];
    this.chances = [];
    this.outages = [];
    this.quotas = [];
    this.staleReadsMs = 0;
  }

  /** Back to what the options said, the random numbers too: whatever was added, killed or used up is forgotten. */
  reset(): void {
    const { seed = 1, latencyMs = 0, faults = [], chances = [], outages = [] } = this.#options;
    const { quotas = [], staleReadsMs = 0, platform = {} } = this.#options;
    this.latencyMs = latencyMs;
    this.faults = faults.map((fault) => ({ ...fault }));
    this.chances = [...chances];
    this.outages = [...outages];
    this.quotas = quotas === 'published' ? publishedQuotas : quotas;
    this.staleReadsMs = staleReadsMs;
    this.platform = platformOf(platform, seed);
    this.#kills = new Kills();
    this.#meter = new QuotaMeter();
    this.#latency = randomStream(seed, 'latency');
    this.#chance = randomStream(seed, 'chance');
    this.#age = randomStream(seed, 'age');
  }

  /**
   * The holder of this key is dead, with every session that it assumed and every one that it assumed this one with: its
   * further calls hang up without effect, and what it has under way takes effect without an answer. Whoever hands out keys asks `isDead` and hands out others.
   */
  kill(accessKeyId: string): void {
    this.#kills.kill(this.#originOf(accessKeyId));
  }

  killAt(order: KillOrder): void {
    this.#kills.order(order);
  }

  isDead(accessKeyId: string): boolean {
    return this.#kills.isDead(this.#originOf(accessKeyId));
  }

  /** Orders to kill that have not struck: 0 tells a test that the call it was waiting for was made. */
  get killsPending(): number {
    return this.#kills.pending;
  }

  /** How long ago the next reading of RAM is from, in ms. */
  readingAge(): number {
    return this.staleReadsMs === 0 ? 0 : this.#age() * this.staleReadsMs;
  }

  /** Runs `effect` through the weather. Throws `ApiError`, `ConnectionLost`, and what the effect throws. */
  async pass<T>(call: WeatherCall, effect: () => T | Promise<T>): Promise<T> {
    const holder = this.#identify(call.accessKeyId);
    const dies = this.#arrive(call, holder);
    const delay = this.#delay();
    if (delay > 0) await this.#clock.sleep(delay, this.#ended);
    if (this.#ended.aborted) throw new ConnectionLost('the cloud has ended');
    try {
      return await this.#meet(call, holder?.accountId ?? '', effect);
    } finally {
      // Of an error as well: it is an answer.
      if (dies === 'after') this.kill(call.accessKeyId);
      this.#requireAlive(call.accessKeyId);
    }
  }

  #requireAlive(accessKeyId: string): void {
    if (this.isDead(accessKeyId)) throw new ConnectionLost('nobody is there to take the answer');
  }

  /**
   * Runs what the cloud does by itself through outages and chosen faults alone: no latency, no quota, no chance. Throws as
   * `pass` does.
   */
  async meet<T>(call: WeatherCall, effect: () => T | Promise<T>): Promise<T> {
    this.#refuseInOutage(call);
    return carryOut(takeFault(this.faults, call), call, effect, this.#clock, this.#ended);
  }

  #arrive(call: WeatherCall, holder: Caller | null): 'before' | 'after' | null {
    const { accessKeyId } = call;
    // What the cloud does by itself has no key, and nobody who could die.
    if (accessKeyId === '') return null;
    if (!this.isDead(accessKeyId)) {
      const role = holder?.principal.type === 'role' ? holder.principal.roleName : null;
      const dies = this.#kills.arrive(call, role);
      if (dies !== 'before') return dies;
      this.kill(accessKeyId);
    }
    throw new ConnectionLost('the caller is dead');
  }

  #delay(): number {
    if (typeof this.latencyMs === 'number') return this.latencyMs;
    const { min, max } = this.latencyMs;
    return min + Math.floor(this.#latency() * (max - min + 1));
  }

  #meet<T>(call: WeatherCall, accountId: string, effect: () => T | Promise<T>): T | Promise<T> {
    this.#refuseInOutage(call);
    if (!this.#meter.admits(this.quotas, call, accountId, this.#clock.now())) throw throttled(call.service);
    const fault = takeFault(this.faults, call) ?? drawFault(this.chances, call, this.#chance);
    return carryOut(fault, call, effect, this.#clock, this.#ended);
  }

  #refuseInOutage(call: WeatherCall): void {
    const outage = outageOf(this.outages, call, this.#clock.now());
    if (outage?.kind === 'dropped') throw new ConnectionLost('the service is down');
    if (outage !== undefined) throw unavailable();
  }
}
