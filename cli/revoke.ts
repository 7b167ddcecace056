import { Command } from 'commander';
import type { AskOptions } from './ask.ts';
import { askingOptions } from './request.ts';
import { parseAccess, parseEngines, parseRequestId, parseUid, parseUsers } from './usage.ts';
import { type WantedOptions, wantedOf } from './wanted-of.ts';

interface RevokeOptions extends AskOptions, WantedOptions {
  readonly asOwner?: true;
  readonly all?: true;
  readonly yes?: true;
}

/** What only account A can say, and what only the owner can. */
const OF_REQUESTER = ['engines', 'users', 'reference', 'requestId', 'queue'] as const;
const OF_OWNER = ['all', 'yes'] as const;

/** `revoke`: as account A, gives access back; as account B with `--as-owner`, takes it away. */
export const revokeCommand = (): Command =>
  askingOptions(
    new Command('revoke')
      .description(
        'as account A: give engines back, or with none named all access; with --as-owner, as account B: take all access away',
      )
      .option('--requester <uid>', 'UID of account A (default: the account of the credentials)', parseUid)
      .option(
        '--as-owner',
        "as an approver of account B, over the owner's topic: close the roles of --requester or of --all, whoever is listed",
      )
      .option('--all', 'with --as-owner: every role that dms-handshake manages; asks first')
      .option('--yes', 'with --all: do not ask')
      .option('--engines <list>', 'engines to give back; without, the whole role is closed', parseEngines)
      .option('--access <kind>', 'register or console (default: register; with --as-owner both)', parseAccess)
      .option('--users <list>', 'console only: RAM users to take the role from', parseUsers)
      .option('--reference <text>', 'comes back in the reply, such as a ticket number')
      .option('--request-id <id>', 'default: a new one', parseRequestId),
  )
    .addHelpText(
      'after',
      `
Examples:
  $ npx dms-handshake revoke --owner 2000000000000002 --engines redis
  $ npx dms-handshake revoke --owner 2000000000000002
  $ npx dms-handshake revoke --as-owner --requester 1000000000000001
  $ npx dms-handshake revoke --as-owner --all --yes --json

With --as-owner each role is one message, and verify is asked until each is closed. Exit status 0 when all are, 1 when
verify finds one wrong at the end of --wait, 3 when one is not closed yet. It takes dms-handshake-approver.json to send
and dms-handshake-operator.json to look. A role that is not there is made, closed, for a day, so that no older request
can bring access back. Account A may ask again until it is taken out of requesters.json.`,
    )
    .action(async (options: RevokeOptions, command: Command) => {
      const misplaced = (options.asOwner === true ? OF_REQUESTER : OF_OWNER).find(
        (key) => options[key] !== undefined,
      );
      if (misplaced !== undefined)
        command.error(
          `error: ${flagOf(misplaced)} ${options.asOwner === true ? 'does not go with' : 'goes with'} --as-owner`,
        );
      if (options.asOwner === true) {
        if ((options.requester === undefined) === (options.all === undefined))
          command.error('error: with --as-owner give either --requester <uid> or --all');
        const { closeRoles } = await import('./owner/close-roles.ts');
        return closeRoles(options);
      }
      const { ask } = await import('./ask.ts');
      await ask('revoke', wantedOf(options), options);
    });

const flagOf = (key: string): string =>
  `--${key.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
