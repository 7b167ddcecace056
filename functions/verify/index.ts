import { invocationSchema } from '../../events/invocation.ts';
import type { Reply } from '../../events/reply.ts';
import { xmlSafeJson } from '../../events/reply.ts';
import { timerEventSchema } from '../../events/timer.ts';
import { Api } from '../../shared/alicloud/api.ts';
import { Credentials } from '../../shared/alicloud/credentials.ts';
import { mnsEndpoint } from '../../shared/alicloud/hosts.ts';
import type { MnsOptions } from '../../shared/alicloud/mns-call.ts';
import { prober } from '../../shared/alicloud/prober.ts';
import { ramLister } from '../../shared/alicloud/ram-lister.ts';
import { ramReader } from '../../shared/alicloud/ram-reader.ts';
import { sts } from '../../shared/alicloud/sts.ts';
import { outbox, topic } from '../../shared/alicloud/topic.ts';
import { millis } from '../../shared/runtime/clock.ts';
import { type Config, readConfig } from '../../shared/runtime/config.ts';
import { functionArn } from '../../shared/runtime/context.ts';
import { TerminalError } from '../../shared/runtime/errors.ts';
import { handlerOf, type Invocation } from '../../shared/runtime/handler.ts';
import { log } from '../../shared/runtime/log.ts';
import { type InspectPorts, inspect } from '../../shared/workflow/inspect.ts';
import type { Outbox } from '../../shared/workflow/ports.ts';
import { outcomesOf } from '../../shared/workflow/receive.ts';
import { type Swept, sweep } from '../../shared/workflow/sweep.ts';
import { verify } from '../../shared/workflow/verify.ts';

/** Never longer than this for all probes together: an engine that is not sold in a region may not answer at all. */
const PROBE_MS = 10_000;

/** Proves roles and replies; the only one that replies, and never a writer of RAM. Takes provision's outcomes. */
export const handler = handlerOf(async (event, invocation) => {
  const config = readConfig(process.env);
  const { context, clock } = invocation;
  const timer = timerEventSchema.safeParse(event);
  if (timer.success) return sweepAll(invocation, config);
  const settings = { ...config, region: context.region };
  const asked = invocationSchema.safeParse(event);
  if (asked.success) return inspect(asked.data.verify, settings, portsOf(invocation, config.endpoint));
  const outcomes = outcomesOf(event, config.ownerUid);
  if (outcomes === null)
    throw new TerminalError(
      'internal',
      'verify takes the events of its destination, of its timer and of the command line; this is none of them',
    );
  const sender = { ...config, source: functionArn(context) };
  const replies: Reply[] = [];
  for (const outcome of outcomes) {
    const started = clock.now();
    const reply = await verify(outcome, settings, sender, portsOf(invocation, config.endpoint));
    if (reply === null) continue;
    await outboxOf(invocation, config).publish(reply);
    replies.push(reply);
    const { status, requestId, requesterUid, engines, problem, checks } = reply.data;
    log({
      event: 'replied',
      requestId,
      requesterUid,
      status,
      engines,
      problem: problem?.code ?? null,
      failedChecks: checks.filter((check) => check.status === 'fail').map((check) => check.id),
      durationMs: clock.now() - started,
    });
  }
  return replies;
});

/** The timer's work: asks for what is due. */
async function sweepAll(invocation: Invocation, config: Config): Promise<Swept> {
  const { clock, deadline, context } = invocation;
  const started = clock.now();
  const credentials = new Credentials(context.credentials, deadline);
  const api = new Api({ clock, deadline, random: Math.random, credentials, endpoint: config.endpoint });
  const requests = topic(config.requestTopic, mnsOf(invocation, config), {
    clock,
    random: Math.random,
    deadline,
  });
  const swept = await sweep({
    clock,
    lister: ramLister(api),
    upkeep: { ask: async (upkeep) => void (await requests.publish(xmlSafeJson({ upkeep }))) },
  });
  log({ event: 'swept', detail: JSON.stringify(swept), durationMs: clock.now() - started });
  return swept;
}

function portsOf({ clock, deadline, context }: Invocation, endpoint: string | null): InspectPorts {
  const { region } = context;
  const credentials = new Credentials(context.credentials, deadline);
  const patience = { clock, random: Math.random, endpoint };
  const api = new Api({ ...patience, deadline, credentials });
  const identity = sts(api, region);
  const probes = prober(
    { ...patience, deadline: millis(Math.min(deadline, clock.now() + PROBE_MS)) },
    region,
  );
  return {
    clock,
    deadline,
    identity,
    assumer: identity,
    ram: ramReader(api),
    prober: probes,
    lister: ramLister(api),
  };
}

function outboxOf(invocation: Invocation, config: Config): Outbox {
  const { clock, deadline } = invocation;
  return outbox(config.replyTopic, mnsOf(invocation, config), { clock, random: Math.random, deadline });
}

const mnsOf = ({ context, deadline }: Invocation, config: Config): MnsOptions => ({
  accountId: config.ownerUid,
  endpoint: config.endpoint ?? mnsEndpoint(config.ownerUid, context.region),
  credentials: new Credentials(context.credentials, deadline),
});
