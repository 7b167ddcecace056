import { invocationSchema } from '../../events/invocation.ts';
import type { Reply } from '../../events/reply.ts';
import { timerEventSchema } from '../../events/timer.ts';
import { listedOrNobody } from '../../shared/admission/load-requesters.ts';
import { callsMade } from '../../shared/alicloud/retry.ts';
import { outcomeLine } from '../../shared/requests/history-line.ts';
import { outcomesOf, requestBehind } from '../../shared/requests/receive-outcomes.ts';
import { readConfig } from '../../shared/runtime/config.ts';
import { functionArn } from '../../shared/runtime/context.ts';
import { TerminalError } from '../../shared/runtime/errors.ts';
import { handlerOf } from '../../shared/runtime/handler.ts';
import { log } from '../../shared/runtime/log.ts';
import { answerInvocation } from '../../shared/verification/answer-invocation.ts';
import { leftReply } from '../../shared/verification/approval-replies.ts';
import { proofOfFailed } from '../../shared/verification/carried-out.ts';
import { emergencyReply } from '../../shared/verification/emergency-reply.ts';
import { repairedReply } from '../../shared/verification/repaired-reply.ts';
import { replyWithProof } from '../../shared/verification/reply.ts';
import { verify } from '../../shared/verification/verify.ts';
import { briefly } from './briefly.ts';
import { hearing } from './hearing.ts';
import { said } from './log-reply.ts';
import { portsOf } from './ports.ts';
import { prepare } from './rehearsal.ts';
import { sweepAll } from './sweep.ts';

/** Of this instance: a further event of that kind finds nothing left to do. */
let prepared = false;

/**
 * Takes provision's outcomes, tests the roles and replies. It is the only function that replies, and it never writes
 * RAM.
 */
export const handler = handlerOf(async (event, invocation) => {
  const { context, clock } = invocation;
  const config = readConfig(process.env, context.region);
  const timer = timerEventSchema.safeParse(event);
  if (timer.success) return sweepAll(invocation, config);
  const asked = invocationSchema.safeParse(event);
  if (asked.success) {
    const ports = hearing(portsOf(invocation, config));
    const answer = await answerInvocation(asked.data.verify, config, ports);
    await ports.note();
    return answer;
  }
  const at = { ...config, requesters: () => listedOrNobody(process.env) };
  const outcomes = outcomesOf(event, at);
  if (outcomes === null)
    throw new TerminalError(
      'internal',
      'verify takes the events of its destination, of its timer and of the command line; this is none of them',
    );
  if (outcomes.length === 0) {
    // Sent to have an instance start (functions/provision/wake.ts), or what provision has handed over in another way.
    if (!prepared) await prepare(invocation, config, at);
    prepared = true;
    return [];
  }
  const sender = { ...config, source: functionArn(context) };
  const replies: Reply[] = [];
  for (const outcome of outcomes) {
    if (outcome.sweep !== undefined) {
      await sweepAll(invocation, config, outcome.sweep.after);
      continue;
    }
    const started = clock.now();
    const before = callsMade();
    const ports = hearing(portsOf(invocation, config));
    const left = leftReply(outcome, sender, clock.now());
    if (left !== null) {
      for (const addressee of left.to) await ports.outbox.publish(left.reply, addressee);
      replies.push(left.reply);
      log({ event: 'replied', ...said(left.reply) });
    }
    const request = outcome.result === 'failed' ? requestBehind(event, outcome, at) : null;
    const found =
      request === null
        ? null
        : await proofOfFailed(outcome, request, config, portsOf(briefly(invocation), config));
    const reply =
      found === null
        ? await verify(outcome, config, sender, ports)
        : replyWithProof(found.outcome, found.proof, sender, clock.now());
    if (reply === null) continue;
    for (const addressee of outcome.to) await ports.outbox.publish(reply, addressee);
    replies.push(reply);
    await ports.note();
    const emergency = emergencyReply(outcome, reply);
    if (emergency !== null) {
      await ports.outbox.publish(emergency, 'owner');
      log({ event: 'break-glass', ...said(emergency) });
    }
    const repaired = repairedReply(outcome, reply, sender, clock.now());
    if (repaired !== null) {
      await ports.outbox.publish(repaired, 'owner');
      log({ event: 'repaired', ...said(repaired), detail: String(repaired.data.problem?.detail) });
    }
    log(outcomeLine(outcome, reply.data, clock.now()));
    log({
      event: 'replied',
      ...said(reply),
      calls: callsMade() - before,
      durationMs: clock.now() - started,
    });
  }
  return replies;
});
