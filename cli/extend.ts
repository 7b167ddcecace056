import { Command } from 'commander';
import type { AskOptions } from './ask.ts';
import { askingOptions } from './request.ts';
import {
  parseAccess,
  parseConnections,
  parseEngines,
  parseExpiry,
  parseRequestId,
  parseUid,
  parseUsers,
} from './usage.ts';
import { type WantedOptions, wantedOf } from './wanted-of.ts';

type ExtendOptions = AskOptions & WantedOptions;

/** `extend`: as account A, asks for a new end of what is granted. Scope and instances stay. */
export const extendCommand = (): Command =>
  askingOptions(
    new Command('extend')
      .description('as account A: ask for a new end of what is granted, which stays as it is otherwise')
      .option('--requester <uid>', 'UID of account A (default: the account of the credentials)', parseUid)
      .option('--engines <list>', 'engines to extend; without, all that is granted', parseEngines)
      .option('--access <kind>', 'register or console', parseAccess, 'register')
      .option('--connections <list>', 'vpc, dedicated-line', parseConnections)
      .option('--users <list>', 'console only: RAM users to extend; without, all', parseUsers)
      .requiredOption(
        '--expires <when>',
        'the new end: 12h, 30d, 4w, a time with a zone, or never',
        (value: string) => parseExpiry(value),
      )
      .option('--reference <text>', 'comes back in the reply, such as a ticket number')
      .option('--request-id <id>', 'default: a new one', parseRequestId),
  )
    .addHelpText('after', '\nExample:\n  $ npx dms-handshake extend --engines redis --expires 30d')
    .action(async (options: ExtendOptions) => {
      const { ask } = await import('./ask.ts');
      await ask('extend', wantedOf(options), options);
    });
