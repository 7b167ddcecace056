import { visible } from '../events/visible.ts';

/** Exit statuses, as the contract has them. */
export const EXIT = { done: 0, failed: 1, usage: 2, noReply: 3, interrupted: 130 } as const;

/** An end that was foreseen: a message for people, who need no stack trace, and the exit status. */
export class CliError extends Error {
  override readonly name = 'CliError';
  readonly exitCode: number;

  constructor(message: string, exitCode: number = EXIT.failed, options?: { cause?: unknown }) {
    super(message, options);
    this.exitCode = exitCode;
  }
}

/** Wrong usage that shows only when options are seen together, or what they name is looked at. */
export const usageError = (message: string): CliError => new CliError(message, EXIT.usage);

/** Writes what was thrown to standard error, in one sentence, and sets the exit status. */
export async function report(error: unknown, debug: boolean): Promise<void> {
  process.exitCode = statusOf(error);
  process.stderr.write(`dms-handshake: ${visible(await sentence(error))}\n`);
  if (debug) for (const trace of traces(error)) process.stderr.write(`${trace}\n`);
}

function statusOf(error: unknown): number {
  if (error instanceof CliError) return error.exitCode;
  // What the client refuses before it sends anything was wrongly asked for.
  return error instanceof Error &&
    'code' in error &&
    (error.code === 'invalid-request' || error.code === 'invalid-options')
    ? EXIT.usage
    : EXIT.failed;
}

/** What was thrown, in words for people. */
export async function sentence(error: unknown): Promise<string> {
  if (error instanceof CliError) return error.message;
  const { explainCloud } = await import('../client/explain.ts');
  const explained = explainCloud(error);
  if (explained !== null) return explained;
  return error instanceof Error ? error.message : String(error);
}

/** Stacks only: properties of errors are never shown, whatever a library hangs on them. */
function traces(error: unknown): readonly string[] {
  const found: string[] = [];
  for (let one = error; one instanceof Error; one = one.cause) found.push(one.stack ?? one.message);
  return found;
}
