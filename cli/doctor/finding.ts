import { explainCloud } from '../../client/explain.ts';
import type { Check } from '../../events/check.ts';

export const pass = (id: string, detail: string): Check => ({ id, status: 'pass', detail, fix: null });
export const skip = (id: string, detail: string): Check => ({ id, status: 'skip', detail, fix: null });
export const fail = (id: string, detail: string, fix: string): Check => ({ id, status: 'fail', detail, fix });

/** Checks that could not be made are one failed check: what was asked did not answer. */
export async function examined(id: string, look: () => Promise<readonly Check[]>): Promise<readonly Check[]> {
  try {
    return await look();
  } catch (error) {
    const text = explainCloud(error) ?? (error instanceof Error ? error.message : String(error));
    const [detail = text, ...advice] = text.split('; ');
    return [fail(id, detail, advice.join('; ') || 'fix this, then run doctor again')];
  }
}
