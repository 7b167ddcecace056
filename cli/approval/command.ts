import { Command } from 'commander';
import { type CloudOptions, cloudOptions } from '../options.ts';
import { parseReason, parseRequestId, parseSeconds, parseUid } from '../usage.ts';
import type { AnswerOptions } from './answer.ts';

/** `pending`: what waits for the owner's approval. */
export const pendingCommand = (): Command =>
  cloudOptions(
    new Command('pending').description('as account B: the requests that wait for approval, with their words'),
    'the requests as JSON',
  )
    .addHelpText(
      'after',
      `
That a request waits is read from the notes of its role, its words from the queue dms-handshake-owner-replies. To look takes
a message off the queue for a moment and puts it back. It takes dms-handshake-operator.json.

Example:
  $ npx dms-handshake pending`,
    )
    .action(async (options: CloudOptions) => {
      const { pending } = await import('./pending.ts');
      await pending(options);
    });

/** `approve`: says yes to a request that waits. */
export const approveCommand = (): Command =>
  answering(
    new Command('approve')
      .description('as an approver of account B: grant a request that waits, after showing its words')
      .option('--yes', 'do not ask'),
    `
The digest of the words that are shown is sent along, and nothing else is granted. It takes dms-handshake-approver.json to
send and dms-handshake-operator.json to look. Where requesters.json lists "approvers", the private key of one of them in
the variable DMS_HANDSHAKE_APPROVER_KEY (whsk_...) signs. Exit status 3 when the request still waits at the end of --wait.

Examples:
  $ npx dms-handshake approve change-4711
  $ npx dms-handshake approve change-4711 --yes --json`,
  ).action(async (id: string, options: AnswerOptions) => {
    const { answer } = await import('./answer.ts');
    await answer('approve', id, options);
  });

/** `deny`: says no to it. */
export const denyCommand = (): Command =>
  answering(
    new Command('deny')
      .description('as an approver of account B: refuse a request that waits')
      .option('--reason <text>', 'comes back on the reply', parseReason),
    `
No copy of it waits again for a day. Exit status 3 when it still waits at the end of --wait.

Example:
  $ npx dms-handshake deny change-4711 --reason "not before the audit"`,
  ).action(async (id: string, options: AnswerOptions) => {
    const { answer } = await import('./answer.ts');
    await answer('deny', id, options);
  });

const answering = (command: Command, help: string): Command =>
  cloudOptions(
    command
      .argument('<id>', 'the request id, as "pending" lists it', parseRequestId)
      .option('--requester <uid>', 'only a request of this account', parseUid)
      .option(
        '--request <file>',
        'its words, where the queue of replies does not show them: the request as JSON',
      )
      .option('--wait <seconds>', 'how long to wait until it is done; 0 returns at once', parseSeconds, 60)
      .option('--topic <name>', "the owner's topic (default: dms-handshake-owner)"),
    'the answer as JSON',
  ).addHelpText('after', help);
