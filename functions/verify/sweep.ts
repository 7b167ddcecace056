import type { Config } from '../../shared/runtime/config.ts';
import { functionArn } from '../../shared/runtime/context.ts';
import type { Invocation } from '../../shared/runtime/handler.ts';
import { log } from '../../shared/runtime/log.ts';
import { type Swept, sweep } from '../../shared/workflow/sweep.ts';
import { portsOf } from './ports.ts';

/** The timer's work, or a further part of it. What operators are to be woken by is one line of the log. */
export async function sweepAll(
  invocation: Invocation,
  config: Config,
  after: string | null = null,
): Promise<Swept> {
  const { clock, context } = invocation;
  const started = clock.now();
  const settings = { ...config, region: context.region };
  const sender = { ...config, source: functionArn(context) };
  const swept = await sweep(settings, sender, portsOf(invocation, config), after);
  log({ event: 'swept', detail: JSON.stringify(swept), durationMs: clock.now() - started });
  if (swept.refused)
    log({
      event: 'sweep-refused',
      problem: 'verification-failed',
      detail: `${swept.mendable} of ${swept.roles} roles would be repaired, which is too many to be drift; nothing was repaired. Find out what they have in common (a new catalogue, PROBE or VERIFY_ROLE changed, an incident), then send the grants again`,
    });
  return swept;
}
