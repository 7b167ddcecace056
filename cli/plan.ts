import { Command } from 'commander';
import { cloudOptions, narrowOptions } from './options.ts';
import type { PlanOptions } from './plan-grant.ts';
import { parseAccess, parseConnections, parseEngines, parseExpiry, parseUid, parseUsers } from './usage.ts';

/** `plan`: what a grant would write, from live reads. */
export const planCommand = (): Command =>
  cloudOptions(
    narrowOptions(new Command('plan'))
      .description('as account B: show what a grant would change in RAM, changing nothing')
      .requiredOption('--requester <uid>', 'UID of account A', parseUid)
      .option('--engines <list>', 'engine ids or product names, comma-separated, or "all"', parseEngines)
      .option('--access <kind>', 'register or console', parseAccess, 'register')
      .option('--connections <list>', 'vpc, dedicated-line', parseConnections, [])
      .option('--users <list>', 'console only: RAM users of account A', parseUsers)
      .option('--expires <when>', 'as for request', (value: string) => parseExpiry(value))
      .option('--break-glass <reason>', 'as for request')
      .option(
        '--requesters <file>',
        'who may ask (default: requesters.json; with --local, that of the local cloud)',
      ),
    'the changes as JSON',
  )
    .addHelpText(
      'after',
      `
PROBE and VERIFY_ROLE count as they do for the functions: set them if they were set when those were deployed.

Examples:
  $ npx dms-handshake plan --requester 1000000000000001 --engines redis,lindorm
  $ npx dms-handshake plan --requester 1000000000000001 --access console --users alice --json`,
    )
    .action(async (options: PlanOptions, command: Command) => {
      if (options.access === 'register' && options.engines === undefined)
        command.error("error: required option '--engines <list>' not specified");
      const { planGrant } = await import('./plan-grant.ts');
      await planGrant(options);
    });
