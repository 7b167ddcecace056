import type { DestinationEvent } from '../../events/destination.ts';
import type { Outcome } from '../../events/outcome.ts';
import { traced } from '../../events/trace.ts';
import { listedOrNobody, loadRequesters } from '../../shared/admission/load-requesters.ts';
import { RequestRate } from '../../shared/admission/rate.ts';
import { Api } from '../../shared/alicloud/api.ts';
import { Credentials } from '../../shared/alicloud/credentials.ts';
import { invokeLater } from '../../shared/alicloud/fc-async.ts';
import { ramReader } from '../../shared/alicloud/ram-reader.ts';
import { ramWriter } from '../../shared/alicloud/ram-writer.ts';
import { callsMade } from '../../shared/alicloud/retry.ts';
import { sts } from '../../shared/alicloud/sts.ts';
import { FUNCTION_NAMES } from '../../shared/installation/installation.ts';
import { LastRecords } from '../../shared/reconcile/last-records.ts';
import { ATTACHMENTS_PER_SECOND, pacedWriter } from '../../shared/reconcile/rate-limited-writer.ts';
import { RecentWrites } from '../../shared/reconcile/recent-writes.ts';
import type { ProvisionPorts } from '../../shared/reconcile/reconciled.ts';
import type { Delivery } from '../../shared/requests/delivery.ts';
import { seenLine, writeLine } from '../../shared/requests/history-line.ts';
import { deliveriesOf } from '../../shared/requests/parse-delivery.ts';
import { unknownEvent } from '../../shared/requests/unknown-event.ts';
import { systemClock } from '../../shared/runtime/clock.ts';
import { type Config, readConfig } from '../../shared/runtime/config.ts';
import type { Invocation } from '../../shared/runtime/handler.ts';
import { log } from '../../shared/runtime/log.ts';
import { Pacer } from '../../shared/runtime/rate-limit.ts';
import { givenUp, handOver } from './hand-over.ts';
import { provisionInTurn } from './provision.ts';

/** All are kept from one invocation to the next: the only writer has one instance. */
const memory = new RecentWrites();
const seen = new LastRecords();
const rate = new RequestRate();
const attachments = new Pacer(systemClock, ATTACHMENTS_PER_SECOND);

/**
 * The only writer of RAM. Takes events of its topics; its outcomes go to verify, by destination where they fit into the
 * platform's record.
 */
export async function takeEvent(event: unknown, invocation: Invocation): Promise<readonly Outcome[]> {
  const config = readConfig(process.env, invocation.context.region);
  const api = apiOf(invocation, config.endpoint);
  const invoke = (record: DestinationEvent) => invokeLater(api, config, FUNCTION_NAMES.verify, record);
  try {
    return await handOver(await outcomesOfEvent(event, invocation, config, api), invocation, invoke);
  } catch (error) {
    const requesters = () => listedOrNobody(process.env);
    const outcomes = givenUp(error, invocation, { ...config, requesters });
    if (outcomes === null) throw error;
    return handOver(outcomes, invocation, invoke);
  }
}

async function outcomesOfEvent(
  event: unknown,
  invocation: Invocation,
  config: Config,
  api: Api,
): Promise<readonly (Outcome | null)[]> {
  const settings = { ...config, requesters: loadRequesters(process.env) };
  const deliveries = deliveriesOf(event);
  if (deliveries === null) return [unknownEvent(invocation.context.requestId)];
  const outcomes: (Outcome | null)[] = [];
  for (const delivery of deliveries) {
    const started = invocation.clock.now();
    const before = callsMade();
    const ports = { ...portsOf(invocation, api), note: noteOf(delivery, invocation) };
    const outcome = await provisionInTurn(delivery, settings, ports, rate);
    outcomes.push(outcome);
    if (outcome === null) {
      log({ event: 'copy-passed-over', requestId: delivery.messageId });
      continue;
    }
    if (outcome.after !== null && outcome.requesterUid !== null)
      log(
        seenLine({ ...outcome, requesterUid: outcome.requesterUid }, outcome.after, invocation.clock.now()),
      );
    log({
      event: 'provisioned',
      requestId: outcome.requestId,
      requesterUid: outcome.requesterUid,
      status: outcome.result,
      engines: outcome.engines,
      problem: outcome.problem?.code ?? null,
      writes: outcome.writes,
      calls: callsMade() - before,
      durationMs: invocation.clock.now() - started,
      ...traced(outcome.traceparent),
    });
  }
  return outcomes;
}

/** Writes down what is about to be overwritten. The request's own id is in the outcome; here it is the message's. */
function noteOf({ messageId }: Delivery, { clock }: Invocation): NonNullable<ProvisionPorts['note']> {
  return (write) => log(writeLine(write, messageId, clock.now()));
}

function apiOf({ clock, deadline, context }: Invocation, endpoint: string | null): Api {
  const credentials = new Credentials(context.credentials, deadline);
  return new Api({ clock, deadline, random: Math.random, credentials, endpoint });
}

function portsOf({ clock, deadline, context }: Invocation, api: Api): ProvisionPorts {
  return {
    clock,
    deadline,
    identity: sts(api, context.region),
    ram: { ...ramReader(api), ...pacedWriter(ramWriter(api), attachments) },
    memory,
    seen,
  };
}
