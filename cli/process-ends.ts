import { EXIT } from './failure.ts';

/**
 * How a process of ours ends that somebody or something else ends: Ctrl-C with 130, a closed pipe without a word, a full disk
 * with one sentence. `name` stands before that. To be called once, before anything is done.
 */
export function handleEnds(name: string): void {
  process.on('SIGINT', () => {
    // A command that has something to say or to put away listens itself, and ends itself; the second Ctrl-C is ours.
    if (process.listenerCount('SIGINT') > 1) return;
    process.stderr.write(`${name}: interrupted\n`, () => process.exit(EXIT.interrupted));
  });
  // Whoever reads along may stop in the middle: `npx dms-handshake list | head -1`.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(process.exitCode ?? EXIT.done);
    process.stderr.write(
      `${name}: the output cannot be written (${error.code}); what the command did is done all the same\n`,
      () => process.exit(EXIT.failed),
    );
  });
  // Nobody can be told.
  process.stderr.on('error', () => process.exit(process.exitCode || EXIT.failed));
}

/** Whether something was thrown because somebody pressed Ctrl-C at a question. */
export const wasInterrupted = (error: unknown): boolean =>
  error instanceof Error && (error.name === 'ExitPromptError' || error.message === 'Aborted with Ctrl+C');

/** Help was asked for, or the usage was wrong. Either is printed already. */
export const statusOfUsage = ({ exitCode }: { readonly exitCode: number }): number =>
  exitCode === 0 ? EXIT.done : EXIT.usage;
