import { Command } from 'commander';
import { type CloudOptions, cloudOptions } from '../options.ts';

/** `sweep`: the timer's look at all roles, now. */
export const sweepCommand = (): Command =>
  cloudOptions(
    new Command('sweep').description(
      "as account B: have the timer's sweep run now, and show what it found and asked for",
    ),
    'the figures as JSON',
  )
    .addHelpText(
      'after',
      `
It invokes verify with the event of its timer, so all happens that happens every hour: changes are told, and what is due
(ends, deletions, with HEAL=true repairs) is asked for. provision does that within a minute or so. Exit status 1 if a role
failed, could not be looked at, or too many would have to be repaired.

Examples:
  $ npx dms-handshake sweep
  $ npx dms-handshake sweep --json | jq .failed`,
    )
    .action(async (options: CloudOptions) => {
      const { sweepNow } = await import('./sweep-now.ts');
      await sweepNow(options);
    });
