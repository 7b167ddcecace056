import { Command, Option } from 'commander';
import { type CloudOptions, cloudOptions } from '../options.ts';
import { parseEngine, parseSince, parseUid } from '../usage.ts';

export interface HistoryOptions extends CloudOptions {
  readonly requester?: string;
  readonly engine?: string;
  /** Ms since the epoch. */
  readonly since?: number;
  readonly csv?: true;
}

/** `history`: who had what, when, why, and who said yes. */
export const historyCommand = (): Command =>
  cloudOptions(
    new Command('history')
      .description('as account B: who had what, when, why, and who said yes')
      .option('--requester <uid>', 'only what this account asked for', parseUid)
      .option('--engine <id>', 'only where this engine was granted before or after', parseEngine)
      .option('--since <time>', 'from this time on, or from 12h, 30d, 4w ago (default: 30d)', parseSince)
      .addOption(new Option('--csv', 'a table for other programs').conflicts('json')),
    'the events as JSON',
  )
    .addHelpText(
      'after',
      `
It is read from the log of the functions (Simple Log Service), and reaches as far back as the logstore keeps lines. Refused
requests are in it, and writes that nobody ever answered for (unanswered): the state after them is what the next look at
the role found. Where the functions write no logs, it is what ActionTrail has: who wrote which role, and when.

Examples:
  $ npx dms-handshake history --requester 1000000000000001 --since 90d
  $ npx dms-handshake history --engine redis --csv > redis.csv`,
    )
    .action(async (options: HistoryOptions) => {
      const { history } = await import('./history.ts');
      await history(options);
    });
