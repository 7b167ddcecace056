import { Command, Option } from 'commander';
import { cloudOptions } from '../options.ts';
import { parseUid } from '../usage.ts';
import type { DoctorOptions } from './doctor.ts';

/** `doctor`: checks what the installation needs, and says what to do about each fault. */
export const doctorCommand = (): Command =>
  cloudOptions(
    new Command('doctor')
      .description(
        'check credentials, account, clock, roles, topics, functions and quotas, and say how to fix each',
      )
      .addOption(
        new Option(
          '--side <account>',
          'which account the credentials belong to (default: owner; with --local both)',
        ).choices(['owner', 'requester']),
      )
      .option('--failed', 'show only what failed, each with its fix')
      .addOption(new Option('--all', 'show every check with its evidence').conflicts('failed'))
      .option('--prove', 'send a message through the reply topic, and see it arrive')
      .option(
        '--live',
        'make a grant under test names, prove it, take it back, and see what is believed hold',
      )
      .option('--requester <uid>', 'with --live: account A, where its keys are not at hand', parseUid),
    'the checks as JSON',
  )
    .addHelpText(
      'after',
      `
Reads only, but for --prove and --live. Exit status 1 if a check failed. Run it where requesters.json is, to have that checked too.

No API shows whether the topic in account B may push into the queue of account A; only a message shows it. --prove sends
one in account B, and in account A waits a minute for it and takes it out of the queue: start it there first.

--live needs no installation, and test accounts: docs/operate/live.md.

Examples:
  $ npx dms-handshake doctor
  $ npx dms-handshake doctor --failed
  $ npx dms-handshake doctor --side requester --owner 2000000000000002
  $ npx dms-handshake doctor --prove
  $ npx dms-handshake doctor --live`,
    )
    .action(async (options: DoctorOptions) => {
      if (options.live === true) return (await import('./live/command.ts')).live(options);
      const { doctor } = await import('./doctor.ts');
      await doctor(options);
    });
