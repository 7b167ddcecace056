import type { Operation, RamWriter } from '../ports.ts';
import type { Clock } from '../runtime/clock.ts';
import { TerminalError } from '../runtime/errors.ts';
import type { Millis } from '../runtime/millis.ts';

/** What a plan came to. `done`: the operations that this run carried out; `conflict`: see `applyPlan`. */
export interface Written {
  readonly done: readonly Operation[];
  readonly conflict: boolean;
  readonly lastWriteAt: Millis | null;
}

/**
 * Applies a plan that takes something away. The new policy is attached before the old one goes; where the new one cannot be
 * had for good (the account is full of policies, a right is missing), the old one goes all the same, and then the failure is
 * thrown. What remains granted has no rights until a request is carried out again: better than what was taken away and is
 * still there.
 */
export async function applyTakingAway(
  stages: Parameters<typeof applyPlan>[0],
  roleName: string,
  ram: RamWriter,
  clock: Clock,
): Promise<Written> {
  try {
    return await applyPlan(stages, roleName, ram, clock);
  } catch (error) {
    if (error instanceof TerminalError) await applyPlan(stages.map(takingAway), roleName, ram, clock);
    throw error;
  }
}

const takingAway = (stage: readonly Operation[]): readonly Operation[] =>
  stage.filter(({ operation }) => operation === 'detach-policy' || operation === 'update-trust');

/**
 * Applies a plan stage by stage, the operations of a stage side by side. Stops after a stage with a conflict or a
 * failure. A failure is thrown only when the other operations of its stage have ended, so that no write goes on
 * unseen. `done`: the operations that this run carried out. `conflict`: whether RAM was in another state than the plan was
 * made for.
 */
export async function applyPlan(
  stages: readonly (readonly Operation[])[],
  roleName: string,
  ram: RamWriter,
  clock: Clock,
): Promise<Written> {
  const done: Operation[] = [];
  let lastWriteAt: Millis | null = null;
  for (const stage of stages) {
    const writes = stage.map((operation) => ram.apply(roleName, operation));
    await Promise.allSettled(writes);
    const results = await Promise.all(writes);
    const effective = stage.filter((_, index) => results[index] === 'done');
    done.push(...effective);
    if (effective.length > 0) lastWriteAt = clock.now();
    if (effective.length < stage.length) return { done, conflict: true, lastWriteAt };
  }
  return { done, conflict: false, lastWriteAt };
}
