import { createServer } from 'node:http';
import { randomStream } from '../../local/cloud/weather.ts';
import { OWNER_UID } from '../../local/local-cloud.ts';
import { globalsOf } from '../../local/testing/globals.ts';
import { VirtualClock } from '../../local/testing/virtual-clock.ts';
import { Api } from '../../shared/alicloud/api.ts';
import { Credentials } from '../../shared/alicloud/credentials.ts';
import { topic } from '../../shared/alicloud/topic.ts';
import { ramCall } from '../../shared/alicloud/vendor-calls.ts';
import { millis } from '../../shared/runtime/millis.ts';

/** What a warm process loses that calls for a long time over connections that are kept open. */
export interface SoakFigures {
  readonly calls: number;
  /** On the virtual clock, from the first call to the last answer. */
  readonly minutes: number;
  /** Calls whose answer was sent, and not taken for it: made again, or given up. */
  readonly lost: number;
  /** Messages that the topic took more than once. */
  readonly duplicates: number;
}

/** Half of the calls are the core's, half of the queue's client: one host, as in the local cloud. */
const AT_ONCE = 8;
/** So that 100,000 calls take 30 minutes. */
const MEAN_LATENCY_MS = 18 * AT_ONCE;

/** Calls one loopback server, in virtual time, sockets and all that the vendor's clients hold included. */
export async function soak(calls: number): Promise<SoakFigures> {
  const clock = new VirtualClock();
  const server = await answering(clock);
  const restore = withTimersOf(clock);
  const credentials = new Credentials({ accessKeyId: 'soak', accessKeySecret: 'soak' }, millis(0));
  const patience = () => ({ clock, random: () => 0.5, deadline: millis(clock.now() + 120_000) });
  const { url: endpoint } = server;
  const publish = (n: number) =>
    topic('replies', { accountId: OWNER_UID, endpoint, credentials }, patience()).publish(`{"n":${n}}`);
  const read = () =>
    new Api({ ...patience(), credentials, endpoint }).call(ramCall('GetRole', { RoleName: 'soak' }));
  const started = clock.now();
  let next = 0;
  let failed = 0;
  const work = async (): Promise<void> => {
    for (let n = next++; n < calls; n = next++)
      await (n % 2 === 0 ? publish(n) : read()).catch(() => {
        failed += 1;
      });
  };
  try {
    await clock.during(Promise.all(Array.from({ length: AT_ONCE }, work)));
    const again = server.requests() - calls;
    return {
      calls,
      minutes: (clock.now() - started) / 60_000,
      lost: again + failed,
      duplicates: server.duplicates(),
    };
  } finally {
    restore();
    await server.close();
  }
}

const JSON_ANSWER = { 'content-type': 'application/json' };
const XML_ANSWER = { 'content-type': 'text/xml;charset=utf-8' };
const PUBLISHED =
  '<?xml version="1.0"?><Message xmlns="http://mns.aliyuncs.com/doc/v1/"><MessageId>M</MessageId></Message>';

/** A server that takes everything, each after a while of the clock, and counts the messages that it has seen before. */
async function answering(clock: VirtualClock) {
  const random = randomStream(1, 'soak');
  const seen = new Set<string>();
  let requests = 0;
  let duplicates = 0;
  const server = createServer((request, response) => {
    requests += 1;
    let body = '';
    request.setEncoding('utf8').on('data', (chunk: string) => {
      body += chunk;
    });
    request.on('end', async () => {
      await clock.sleep(1 + random() * 2 * (MEAN_LATENCY_MS - 1));
      if (!request.url?.startsWith('/topics/')) {
        response.writeHead(200, JSON_ANSWER).end('{"RequestId":"R"}');
        return;
      }
      if (seen.has(body)) duplicates += 1;
      seen.add(body);
      response.writeHead(201, XML_ANSWER).end(PUBLISHED);
    });
  });
  // By real time, of which none passes here as far as anybody is meant to see.
  server.keepAliveTimeout = 0;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('the server has no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    requests: () => requests,
    duplicates: () => duplicates,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Has this process's packages live on the clock: their timers, and the time that they read. Answers how to end that. */
function withTimersOf(clock: VirtualClock): () => void {
  const names = ['Date', 'setTimeout', 'clearTimeout'] as const;
  const virtual = globalsOf(clock);
  const before = names.map((name) => [name, globalThis[name]]);
  Object.assign(globalThis, Object.fromEntries(names.map((name) => [name, virtual[name]])));
  return () => {
    Object.assign(globalThis, Object.fromEntries(before));
  };
}
