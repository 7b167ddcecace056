import { expect, it } from 'vitest';
import { startLocalCloud } from '../../../local/index.ts';
import { callsPerSecond } from '../../bench/cloud/load.ts';
import { assumeRole, cloudBefore, getQueue, getRole, updateRole } from '../../bench/cloud/requests.ts';

const CALLS = 10_000;
const KEEP = 1_000;

// A hundredth of what `npm run bench -- --only growth` sends, which looks at the memory of the process.
it('over 10,000 calls a local cloud answers all, and remembers the latest as far as it was asked to', async () => {
  const cloud = await startLocalCloud({ keep: KEEP });
  try {
    const [owner] = cloud.accounts;
    if (owner?.endpoint == null) throw new Error('the cloud has no port');
    const port = Number(new URL(owner.endpoint).port);
    await callsPerSecond(port, cloudBefore(owner), 1);
    const kinds = [getRole, updateRole, assumeRole, getQueue];
    const requests = Array.from({ length: CALLS }, (_, n) => (kinds[n % kinds.length] ?? getRole)(owner));
    await callsPerSecond(port, requests, 32);
    const { length } = cloud.calls();
    expect(length).toBeGreaterThanOrEqual(KEEP);
    expect(length).toBeLessThanOrEqual(1.1 * KEEP);
  } finally {
    await cloud.close();
  }
});
