import { Command } from 'commander';
import type { EngineId } from '../shared/catalogue/engine.ts';
import type { Access } from '../shared/catalogue/names.ts';
import type { AskOptions } from './ask.ts';
import { askingOptions } from './request.ts';
import { parseAccess, parseEngines, parseRequestId, parseUid, parseUsers } from './usage.ts';

interface RevokeOptions extends AskOptions {
  readonly engines?: readonly EngineId[];
  readonly access: Access;
  readonly users?: readonly string[];
  readonly requestId?: string;
  readonly reference?: string;
}

/** `revoke`: as account A, gives access back. */
export const revokeCommand = (): Command =>
  askingOptions(
    new Command('revoke')
      .description('as account A: give engines back, or with none named all access')
      .option('--requester <uid>', 'UID of account A (default: the account of the credentials)', parseUid)
      .option('--engines <list>', 'engines to give back; without, the whole role is closed', parseEngines)
      .option('--access <kind>', 'register or console', parseAccess, 'register')
      .option('--users <list>', 'console only: RAM users to take the role from', parseUsers)
      .option('--reference <text>', 'comes back in the reply, such as a ticket number')
      .option('--request-id <id>', 'default: a new one', parseRequestId),
  )
    .addHelpText(
      'after',
      `
Examples:
  $ dms-handshake revoke --owner 2000000000000002 --engines redis
  $ dms-handshake revoke --owner 2000000000000002`,
    )
    .action(async (options: RevokeOptions) => {
      const { access, engines, users, requestId, reference } = options;
      const { ask } = await import('./ask.ts');
      const wanted = {
        access,
        ...(engines === undefined ? {} : { engines: [...engines] }),
        ...(users === undefined ? {} : { users: [...users] }),
        ...(requestId === undefined ? {} : { requestId }),
        ...(reference === undefined ? {} : { reference }),
      };
      await ask('revoke', wanted, options);
    });
