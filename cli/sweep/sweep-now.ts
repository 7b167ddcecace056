import { failureIn } from '../../client/explain.ts';
import { type SweepReport, sweepReportSchema } from '../../events/sweep-report.ts';
import type { TimerEvent } from '../../events/timer.ts';
import { parseAnswer } from '../../shared/alicloud/answers.ts';
import { isDenied } from '../../shared/alicloud/errors.ts';
import { functionCompute } from '../../shared/alicloud/fc.ts';
import { FUNCTION_NAMES } from '../../shared/installation/installation.ts';
import { CliError, EXIT, sentence } from '../failure.ts';
import type { CloudOptions } from '../options.ts';
import { connect, fcOf, type Site } from '../site.ts';
import { progress } from '../ui/progress.ts';
import { terminal } from '../ui/terminal.ts';
import { showSweep } from './words.ts';

/** Invokes verify as its timer does, and shows the figures. */
export async function sweepNow(options: CloudOptions): Promise<void> {
  const site = await connect('owner', options);
  const spinner = progress('the verify function looks at every role', terminal(process.stderr));
  const swept = await invokeSweep(site).finally(() => spinner.stop());
  const text = options.json === true ? JSON.stringify(swept) : showSweep(swept, terminal(process.stdout));
  process.stdout.write(`${text}\n`);
  const bad = swept.failed > 0 || swept.unjudged > 0 || swept.refused;
  process.exitCode = bad ? EXIT.failed : EXIT.done;
}

/** Throws `CliError`; after a lost answer it says that the sweep may have run all the same. */
export async function invokeSweep(site: Site): Promise<SweepReport> {
  const event: TimerEvent = {
    triggerTime: new Date(site.clock.now()).toISOString(),
    triggerName: 'sweep',
    payload: 'sweep',
  };
  try {
    const answer = await functionCompute(fcOf(site)).invoke(FUNCTION_NAMES.verify, event);
    return parseAnswer(FUNCTION_NAMES.verify, sweepReportSchema, answer);
  } catch (error) {
    const failure = failureIn(error)?.failure;
    if (failure !== undefined && (isDenied(failure) || failure.status === 404)) throw error;
    const text = await sentence(error);
    throw new CliError(
      `${text}; the sweep may have run, in part or whole: "npx dms-handshake list" shows the verdicts, and a second sweep does no harm`,
      EXIT.failed,
      { cause: error },
    );
  }
}
