import { Command } from 'commander';
import type { AskOptions } from './ask.ts';
import { cloudOptions, narrowOptions } from './options.ts';
import {
  parseAccess,
  parseConnections,
  parseEngines,
  parseExpiry,
  parseRequestId,
  parseSeconds,
  parseUid,
  parseUsers,
} from './usage.ts';
import { type WantedOptions, wantedOf } from './wanted-of.ts';

type RequestOptions = AskOptions & WantedOptions;

/** `request`: as account A, asks for access and shows the proof. */
export const requestCommand = (): Command =>
  askingOptions(
    narrowOptions(new Command('request'))
      .description('as account A: ask account B for access, wait for the reply, show the proof and the ARN')
      .option('--requester <uid>', 'UID of account A (default: the account of the credentials)', parseUid)
      .option('--engines <list>', 'engine ids or product names, comma-separated, or "all"', parseEngines)
      .option(
        '--access <kind>',
        'register (a role for DMS) or console (a role for RAM users)',
        parseAccess,
        'register',
      )
      .option('--connections <list>', 'vpc, dedicated-line', parseConnections)
      .option(
        '--users <list>',
        'console only: RAM users of account A; without, the whole account',
        parseUsers,
      )
      .option(
        '--expires <when>',
        'when the grant ends: 12h, 30d, 4w, a time with a zone, or never; without, what is granted keeps its end',
        (value: string) => parseExpiry(value),
      )
      .option('--reference <text>', 'comes back in the reply, such as a ticket number')
      .option('--request-id <id>', 'default: a new one', parseRequestId)
      .option(
        '--break-glass <reason>',
        'an emergency: granted at once and for some hours, where account A may; told to the owner',
      ),
  )
    .addHelpText(
      'after',
      `
Examples:
  $ npx dms-handshake request --owner 2000000000000002 --engines redis,lindorm
  $ npx dms-handshake request --engines "PolarDB-X 2.0" --connections vpc --expires 30d
  $ npx dms-handshake request --engines redis,gdb --instances redis=r-bp1zxszhcgatnx01
  $ npx dms-handshake request --access console --users alice,bob
  $ npx dms-handshake request --engines redis --wait 0 --json`,
    )
    .action(async (options: RequestOptions, command: Command) => {
      if (options.access === 'register' && options.engines === undefined)
        command.error("error: required option '--engines <list>' not specified");
      const { ask } = await import('./ask.ts');
      await ask('grant', wantedOf(options), options);
    });

/** Options of the commands that send and wait. */
export const askingOptions = (command: Command): Command =>
  cloudOptions(
    command
      .option('--wait <seconds>', 'how long to wait for the reply; 0 returns at once', parseSeconds, 60)
      .option('--topic <name>', 'request topic of account B (default: dms-handshake-requests)')
      .option('--queue <name>', 'reply queue of account A (default: dms-handshake-replies)'),
    'the reply as JSON',
  );
