import { Argument, Command } from 'commander';
import { type CloudOptions, cloudOptions } from '../options.ts';

export const LETTER_ACTIONS = ['list', 'show', 'send-again', 'delete'] as const;
export type LetterAction = (typeof LETTER_ACTIONS)[number];

/** `dead-letters`: what was never answered, why, and what to do with it. */
export const deadLettersCommand = (): Command =>
  cloudOptions(
    new Command('dead-letters')
      .description('as account B: what was never answered, why, and what to do with it')
      .addArgument(new Argument('[action]', 'what to do').choices(LETTER_ACTIONS).default('list'))
      .addArgument(new Argument('[id]', 'of a letter, for all but list')),
    'the letters as JSON',
  )
    .addHelpText(
      'after',
      `
verify answers every request. What it could not answer in four attempts lies in the queue dms-handshake-dead-letters for a
week. What was granted is granted: only the reply is missing.

  list           every letter, with the request that it is about and the reason
  show ID        one of them whole, with the request
  send-again ID  have verify answer it now; the letter is deleted when it did
  delete ID      take it out of the queue for good, unanswered

To look at a letter takes it off the queue for a moment and puts it back: two who look at the same time may each see a
part. Exit status 1 if there is no letter of that id, or verify failed at it again.

Examples:
  $ npx dms-handshake dead-letters
  $ npx dms-handshake dead-letters send-again 5F290C926D472878-2-14D9529A8FA-200000001`,
    )
    .action(async (action: LetterAction, id: string | undefined, options: CloudOptions, command: Command) => {
      if (action === 'list' && id !== undefined)
        command.error(`error: list takes no id; "show ${id}" shows that letter`);
      if (action !== 'list' && id === undefined)
        command.error(
          `error: ${action} needs the id of a letter, as "npx dms-handshake dead-letters" lists them`,
        );
      const { deadLetters } = await import('./dead-letters.ts');
      await deadLetters(action, id ?? null, options);
    });
