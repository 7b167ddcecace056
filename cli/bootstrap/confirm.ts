import { createInterface } from 'node:readline/promises';
import { CliError, usageError } from '../failure.ts';

/** Shows what will go and asks. Throws where the answer is no, and where there is nobody to ask: nothing was removed then. */
export async function confirmRemoval(shown: string): Promise<void> {
  if (process.stdin.isTTY !== true || process.stderr.isTTY !== true)
    throw usageError(
      'nothing was removed: there is no terminal to ask on; see with --dry-run what would go, then say --yes',
    );
  process.stderr.write(`${shown}\n`);
  const line = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await line.question('Remove all of this? Type yes: ').finally(() => line.close());
  if (answer.trim().toLowerCase() !== 'yes') throw new CliError('nothing was removed');
}
