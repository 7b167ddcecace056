import { Command } from 'commander';
import { cloudOptions } from '../options.ts';
import { parseRole, parseSeconds } from '../usage.ts';
import type { ReviewOptions } from './review.ts';

/** `review`: the roles that nobody has confirmed for so long that they are due, and the owner's word that one is needed. */
export const reviewCommand = (): Command =>
  cloudOptions(
    new Command('review')
      .description('as account B: list the roles that are due for review, or confirm one with --keep')
      .option(
        '--keep <role>',
        'as an approver: confirm that this role is still needed, by name or ARN',
        parseRole,
      )
      .option('--requesters <file>', 'the requesters.json with the "reviewDays" (default: in this folder)')
      .option(
        '--wait <seconds>',
        'with --keep: how long to wait until it is noted; 0 returns at once',
        parseSeconds,
        60,
      )
      .option('--topic <name>', "with --keep: the owner's topic (default: dms-handshake-owner)"),
    'the roles that are due, or the confirmation, as JSON',
  )
    .addHelpText(
      'after',
      `
A role is due when nobody has confirmed it for "reviewDays" of its requester. If nobody does for as long again after that was
told, what it grants ends. --keep changes no grant: it begins the days anew, and the reply to requester and owner shows what
the role is. To list takes dms-handshake-operator.json; to keep takes dms-handshake-approver.json, too, and where
requesters.json lists "approvers", the private key of one of them in the variable DMS_HANDSHAKE_APPROVER_KEY (whsk_...) signs.
Exit status 3 when it is not noted at the end of --wait. What is no longer needed is closed with "npx dms-handshake revoke
--as-owner".

Examples:
  $ npx dms-handshake review
  $ npx dms-handshake review --keep dms-cross-account-1000000000000001`,
    )
    .action(async (options: ReviewOptions) => {
      const { review } = await import('./review.ts');
      await review(options);
    });
