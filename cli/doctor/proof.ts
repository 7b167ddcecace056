import type { Check } from '../../events/check.ts';
import { namesIn } from '../bootstrap/desired.ts';
import { sendProbe } from '../proof/probe.ts';
import { receiveProbe } from '../proof/receive.ts';
import type { Site } from '../site.ts';
import { examined, fail, pass, skip } from './finding.ts';
import { askersFor } from './owner.ts';

/** Time to run the other half in account B, in ms. */
const WAIT_MS = 60_000;

/** In account B: sends a message to every requester, for its side to see it arrive. */
export const sentProofs = (site: Site): Promise<readonly Check[]> =>
  examined('replies-arrive', async () => {
    const askers = await askersFor(site);
    const at = namesIn(site.region, site.ownerUid, askers);
    const checks: Check[] = [];
    for (const { uid } of askers) {
      await sendProbe(site, at.replyTopic, uid);
      const detail = `a message was sent to account ${uid}; whether it arrives is seen there: npx dms-handshake doctor --prove --side requester --owner ${site.ownerUid}`;
      checks.push(skip(`replies-arrive:${uid}`, detail));
    }
    return checks;
  });

/** In account A: whether a message arrives. */
export const arrivedProof = (site: Site): Promise<readonly Check[]> =>
  examined('replies-arrive', async () => {
    const { replyTopic } = namesIn(site.region, site.ownerUid, []);
    const probe = await receiveProbe(site, replyTopic, WAIT_MS);
    if (probe !== null)
      return [pass('replies-arrive', `a message of ${probe.time} came through the topic of account B`)];
    return [
      fail(
        'replies-arrive',
        `no message of account ${site.ownerUid} came through in ${WAIT_MS / 1000} s`,
        'while this runs, run "npx dms-handshake doctor --prove" in account B; if it still fails, run "npx dms-handshake bootstrap" in both accounts',
      ),
    ];
  });
