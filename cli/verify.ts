import { Command } from 'commander';
import type { VerifyOptions } from './ask-verify.ts';
import { cloudOptions } from './options.ts';
import { parseAccess, parseFile, parseUid } from './usage.ts';

/** `verify`: has the verify function look at roles, and shows its evidence. */
export const verifyCommand = (): Command =>
  cloudOptions(
    new Command('verify')
      .description('as account B: have the verify function test roles now, and show its evidence')
      .option('--requester <uid>', 'the roles of one account A', parseUid)
      .option('--all', 'every role that dms-handshake manages')
      .option(
        '--accounts <file>',
        'of many accounts B: with --all, those of this file, each by a role of its own',
      )
      .option('--access <kind>', 'only register or only console roles', parseAccess)
      .option(
        '--html <file>',
        'write a page for people too: every role and check, with filters, in one file',
        parseFile,
      ),
    'the reports as JSON',
  )
    .addHelpText(
      'after',
      `
Exit status 1 if any check of any role failed, or if a role or an account of --accounts could not be looked at:
standard error names it, and the others are reported.

--accounts FILE holds {"accounts": [{"uid", "roleArn", "region"?, "name"?}]}: the role is assumed, and may invoke the
verify function of that account.

Examples:
  $ npx dms-handshake verify --requester 1000000000000001
  $ npx dms-handshake verify --all --json
  $ npx dms-handshake verify --all --html report.html
  $ npx dms-handshake verify --all --accounts fleet.json --html fleet.html`,
    )
    .action(async (options: VerifyOptions, command: Command) => {
      if ((options.requester === undefined) === (options.all === undefined))
        command.error('error: give either --requester <uid> or --all');
      if (options.accounts !== undefined && (options.all === undefined || options.owner !== undefined))
        command.error('error: --accounts goes with --all, and names the owners itself');
      const { verifyRoles } = await import('./verify-roles.ts');
      await verifyRoles(options);
    });
