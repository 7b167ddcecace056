import { xmlSafeJson } from '../../events/xml-safe-json.ts';
import { mnsEndpoint } from '../../shared/alicloud/account-hosts.ts';
import { actionTrail } from '../../shared/alicloud/action-trail.ts';
import { Api } from '../../shared/alicloud/api.ts';
import { Credentials } from '../../shared/alicloud/credentials.ts';
import { prober } from '../../shared/alicloud/prober.ts';
import { ramLister } from '../../shared/alicloud/ram-lister.ts';
import { ramReader } from '../../shared/alicloud/ram-reader.ts';
import { sts } from '../../shared/alicloud/sts.ts';
import { outbox, topic } from '../../shared/alicloud/topic.ts';
import { millis } from '../../shared/runtime/clock.ts';
import type { Config } from '../../shared/runtime/config.ts';
import type { Invocation } from '../../shared/runtime/handler.ts';
import type { SweepPorts } from '../../shared/sweep/sweep-role.ts';
import type { AnswerPorts } from '../../shared/verification/answer-invocation.ts';

/** The longest that a probe may take, in ms. An engine that is not sold in a region may not answer at all. */
const PROBE_MS = 10_000;

/** Everything that verify reads with and sends by, with the keys of this invocation. */
export function portsOf(
  { clock, deadline, context }: Invocation,
  config: Config,
): AnswerPorts & Omit<SweepPorts, 'isListed' | 'requesterOf'> {
  const { region } = context;
  const credentials = new Credentials(context.credentials, deadline);
  const patience = { clock, random: Math.random, endpoint: config.endpoint };
  const api = new Api({ ...patience, deadline, credentials });
  const identity = sts(api, region);
  const mns = {
    accountId: config.ownerUid,
    endpoint: config.endpoint ?? mnsEndpoint(config.ownerUid, region),
    credentials,
  };
  const due = topic(config.upkeepTopic, mns, { ...patience, deadline });
  return {
    clock,
    deadline,
    identity,
    assumer: identity,
    ram: ramReader(api),
    lister: ramLister(api),
    trail: actionTrail(
      (until) => new Api({ ...patience, deadline: millis(Math.min(deadline, until)), credentials }),
      region,
      patience,
    ),
    prober: prober(
      (session) =>
        new Api({
          ...patience,
          deadline: millis(Math.min(deadline, clock.now() + PROBE_MS)),
          credentials: session,
        }),
      region,
    ),
    outbox: outbox(config.replyTopic, mns, { ...patience, deadline }),
    upkeep: { ask: async (upkeep) => void (await due.publish(xmlSafeJson({ upkeep }))) },
  };
}
