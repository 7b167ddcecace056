import { Command, CommanderError, Option } from 'commander';
import type { Reply } from '../events/reply.ts';
import * as z from '../events/zod.ts';
import { standInNote } from '../local/client-secrets.ts';
import { type LocalCloud, REQUESTER_UID, startLocalCloud } from '../local/local-cloud.ts';
import { Credentials } from '../shared/alicloud/credentials.ts';
import type { ConnectionId, EngineId } from '../shared/catalogue/engine.ts';
import type { Access } from '../shared/catalogue/names.ts';
import { millis, systemClock } from '../shared/runtime/clock.ts';
import { messageOf } from '../shared/runtime/errors.ts';
import { handleEnds, statusOfUsage } from './process-ends.ts';
import { awaitReply, type RequesterAccount, sendRequest } from './requester.ts';
import { packageRoot } from './root.ts';
import { showReply } from './show-reply.ts';
import { figuresOf, functionCalls, type Step, stepsOf } from './timeline.ts';
import { parseAccess, parseConnections, parseEngines, parseUid } from './usage.ts';

interface DemoOptions {
  readonly requester: string;
  readonly engines: readonly EngineId[];
  readonly access: Access;
  readonly connections: readonly ConnectionId[];
  readonly via: 'mns' | 'http';
  readonly json?: true;
}

/** Every call takes this long, so that calls made side by side overlap and can be told from calls that wait, in ms. */
const LATENCY_MS = 40;
/** How long the demonstration waits for the reply, in ms. */
const WAIT_MS = 60_000;

const SENDERS = { mns: 'account A', http: 'ticket system' } as const;

handleEnds('npm start');

/** `npm start`: the main job from end to end, on the local cloud, with the built functions. */
await new Command('npm start --')
  .description('starts the local cloud, sends one request as account A, shows the proof and the ARN')
  .option('--requester <uid>', 'UID of account A', parseUid, REQUESTER_UID)
  .option('--engines <list>', 'engine ids, comma-separated', parseEngines, ['lindorm', 'redis'])
  .option('--access <kind>', 'register or console', parseAccess, 'register')
  .option('--connections <list>', 'vpc, dedicated-line', parseConnections, [])
  .addOption(new Option('--via <way>', 'how the request travels').choices(['mns', 'http']).default('mns'))
  .option('--json', 'one JSON object on stdout')
  .exitOverride()
  .action(demonstrate)
  .parseAsync()
  .catch((error: unknown) => {
    if (error instanceof CommanderError) {
      process.exitCode = statusOfUsage(error);
      return;
    }
    process.stderr.write(`npm start: ${messageOf(error)}\n`);
    process.exitCode = 1;
  });

async function demonstrate(options: DemoOptions): Promise<void> {
  const say = (text: string) => void (options.json ? null : process.stdout.write(`${text}\n`));
  const cloud = await startLocalCloud({
    root: packageRoot,
    requesterUid: options.requester,
    weather: { latencyMs: LATENCY_MS },
  });
  try {
    process.stderr.write(standInNote(cloud.standIns));
    const { ready } = cloud;
    say(
      `local cloud: owner ${ready.owner.uid}, requester ${ready.requester.uid}; functions deployed from s.yaml`,
    );
    const { requester: requesterUid, engines, access, connections } = options;
    const request = {
      requesterUid,
      ...(access === 'register' ? { engines, connections } : { access }),
    };
    const asking = askingOf(cloud);
    const sentAt = systemClock.now();
    const { via } = options;
    const requestId = via === 'http' ? await postRequest(cloud, request) : await sendRequest(asking, request);
    const where = via === 'http' ? `POST ${ready.http}/requests` : ready.requestTopic;
    say(`${SENDERS[via]} -> ${where}: ${JSON.stringify(request)}`);
    const reply = await awaitReply(asking, requestId, WAIT_MS);
    await cloud.idle();
    const calls = functionCalls(cloud.world.journal.calls, ready.owner.uid);
    const timeline: Step[] = [
      { at: new Date(sentAt).toISOString(), who: SENDERS[via], what: `sent the request to ${where}` },
      ...stepsOf(calls),
      {
        at: reply?.time ?? '',
        who: 'account A',
        what: `received the reply: ${reply?.data.status ?? 'none'}`,
      },
    ];
    const api = figuresOf(calls);
    if (options.json) process.stdout.write(`${JSON.stringify({ request, reply, timeline, api })}\n`);
    for (const { who, what } of timeline.slice(1)) say(`  ${who.padEnd(20)} ${what}`);
    say(`  ${api.calls} API calls, ${api.writes} of them writes to RAM, in ${api.roundTrips} round trips\n`);
    say(reply === null ? 'no reply in time' : showReply(reply, process.stdout.columns ?? 120));
    process.exitCode = exitStatus(reply);
  } finally {
    await cloud.close();
  }
}

/** Sends as a ticket system does: with its bearer token. Answers the id that the request was accepted under. */
async function postRequest({ ready, httpToken }: LocalCloud, request: object): Promise<string> {
  const response = await fetch(`${ready.http}/requests`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${httpToken}` },
    body: JSON.stringify(request),
  });
  const text = await response.text();
  const accepted = z.object({ requestId: z.string() }).safeParse(JSON.parse(text));
  if (!accepted.success) throw new Error(`the intake answered ${response.status}: ${text}`);
  return accepted.data.requestId;
}

function askingOf({ ready }: LocalCloud): RequesterAccount {
  return {
    clock: systemClock,
    region: ready.region,
    requesterUid: ready.requester.uid,
    ownerUid: ready.owner.uid,
    credentials: new Credentials(ready.requester, millis(Number.MAX_SAFE_INTEGER)),
    requesterEndpoint: ready.requester.endpoint,
    ownerEndpoint: ready.owner.endpoint,
    requestTopic: ready.requestTopic,
    replyQueue: ready.replyQueue.name,
  };
}

function exitStatus(reply: Reply | null): number {
  if (reply === null) return 3;
  return reply.data.status === 'verified' ? 0 : 1;
}
