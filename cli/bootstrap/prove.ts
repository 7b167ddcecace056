import { sendProbe } from '../proof/probe.ts';
import { receiveProbe } from '../proof/receive.ts';
import type { Side, Site } from '../site.ts';
import type { Steps } from './steps.ts';

/** What was written in one account. */
export interface Written extends Steps {
  readonly side: Side;
  readonly site: Site;
  readonly replyTopic: string;
}

/** How a message is sent through the reply topic and met in the queue. */
export interface Proving {
  readonly send: typeof sendProbe;
  readonly receive: typeof receiveProbe;
  /** How long one may take where both accounts are at hand, and where the other one has to have sent it, in ms. */
  readonly waitMs: { readonly both: number; readonly requester: number };
}

const PROVING: Proving = {
  send: sendProbe,
  receive: receiveProbe,
  waitMs: { both: 30_000, requester: 20_000 },
};

/**
 * Proves each subscription that was made with a message that goes through it: no API shows whether it has its role. Where
 * only one account is at hand, it says what to run in the other. Answers false where a message should have arrived and
 * did not.
 */
export async function prove(
  written: readonly Written[],
  say: (text: string) => void,
  given: Partial<Proving> = {},
): Promise<boolean> {
  const by = { ...PROVING, ...given };
  const owner = written.find(({ side }) => side === 'owner');
  const requester = written.find(({ side }) => side === 'requester');
  if (owner === undefined) {
    if (requester !== undefined && requester.steps.length > 0) await proveAlone(requester, say, by);
    return true;
  }
  let proved = true;
  for (const uid of subscribed(owner)) {
    const { id } = await by.send(owner.site, owner.replyTopic, uid);
    if (requester?.site.accountId !== uid) {
      say(`a message is on its way to the queue of account ${uid}; to see it arrive: ${inAccountA(owner)}`);
      continue;
    }
    const arrived = (await by.receive(requester.site, owner.replyTopic, by.waitMs.both, id)) !== null;
    if (arrived) say(`replies reach account ${uid}: a message came through to its queue`);
    else
      say(
        `replies do not reach account ${uid}: a message did not come through in ${by.waitMs.both / 1000} s`,
      );
    proved &&= arrived;
  }
  return proved;
}

/** Account B may not have been set up yet, so that nothing came proves nothing. */
async function proveAlone(
  { site, replyTopic }: Written,
  say: (text: string) => void,
  { receive, waitMs }: Proving,
): Promise<void> {
  const probe = await receive(site, replyTopic, waitMs.requester);
  if (probe !== null) say(`replies reach this account: a message of ${probe.time} came through to its queue`);
  else
    say(
      `no message of account ${site.ownerUid} has come through yet; once it is set up: ${inAccountA({ site })}`,
    );
}

const subscribed = ({ steps }: Steps): readonly string[] =>
  steps.flatMap(({ operation, target }) =>
    operation === 'subscribe' && target.startsWith('requester-') ? [target.slice('requester-'.length)] : [],
  );

const inAccountA = ({ site }: Pick<Written, 'site'>): string =>
  `npx dms-handshake doctor --prove --side requester --owner ${site.ownerUid}`;
