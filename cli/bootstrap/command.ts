import { Command, Option } from 'commander';
import { cloudOptions } from '../options.ts';
import { parseUid } from '../usage.ts';
import type { BootstrapOptions } from './bootstrap.ts';

/** `bootstrap`: makes what the functions need before they can be deployed. */
export const bootstrapCommand = (): Command =>
  cloudOptions(
    new Command('bootstrap')
      .description('create or repair roles, topics and queues in account B, and the reply queue in account A')
      .option(
        '--requester <uid>',
        'make a sender role for this account A; may be repeated (default: those of --requesters)',
        (value: string, before: readonly string[] = []) => [...before, parseUid(value)],
      )
      .option('--requesters <file>', 'who may ask (default: requesters.json, where there is one)')
      .addOption(
        new Option(
          '--side <account>',
          'which account the credentials belong to (default: owner; with --local both)',
        ).choices(['owner', 'requester']),
      )
      .option('--dry-run', 'print what would be written; write nothing')
      .option('--remove', 'take away what bootstrap made, and nothing else; shows it and asks first')
      .option('--yes', 'with --remove: do not ask'),
    'the changes as JSON',
  )
    .addHelpText(
      'after',
      `
Run it in account B before the functions are deployed, where requesters.json is, and once in account A:
  $ OWNER_UID=2000000000000002 npx dms-handshake bootstrap
  $ npx dms-handshake bootstrap --side requester --owner 2000000000000002

What exists and is as it must be is left alone; so running it again changes nothing. What exists and is otherwise is
repaired if bootstrap made it (tag installed-by=dms-handshake-bootstrap), and else named: then nothing is written. What
somebody added (a policy on a function's role, a sender role of nobody listed) is named and left: exit status 1.

A subscription into a queue of account A needs a role that no API shows. One that is not remembered as made with it is
made anew, and proved by a message; with the keys of one account only, the message is seen in the other (doctor --prove).

Examples:
  $ npx dms-handshake bootstrap --dry-run
  $ npx dms-handshake bootstrap --remove --dry-run`,
    )
    .action(async (options: BootstrapOptions) => {
      const { bootstrap } = await import('./bootstrap.ts');
      await bootstrap(options);
    });
