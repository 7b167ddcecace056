import { parseRequest } from '../../events/parse-request.ts';
import { readText } from '../../events/text.ts';
import { digestOf, wordsOf } from '../../shared/requests/request-digest.ts';
import { CliError, EXIT } from '../failure.ts';
import { fileBytes } from '../file-bytes.ts';
import type { Waiting } from './find-pending.ts';

/**
 * A request that waits, with its words out of a file of whoever sent it: the request as JSON. They count by their digest,
 * as those of the queue do. Throws a usage error that names the file for what is no request, and for other words than those
 * that wait.
 */
export async function withWordsOf(file: string, waiting: Waiting): Promise<Waiting> {
  const unusable = (why: string) => new CliError(`${file}: ${why}`, EXIT.usage);
  const text = readText(await fileBytes(file, 'name a file that holds the request as JSON'));
  if ('bad' in text) throw unusable(`the file ${text.bad}`);
  const parsed = parseRequest(text.text);
  if ('bad' in parsed) throw unusable(parsed.bad);
  const request = wordsOf(parsed.request, parsed.request.requestId ?? waiting.requestId);
  if (digestOf(request) !== waiting.digest)
    throw unusable(
      `these are other words than those that wait: their digest is ${digestOf(request)}, and ${waiting.digest} waits; take the request as it was sent`,
    );
  return { ...waiting, request: { ...request } };
}
