import { callsMade } from '../../shared/alicloud/retry.ts';
import type { Outbox } from '../../shared/ports.ts';
import type { Config } from '../../shared/runtime/config.ts';
import { functionArn } from '../../shared/runtime/context.ts';
import type { Invocation } from '../../shared/runtime/handler.ts';
import { log } from '../../shared/runtime/log.ts';
import { type Swept, sweep } from '../../shared/sweep/sweep.ts';
import { listedIn } from './listed-requesters.ts';
import { said } from './log-reply.ts';
import { portsOf } from './ports.ts';

/**
 * Runs the timer's sweep, or goes on with it after the role `after`. Logs its figures in one line, and in one more,
 * for an alert, that too much would have to be repaired.
 */
export async function sweepAll(
  invocation: Invocation,
  config: Config,
  after: string | null = null,
): Promise<Swept> {
  const { clock, context } = invocation;
  const started = clock.now();
  const before = callsMade();
  const sender = { ...config, source: functionArn(context) };
  const ports = portsOf(invocation, config);
  const outbox: Outbox = {
    async publish(reply, addressee) {
      await ports.outbox.publish(reply, addressee);
      log({ event: reply.data.status, ...said(reply) });
    },
  };
  const swept = await sweep(config, sender, { ...ports, outbox, ...listedIn(process.env) }, after);
  log({
    event: 'swept',
    roles: swept.roles,
    failed: swept.failed,
    detail: JSON.stringify(swept),
    calls: callsMade() - before,
    durationMs: clock.now() - started,
  });
  if (swept.refused)
    log({
      event: 'sweep-refused',
      problem: 'verification-failed',
      detail: `${swept.repairable} of ${swept.roles} roles would be repaired, which is too many to be drift; nothing was repaired. Find out what they have in common (a new catalogue, PROBE or VERIFY_ROLE changed, an incident), then send the grants again`,
    });
  return swept;
}
