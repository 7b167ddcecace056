import type { EndRules } from '../../../shared/record/ends.ts';
import type { GrantId } from '../../../shared/record/record.ts';
import { DAY } from '../../kit/time.ts';
import { after, type Held, type Sent } from '../../property/record/ends-model.ts';

/** What one grant is in the model, and when its end was said. */
export type Granted = Held & { readonly said: number };

/** A role as the words of its requester and of its owner make it, in their order. */
export class RoleModel {
  readonly #grants = new Map<GrantId, Granted>();
  readonly #rules: EndRules;
  readonly #reviewDays: number | null;
  /** When it was confirmed last, and since when it is remembered that a review was told. */
  #keptAt = 0;
  #toldAt = 0;

  constructor(rules: EndRules, reviewDays: number | null) {
    this.#rules = rules;
    this.#reviewDays = reviewDays;
  }

  /** A request that was carried out. */
  takes(word: Sent, ids: readonly GrantId[]): void {
    for (const id of ids) {
      const before = this.#grants.get(id) ?? null;
      const next = after(before, word, id, this.#rules);
      const isSaid =
        before === null || before.until <= word.at || (word.action !== 'revoke' && word.until !== null);
      if (next === null) this.#grants.delete(id);
      else this.#grants.set(id, { ...next, said: isSaid ? word.at : before.said });
    }
  }

  kept(at: number): void {
    this.#keptAt = Math.max(this.#keptAt, at);
  }

  told(at: number): void {
    this.#toldAt = at;
  }

  /** These have ended because nobody has confirmed them. */
  lapsed(ids: readonly GrantId[]): void {
    for (const id of ids) this.#grants.delete(id);
  }

  /** What is granted then. */
  live(at: number): ReadonlyMap<GrantId, Granted> {
    return new Map([...this.#grants].filter(([, { until }]) => until > at));
  }

  /** Whether nobody has confirmed it for long enough then. */
  isDue(at: number): boolean {
    return this.#reviewDays !== null && this.#confirmedAt(at) + this.#reviewDays * DAY <= at;
  }

  /** Whether it is remembered then that a review was told since the last confirmation. */
  isTold(at: number): boolean {
    return this.#toldAt > this.#confirmedAt(at);
  }

  /** Of these the ones that may not end then, although nobody has confirmed them. */
  mustStay(ids: readonly GrantId[], at: number): readonly GrantId[] {
    const days = this.#reviewDays;
    if (days === null || !this.isDue(at) || !this.isTold(at) || at - this.#toldAt < days * DAY) return ids;
    return ids.filter((id) => (this.#grants.get(id)?.since ?? 0) > this.#toldAt);
  }

  /** The last confirmation, or the first of the grants; a role that grants nothing is never due. */
  #confirmedAt(at: number): number {
    const begun = [...this.live(at).values()].map(({ since }) => since);
    return Math.max(Math.min(...begun, Number.POSITIVE_INFINITY), this.#keptAt);
  }
}
