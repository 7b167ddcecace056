import { randomUUID } from 'node:crypto';
import { InvalidRequestError, NoReplyError, RequesterError } from '../client/errors.ts';
import type { RequesterOptions } from '../client/options.ts';
import type { Reply } from '../client/reply.ts';
import { requesterAt } from '../client/requester.ts';
import type { Wanted } from '../client/wanted.ts';
import { CliError, EXIT, sentence, usageError } from './failure.ts';
import { optionWords } from './option-words.ts';
import { type CloudOptions, localWords } from './options.ts';
import { showReply } from './show-reply.ts';
import { connect, type Site } from './site.ts';
import { progress } from './ui/progress.ts';
import { terminal } from './ui/terminal.ts';

/** What `request`, `revoke` and `reply` share. */
export interface AskOptions extends CloudOptions {
  readonly requester?: string;
  readonly topic?: string;
  readonly queue?: string;
  /** Seconds. */
  readonly wait: number;
}

/** Sends a request as account A and, unless `--wait 0` says not to, waits for the reply and shows it. */
export async function ask(
  action: 'grant' | 'revoke' | 'extend',
  wanted: Wanted,
  options: AskOptions,
): Promise<void> {
  const site = await connectRequester(options);
  const requester = requesterAt(requesterOptions(site, options), site.clock);
  // Known before anything is sent, so that whoever interrupts can look for its reply.
  const requestId = wanted.requestId ?? randomUUID();
  if (options.wait > 0) await requester.lookForReplies();
  const interrupted = () => {
    process.stderr.write(
      `\nstopped while sending; ${requestId} may be on its way. ${later(requestId, options)}\n`,
    );
    process.exit(EXIT.interrupted);
  };
  process.once('SIGINT', interrupted);
  const spinner = progress(`sending to account ${site.ownerUid}`, terminal(process.stderr));
  await requester
    .send(action, { ...wanted, requestId })
    .catch((error: unknown) => failSending(error, options))
    .finally(() => {
      spinner.stop();
      process.off('SIGINT', interrupted);
    });
  if (options.wait > 0) return waitAndShow(site, requestId, options);
  if (options.json === true) process.stdout.write(`${JSON.stringify({ requestId, status: 'sent' })}\n`);
  else process.stdout.write(`sent as ${requestId}\n${later(requestId, options)}\n`);
}

/** Nobody knows what became of a call without an answer: the request may have arrived all the same. */
function failSending(error: unknown, options: AskOptions): never {
  if (error instanceof InvalidRequestError) throw usageError(optionWords(error.message));
  if (!(error instanceof RequesterError) || error.sent !== 'maybe' || error.requestId === null) throw error;
  throw new CliError(
    `${error.message}; the request may have been sent all the same. ${later(error.requestId, options)}`,
    EXIT.failed,
    { cause: error },
  );
}

/** Waits for the reply to a request that was sent earlier, if it was: nobody knows that of an id alone. */
export async function fetchReply(requestId: string, options: AskOptions): Promise<void> {
  await waitAndShow(await connectRequester(options), requestId, options, PERHAPS_SENT);
}

const SENT = 'the request is on its way all the same';
const PERHAPS_SENT =
  'if a request was sent under this id, its reply may still come; an id that was never sent has none';

async function waitAndShow(
  site: Site,
  requestId: string,
  options: AskOptions,
  standing = SENT,
): Promise<void> {
  const requester = requesterAt(requesterOptions(site, options), site.clock);
  const stop = new AbortController();
  const interrupted = () => stop.abort();
  process.once('SIGINT', interrupted);
  const since = site.clock.now();
  let notice: Reply | null = null;
  const words = () =>
    `${requestId}: waiting for the reply, ${Math.round((site.clock.now() - since) / 1_000)} s`;
  const spinner = progress(words(), terminal(process.stderr));
  const ticking = setInterval(() => spinner.say(words()), 1_000);
  try {
    const until = since + options.wait * 1_000;
    for (;;) {
      const waitMs = Math.max(1, until - site.clock.now());
      const reply = await requester.waitForReply(requestId, { waitMs, signal: stop.signal });
      if (reply.data.status !== 'pending') {
        spinner.stop();
        return print(reply, options);
      }
      // A notice; the outcome follows it.
      notice = reply;
    }
  } catch (error) {
    spinner.stop();
    if (notice !== null && error instanceof NoReplyError) {
      print(notice, options);
      process.exitCode = EXIT.noReply;
      process.stderr.write(
        `${requestId} waits for the approval of account B. ${later(requestId, options)}\n`,
      );
      return;
    }
    if (stop.signal.aborted) return endInterrupted(requestId, options, standing);
    if (!(error instanceof NoReplyError))
      throw new CliError(`${await sentence(error)}; ${standing}. ${later(requestId, options)}`, EXIT.failed, {
        cause: error,
      });
    throw new CliError(`${error.message}; ${standing}. ${later(requestId, options)}`, EXIT.noReply);
  } finally {
    clearInterval(ticking);
    process.off('SIGINT', interrupted);
  }
}

function print(reply: Reply, options: AskOptions): void {
  const to = terminal(process.stdout);
  process.stdout.write(`${options.json === true ? JSON.stringify(reply) : showReply(reply, to)}\n`);
  const good = reply.data.status === 'verified' || reply.data.status === 'revoked';
  process.exitCode = good ? EXIT.done : EXIT.failed;
}

/** The poll that is under way cannot be called off; nothing it could bring would be lost, so the process just ends. */
function endInterrupted(requestId: string, options: AskOptions, standing: string): void {
  process.stderr.write(`stopped waiting; ${standing}. ${later(requestId, options)}\n`);
  process.exit(EXIT.interrupted);
}

const later = (requestId: string, options: AskOptions): string => {
  const where = `${localWords(options)}${options.owner === undefined ? '' : ` --owner ${options.owner}`}`;
  return `Fetch the reply with: npx dms-handshake reply ${requestId}${where}`;
};

async function connectRequester(options: AskOptions): Promise<Site> {
  const site = await connect('requester', options, options.requester);
  if (options.requester === undefined || options.requester === site.accountId) return site;
  throw new CliError(
    `these credentials belong to account ${site.accountId}, so they cannot ask for ${options.requester}; use credentials of that account`,
  );
}

function requesterOptions(site: Site, options: AskOptions): RequesterOptions {
  const { local } = site;
  const further = local?.requesters?.find(({ uid }) => uid === site.accountId);
  return {
    ownerUid: site.ownerUid,
    requesterUid: site.accountId,
    region: site.region,
    credentials: async () => site.credentials.reveal(),
    requestTopic: options.topic ?? further?.requestTopic ?? local?.requestTopic,
    replyQueue: options.queue ?? local?.replyQueue.name,
    endpoints:
      local === null
        ? undefined
        : { owner: local.owner.endpoint, requester: site.endpoint ?? local.requester.endpoint },
  };
}
