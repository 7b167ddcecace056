import { replySchema } from '../../events/reply.ts';
import type { Letter, LettersReport } from '../../events/report.ts';
import { visible } from '../../events/visible.ts';
import * as z from '../../events/zod.ts';
import { functionCompute } from '../../shared/alicloud/fc.ts';
import { queue } from '../../shared/alicloud/queue.ts';
import { FUNCTION_NAMES, standardNames } from '../../shared/installation/installation.ts';
import { CliError, EXIT, sentence } from '../failure.ts';
import { type CloudOptions, localWords } from '../options.ts';
import { connect, fcOf, mnsOf, patienceOf, type Site } from '../site.ts';
import { terminal } from '../ui/terminal.ts';
import type { LetterAction } from './command.ts';
import { type Held, type LetterQueue, putBack, takeLetters } from './letters.ts';
import type { ReadLetter } from './read-letter.ts';
import { showLetter, showLetters } from './show.ts';

/** As long as verify may run, and some: nobody else may take the letter meanwhile. In seconds. */
const ANSWERING_S = 300;
/** For all calls of a command, in ms. */
const PATIENCE_MS = 300_000;

export async function deadLetters(
  action: LetterAction,
  id: string | null,
  options: CloudOptions,
): Promise<void> {
  const site = await connect('owner', options);
  const { deadLetters: name } = standardNames(site.region, site.ownerUid);
  const letters: LetterQueue = queue(name, mnsOf(site), patienceOf(site, PATIENCE_MS));
  if (id === null) return list(letters, options);
  const one = await find(letters, id, name);
  if (action === 'send-again') return sendAgain(one, letters, site, options);
  if (action === 'delete') await letters.remove(one.receiptHandle);
  else await putBack(letters, [one]);
  print([one.letter], action === 'delete' ? `deleted ${id}` : showLetter(one.letter), options);
}

async function list(letters: LetterQueue, options: CloudOptions): Promise<void> {
  const { held, more } = await takeLetters(letters);
  await putBack(letters, held);
  const found = held.map(({ letter }) => letter).sort((a, b) => ((a.at ?? '') < (b.at ?? '') ? -1 : 1));
  print(found, showLetters(found, more, terminal(process.stdout), localWords(options)), options);
}

/** The letter of an id; all others are put back. Throws `CliError` where there is none. */
async function find(letters: LetterQueue, id: string, name: string): Promise<Held> {
  const { held } = await takeLetters(letters, (one) => one === id);
  await putBack(
    letters,
    held.filter(({ letter }) => letter.id !== id),
  );
  const one = held.find(({ letter }) => letter.id === id);
  if (one !== undefined) return one;
  throw new CliError(
    `the queue ${name} shows no letter ${JSON.stringify(id)}; "npx dms-handshake dead-letters" lists those that are there. One that somebody else looks at is back in half a minute`,
  );
}

/** Has verify answer it, and deletes it only when it did: a letter is never lost. */
async function sendAgain(
  { letter, receiptHandle: first }: Held,
  letters: LetterQueue,
  site: Site,
  options: CloudOptions,
): Promise<void> {
  const receiptHandle = await letters.hold(first, ANSWERING_S);
  let answer: unknown;
  try {
    answer = await functionCompute(fcOf(site)).invoke(FUNCTION_NAMES.verify, eventOf(letter));
  } catch (error) {
    await letters.release(receiptHandle, 1).catch(() => undefined);
    throw new CliError(`${letter.id} was not answered and stays: ${await sentence(error)}`, EXIT.failed, {
      cause: error,
    });
  }
  await letters.remove(receiptHandle);
  print([letter], `${answered(answer)}\ndeleted ${letter.id}`, options);
}

function eventOf({ again }: ReadLetter): object {
  if (again?.functionName === FUNCTION_NAMES.verify) return again.event;
  throw new CliError(
    again === null
      ? 'it holds no event that verify could be given; see it with "show", ask for the same again, then delete it'
      : `it is of ${JSON.stringify(again.functionName)}, and not of ${FUNCTION_NAMES.verify}`,
  );
}

/** What verify said to it: for a request its replies, which are on the reply topic. */
function answered(answer: unknown): string {
  const replies = z.array(replySchema).safeParse(answer);
  if (!replies.success || replies.data.length === 0) return 'verify took it; there was nothing to reply to';
  return replies.data
    .map(({ data }) => visible(`answered ${data.requestId}: ${data.status}, on the reply topic`))
    .join('\n');
}

function print(letters: readonly Letter[], text: string, { json }: CloudOptions): void {
  const report: LettersReport = { letters: letters.map(contractOf) };
  process.stdout.write(`${json === true ? JSON.stringify(report) : text}\n`);
}

const contractOf = ({ id, at, requestId, requesterUid, reason, request }: Letter): Letter => ({
  id,
  at,
  requestId,
  requesterUid,
  reason,
  request,
});
