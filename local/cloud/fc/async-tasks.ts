import { Latest } from '../bounded.ts';
import { ApiError } from '../error.ts';
import type { World } from '../world.ts';

/** The task ids that callers have given to asynchronous invocations, per world. */
const known = new WeakMap<World, Latest<true>>();

/**
 * Reserves an `x-fc-async-task-id` for a function: the second request with the same id is refused, which makes an
 * asynchronous invocation idempotent. The code of the refusal is inferred.
 * Throws `ApiError` 400 `InvalidArgument` for a malformed id, 409 `StatefulAsyncInvocationAlreadyExists`.
 *
 * Belief task-id-code (inferred): a repeated x-fc-async-task-id is refused with StatefulAsyncInvocationAlreadyExists.
 * Source: names of other codes. Shown wrong by: doctor --live.
 */
export function reserveTask(world: World, functionArn: string, taskId: string): void {
  if (!/^[A-Za-z_][A-Za-z0-9_-]{0,127}$/.test(taskId)) {
    throw new ApiError(400, 'InvalidArgument', 'x-fc-async-task-id is not well-formed');
  }
  const tasks = known.get(world) ?? new Latest<true>(world.keep);
  known.set(world, tasks);
  const key = `${functionArn}/${taskId}`;
  if (tasks.has(key)) {
    throw new ApiError(
      409,
      'StatefulAsyncInvocationAlreadyExists',
      `the async task '${taskId}' already exists`,
    );
  }
  tasks.add(key, true);
}
