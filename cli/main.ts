import { Command } from 'commander';
import { localCommand } from './local.ts';
import { policyCommand } from './policy.ts';

/** Wrong usage. Contract: 0 done, 1 failed or rejected, 2 wrong usage, 3 no reply in time. */
const WRONG_USAGE = 2;

const program = new Command('dms-handshake')
  .description('Grants Alibaba Cloud DMS cross-account access, proves it, and takes it back.')
  .showHelpAfterError('(add --help for the options)')
  .addCommand(policyCommand())
  .addCommand(localCommand());

for (const command of [program, ...program.commands]) {
  command.exitOverride((error) => {
    process.exit(error.exitCode === 0 ? 0 : WRONG_USAGE);
  });
}

try {
  await program.parseAsync();
} catch (error) {
  process.stderr.write(`dms-handshake: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
