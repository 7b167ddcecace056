import { isDigest, isPolicyName } from '../catalogue/names.ts';
import type { Operation } from '../ports.ts';
import type { Millis } from '../runtime/millis.ts';
import { mayBeOld } from '../runtime/patience.ts';

/** Policies of whole sets of engines that a role may leave standing. It often comes back to them, and others share them. */
const KEPT = 8;

/** Policies that are looked at in one run: more than a run can leave, so that none pile up. */
const AT_ONCE = 3;

/** A policy, and when a role left it. */
interface Left {
  readonly name: string;
  readonly since: Millis;
}

/**
 * The policies that the writes of this instance left without a use, role by role. RAM holds 1,500 policies for all
 * requesters together, so one that changes its grant again and again may not leave one behind each time. An instance that
 * was stopped between two writes forgets what it left; the sweep finds that after a day.
 */
export class LeftPolicies {
  /** When each was left, by role and policy, the oldest first. */
  readonly #left = new Map<string, Map<string, Millis>>();
  /** Policies that were deleted here, which an old reading may still show. */
  readonly #gone = new Map<string, Millis>();

  /** Notes a write that was made. `done`: whether it took effect. */
  note(roleName: string, { operation, target }: Operation, now: Millis, done: boolean): void {
    if (operation === 'create-policy') this.#gone.delete(target);
    if (!done || !isPolicyName(target)) return;
    const left = this.#of(roleName);
    left.delete(target);
    if (operation === 'create-policy' || operation === 'detach-policy') left.set(target, now);
    if (operation === 'delete-policy') this.#gone.set(target, now);
  }

  /** What a role left behind that is to go now: the oldest of what is narrowed, and of the rest what is too much. */
  due(roleName: string): readonly Left[] {
    const all = [...this.#of(roleName)].map(([name, since]) => ({ name, since }));
    const narrowed = all.filter(isNarrowed);
    const shared = all.filter((one) => !isNarrowed(one));
    return [...narrowed, ...shared.slice(0, -KEPT)].slice(0, AT_ONCE);
  }

  /** Passes over a policy that was seen in use, or not seen: for now where the reading may be old, else for good. */
  putOff(roleName: string, { name, since }: Left, now: Millis, patienceMs: number): void {
    const left = this.#of(roleName);
    left.delete(name);
    if (mayBeOld(since, now, patienceMs)) left.set(name, since);
  }

  #of(roleName: string): Map<string, Millis> {
    const left = this.#left.get(roleName) ?? new Map<string, Millis>();
    this.#left.set(roleName, left);
    return left;
  }

  /** Whether a policy was deleted here so lately that a reading may still show it. */
  isGone(name: string): boolean {
    return this.#gone.has(name);
  }

  /** Forgets the deletions that every reading of now shows. */
  forget(now: Millis, patienceMs: number): void {
    for (const [name, at] of this.#gone) if (!mayBeOld(at, now, patienceMs)) this.#gone.delete(name);
  }
}

const isNarrowed = ({ name }: Left): boolean => isDigest(name.slice(name.lastIndexOf('-') + 1));
