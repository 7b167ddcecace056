import { type Outcome, outcomeSchema } from '../../events/outcome.ts';
import { provision } from '../../functions/provision/provision.ts';
import type { ProvisionPorts } from '../../shared/reconcile/reconciled.ts';
import { millis } from '../../shared/runtime/millis.ts';
import { REQUESTER } from './accounts.ts';
import { type Direct, laneTopic } from './direct.ts';

/** How a body comes to provision: `ago` ms after it was published, and with other ports than those of the world. */
interface Sending {
  readonly ago?: number;
  readonly ports?: ProvisionPorts;
  readonly messageId?: string;
  /** Default: that of its lane. */
  readonly topic?: string;
}

/** Delivers a body to provision as its topic would: a request of `REQUESTER`, upkeep, or the owner's word. */
export async function send(
  at: Direct,
  body: object,
  {
    ago = 0,
    ports = at.provisionPorts(),
    messageId = 'm-1',
    topic = laneTopic(body, REQUESTER),
  }: Sending = {},
): Promise<Outcome> {
  const delivery = {
    body: JSON.stringify(body),
    messageId,
    publishedAt: millis(at.clock.now() - ago),
    topic,
  };
  return outcomeSchema.parse(await provision(delivery, at.settings, ports));
}
