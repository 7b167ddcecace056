import { isMnsIdle, mnsIdle } from './cloud/mns/index.ts';
import type { World } from './cloud/world.ts';
import type { FunctionHost } from './host/host.ts';

/** Resolves when no message and no event is on its way. A message starts a function, which publishes a message. */
export async function untilIdle(world: World, host: FunctionHost): Promise<void> {
  while (!isMnsIdle(world) || host.isBusy) {
    await mnsIdle(world);
    await host.idle();
  }
}
