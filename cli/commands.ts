import { Command } from 'commander';
import { localCommand } from './local.ts';
import { policyCommand } from './policy.ts';
import { replyCommand } from './reply.ts';
import { requestCommand } from './request.ts';
import { revokeCommand } from './revoke.ts';

/** The whole command line, as data: nothing of a command's work is loaded before it runs. */
export function buildProgram(version: string): Command {
  const program = new Command('dms-handshake')
    .description('Grants Alibaba Cloud DMS cross-account access, proves it, and takes it back.')
    .version(version, '-V, --version')
    .showHelpAfterError('(add --help for the options)');
  for (const command of [requestCommand(), revokeCommand(), replyCommand(), policyCommand(), localCommand()])
    program.addCommand(command);
  return program;
}
