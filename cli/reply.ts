import { Argument, Command } from 'commander';
import type { AskOptions } from './ask.ts';
import { askingOptions } from './request.ts';
import { parseRequestId } from './usage.ts';

/** `reply`: fetches the reply to a request that nobody waited for to the end. */
export const replyCommand = (): Command =>
  askingOptions(
    new Command('reply')
      .description('as account A: wait for the reply to a request that was sent earlier')
      .addArgument(new Argument('<request-id>', 'as "request" said it').argParser(parseRequestId)),
  )
    .addHelpText(
      'after',
      '\nExample:\n  $ npx dms-handshake reply 7d6f3c0e-5a55-4d2e-9b7e-1f9f6a8c2b11 --wait 120',
    )
    .action(async (requestId: string, options: AskOptions) => {
      const { fetchReply } = await import('./ask.ts');
      await fetchReply(requestId, options);
    });
