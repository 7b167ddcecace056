import { clientFaults } from '../../shared/admission/authenticate/clients.ts';
import { loadRequesters } from '../../shared/admission/load-requesters.ts';
import { mnsEndpoint } from '../../shared/alicloud/account-hosts.ts';
import { Credentials } from '../../shared/alicloud/credentials.ts';
import { callsMade } from '../../shared/alicloud/retry.ts';
import { topic } from '../../shared/alicloud/topic.ts';
import { readConfig } from '../../shared/runtime/config.ts';
import { handlerOf, type Invocation } from '../../shared/runtime/handler.ts';
import { log } from '../../shared/runtime/log.ts';
import { codeOf } from './http-problems.ts';
import { Memory } from './idempotency-keys.ts';
import { type IntakeSettings, intake } from './intake.ts';

const memory = new Memory();

/**
 * The HTTP function for ticket systems: proves the sender, reads the request, publishes it. It has no other right in
 * the cloud.
 */
export const handler = handlerOf(async (event, invocation) => {
  const { clock, context } = invocation;
  const now = clock.now();
  const before = callsMade();
  const { answer, ...known } = await intake(event, {
    now,
    callId: context.requestId,
    settings: () => settings(context.region),
    environment: process.env,
    memory,
    publish: (name, body) => publish(name, body, invocation),
  });
  log({
    event: 'answered',
    ...known,
    status: String(answer.statusCode),
    problem: codeOf(answer),
    calls: callsMade() - before,
    durationMs: clock.now() - now,
  });
  return answer;
});

function settings(region: string): IntakeSettings {
  const { ownerUid, requestTopic } = readConfig(process.env, region);
  const requesters = loadRequesters(process.env);
  for (const detail of clientFaults(requesters.clients, process.env))
    log({ event: 'client-unusable', detail });
  return { ownerUid, requestTopic, requesters };
}

function publish(name: string, body: string, { clock, deadline, context }: Invocation): Promise<string> {
  const { ownerUid, endpoint } = readConfig(process.env, context.region);
  const options = {
    accountId: ownerUid,
    endpoint: endpoint ?? mnsEndpoint(ownerUid, context.region),
    credentials: new Credentials(context.credentials, deadline),
  };
  return topic(name, options, { clock, random: Math.random, deadline }).publish(body);
}
