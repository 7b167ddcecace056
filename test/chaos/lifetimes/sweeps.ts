import type { Reply, Status } from '../../../events/reply.ts';
import type { Upkeep } from '../../../events/upkeep.ts';
import { type GrantId, readRecord } from '../../../shared/record/record.ts';
import { hasLapsed } from '../../../shared/record/reviews.ts';
import { type Sweeper, sweeper } from '../../kit/sweeper.ts';
import { DAY, MINUTE } from '../../kit/time.ts';
import type { Dice } from '../dice.ts';
import type { Life, Roles } from './roles.ts';

/** A sweep whose calls all come through makes about this many for each role. */
const CALLS = 4;

const NOTICES: readonly Status[] = ['expiring', 'review-due'];

/** The sweeps over these roles, and what is wrong of what they tell and take away, in words. */
export class Sweeps {
  readonly wrong: string[] = [];
  /** Ids of notices by what they are about, and those that may not be told again: a sweep has come through since. */
  readonly #ids = new Map<string, Set<string>>();
  readonly #over = new Set<string>();
  readonly #sweeping: Sweeper;
  readonly #roles: Roles;
  readonly #dice: Dice;
  readonly #byName: ReadonlyMap<string, Life>;
  narrowed = 0;

  /** How many were told. */
  get notices(): number {
    return this.#ids.size;
  }

  constructor(roles: Roles, dice: Dice) {
    this.#roles = roles;
    this.#dice = dice;
    this.#sweeping = sweeper(roles.at);
    this.#byName = new Map(roles.all.map((life) => [life.name, life]));
  }

  /** One sweep. It may die; then the platform begins it again, and it comes through. */
  async sweep(): Promise<void> {
    for (const dies of this.#dice.chance(0.4) ? [true, false] : [false]) {
      const from = this.#roles.at.clock.now();
      const due = this.#roles.all.filter(({ model }) => model.isDue(from) && !model.isTold(from));
      const judged = await this.#run(dies);
      const told = this.#tell(from);
      if (judged !== null)
        for (const { name } of due)
          if (!told.some((about) => about.startsWith(`review:${name}:`)))
            this.wrong.push(`${name}: the review is not told of`);
      await this.#deliver(judged ?? this.#roles.all.length);
      if (judged === null) this.#roles.at.clock.advance(MINUTE);
      else this.#settle(from);
    }
  }

  /** How many roles were judged; null where it died. */
  async #run(dies: boolean): Promise<number | null> {
    // Half of the deaths come between the two messages of a notice: the requester is told, and nobody remembers it.
    const telling = dies && this.#dice.chance(0.5);
    const calls = telling ? this.#dice.pick([1, 3]) : this.#dice.int(1, this.#roles.all.length * CALLS);
    let left = dies ? calls : Number.POSITIVE_INFINITY;
    const onCall = (_operation: string, subject: string) => {
      if (telling && subject !== 'reply') return;
      left -= 1;
      if (left < 0) throw new Error('the function was killed');
    };
    return this.#sweeping.run({ onCall }).then(
      ({ roles }) => roles,
      (error: unknown) => {
        if (dies) return null;
        throw error;
      },
    );
  }

  /** What it has told: nothing that is not so, and nothing that was told before. */
  #tell(from: number): readonly string[] {
    // Between sweeps lie more than two hours, so a role that is still open after an end is told of as changed, too.
    const replies = this.#sweeping.replies.splice(0).filter(({ data }) => NOTICES.includes(data.status));
    for (const reply of replies) {
      const about = reply.data.requestId;
      const ids = this.#ids.get(about) ?? new Set();
      this.#ids.set(about, ids.add(reply.id));
      if (ids.size > 1) this.wrong.push(`${about} has two ids`);
      if (this.#over.has(about)) this.wrong.push(`${about} is told again`);
      if (!this.#isSo(reply, from)) this.wrong.push(`${about} is told and not so`);
    }
    return replies.map(({ data }) => data.requestId);
  }

  #isSo({ data }: Reply, from: number): boolean {
    const life = this.#byName.get(data.roleArn?.split('/')[1] ?? '');
    if (life === undefined) return false;
    if (data.status === 'review-due') return life.model.isDue(from);
    const end = /:(\d{4}-.*Z):\d+$/.exec(data.requestId)?.[1] ?? '';
    const isOfOne = [...life.model.live(from).values()].some(({ until }) => until === Date.parse(end));
    return data.status === 'expiring' && isOfOne;
  }

  /** Has provision do what was asked for. Nothing ends that was confirmed, or that nobody was told of for long enough. */
  async #deliver(judged: number): Promise<void> {
    let narrowed = 0;
    for (const upkeep of this.#sweeping.asked.splice(0)) {
      const lapsing = 'role' in upkeep && upkeep.unconfirmed === true;
      const life = lapsing ? this.#byName.get(upkeep.role) : undefined;
      // The owner may confirm a role after the sweep has looked at it.
      if (life !== undefined && this.#dice.chance(0.3)) await this.#roles.keep(life);
      const at = this.#roles.at.clock.now();
      await this.#roles.deliver({ upkeep });
      if ('remember' in upkeep) this.#remembered(upkeep, at);
      if (!lapsing) continue;
      const gone = life === undefined ? [] : this.#lapsedOf(life);
      const stay = life?.model.mustStay(gone, at) ?? [];
      if (stay.length > 0) this.wrong.push(`${upkeep.role}: ${stay.join(', ')} ended too early`);
      life?.model.lapsed(gone);
      if (gone.length > 0) narrowed += 1;
    }
    if (narrowed > Math.max(1, 0.3 * judged)) this.wrong.push(`${narrowed} of ${judged} roles were narrowed`);
    this.narrowed += narrowed;
  }

  #remembered({ remember }: Extract<Upkeep, { remember: unknown }>, at: number): void {
    if (remember.tags['dms-notes']?.includes('asked:') !== true) return;
    for (const name of remember.roles) this.#byName.get(name)?.model.told(at);
  }

  /** What the model has and the record calls ended because nobody has confirmed it. */
  #lapsedOf({ name, model }: Life): readonly GrantId[] {
    const now = this.#roles.at.clock.now();
    const { entries } = readRecord(this.#roles.at.owner.ram.findRole(name)?.tags ?? new Map(), now);
    return [...model.live(now).keys()].filter((id) => {
      const entry = entries.get(id);
      return entry !== undefined && hasLapsed(entry);
    });
  }

  /** After a sweep that came through: all was told that had to be, and every role is what the words say. */
  #settle(from: number): void {
    for (const about of this.#ids.keys()) this.#over.add(about);
    for (const life of this.#roles.all) {
      this.wrong.push(...this.#untold(life, from), ...this.#roles.differences(life, from));
    }
  }

  #untold({ name, model, requester }: Life, from: number): readonly string[] {
    const missing: string[] = [];
    for (const { until, since, said } of model.live(from).values())
      for (const days of Number.isFinite(until) ? requester.noticeDays : []) {
        const moment = until - days * DAY;
        const about = `notice:${name}:${new Date(until).toISOString()}:${days}`;
        if (moment > Math.max(since, said) && moment <= from - MINUTE && !this.#ids.has(about))
          missing.push(`${about} is not told`);
      }
    return missing;
  }
}
