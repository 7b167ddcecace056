import { listOf, populate } from '../kit/populate.ts';
import { rounded } from './median.ts';
import { HEAP_OF_256_MB } from './memory.ts';
import { openStage } from './stage.ts';

/**
 * Sweeps with the built verify in a process of its own, against a local cloud in this one; answers its peak memory
 * in MB.
 */
export async function peakRss(roles: number): Promise<number> {
  const stage = await openStage({ quotas: 'published' }, listOf(roles));
  try {
    await populate(stage.cloud.world, stage.cloud.owner, roles);
    const triggerTime = new Date().toISOString().replace(/[.]\d+Z/, 'Z');
    const event = { triggerTime, triggerName: 'sweep', payload: 'sweep' };
    const task = { events: [event], invocations: 1, lookAfter: [1] };
    const { answer, memory } = await stage.run('verify', task, HEAP_OF_256_MB);
    const seen = JSON.parse(answer).roles;
    if (seen !== roles) throw new Error(`the sweep judged ${seen} of ${roles} roles`);
    return rounded((memory[0]?.peak ?? Number.NaN) / 1_024);
  } finally {
    await stage.close();
  }
}
