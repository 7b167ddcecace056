import { Command } from 'commander';
import { approveCommand, denyCommand, pendingCommand } from './approval/command.ts';
import { bootstrapCommand } from './bootstrap/command.ts';
import { completionCommand } from './completion.ts';
import { deadLettersCommand } from './dead-letters/command.ts';
import { doctorCommand } from './doctor/command.ts';
import { extendCommand } from './extend.ts';
import { historyCommand } from './history/command.ts';
import { listCommand } from './list.ts';
import { localCommand } from './local.ts';
import { planCommand } from './plan.ts';
import { policyCommand } from './policy.ts';
import { registerCommand } from './register/command.ts';
import { replyCommand } from './reply.ts';
import { requestCommand } from './request.ts';
import { reviewCommand } from './review/command.ts';
import { revokeCommand } from './revoke.ts';
import { sweepCommand } from './sweep/command.ts';
import { verifyCommand } from './verify.ts';

/** The whole command line, as data: nothing of a command's work is loaded before it runs. */
export function buildProgram(version: string): Command {
  const program = new Command('dms-handshake')
    .description('Grants Alibaba Cloud DMS cross-account access, proves it, and takes it back.')
    .version(version, '-V, --version')
    .showHelpAfterError('(add --help for the options)');
  const groups: Readonly<Record<string, readonly Command[]>> = {
    'As account A, the requester:': [
      requestCommand(),
      extendCommand(),
      revokeCommand(),
      replyCommand(),
      registerCommand(),
    ],
    'As account B, the owner:': [
      verifyCommand(),
      listCommand(),
      pendingCommand(),
      approveCommand(),
      denyCommand(),
      reviewCommand(),
      historyCommand(),
      sweepCommand(),
      deadLettersCommand(),
      planCommand(),
      bootstrapCommand(),
      doctorCommand(),
    ],
    'Without an account:': [policyCommand(), localCommand(), completionCommand(program)],
  };
  for (const [heading, commands] of Object.entries(groups))
    for (const command of commands) program.addCommand(command.helpGroup(heading));
  return program;
}
