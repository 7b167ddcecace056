import { createInterface } from 'node:readline/promises';
import { CliError, usageError } from '../failure.ts';

interface Question {
  /** Such as `Remove all of this?`. */
  readonly question: string;
  /** What is true unless the answer is yes, such as `nothing was removed`. */
  readonly undone: string;
  /** What to do where there is no terminal to ask on. */
  readonly unasked: string;
}

/**
 * Shows what is about to be done, and asks. Resolves when the answer is `yes`; throws `CliError` for any other, and a usage
 * error where there is nobody to ask.
 */
export async function confirm(shown: string, { question, undone, unasked }: Question): Promise<void> {
  if (process.stdin.isTTY !== true || process.stderr.isTTY !== true)
    throw usageError(`${undone}: there is no terminal to ask on; ${unasked}`);
  process.stderr.write(`${shown}\n`);
  const line = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await line.question(`${question} Type yes: `).finally(() => line.close());
  if (answer.trim().toLowerCase() !== 'yes') throw new CliError(undone);
}
