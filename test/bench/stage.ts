import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { assumeAsService } from '../../local/cloud/sts/session.ts';
import type { WeatherOptions } from '../../local/cloud/weather.ts';
import { type LocalCloud, startLocalCloud } from '../../local/local-cloud.ts';
import { writeRequesters } from '../../local/requesters-file.ts';
import type { Keys } from '../../shared/alicloud/credentials.ts';
import { type BenchInstance, startInstance } from './instance.ts';
import { say } from './processes.ts';

export type FunctionName = 'intake' | 'provision' | 'verify';

/** A local cloud in this process, and the functions in processes of their own, which call it as the real one. */
export interface Stage {
  readonly cloud: LocalCloud;
  /** The bearer token of the client that may post to intake. */
  readonly token: string;
  /** Keys of a function's role. */
  keysOf(name: FunctionName): Keys;
  /** Feeds events to a handler in a fresh process, one after the other, as Function Compute would. */
  run(name: FunctionName, task: Omit<Run, 'context' | 'bundle'>, flags?: readonly string[]): Promise<Ran>;
  /** Starts an instance of a function, cold. It stays until it is ended. */
  start(name: FunctionName): BenchInstance;
  close(): Promise<void>;
}

/** What a process is to do: the events in turn, each `times`. */
interface Run {
  readonly bundle: string;
  readonly context: object;
  readonly events: readonly object[];
  /** Invocations in all; the events come in turn. */
  readonly invocations: number;
  /** Numbers of invocations after which the memory is looked at, and how long before that nothing is done, in ms. */
  readonly lookAfter: readonly number[];
  readonly restMs?: number;
}

export interface Ran {
  /** What the last invocation returned. */
  readonly answer: string;
  /**
   * In kilobytes, for each of `lookAfter`: the most that the process had until then, and what its objects took,
   * without garbage.
   */
  readonly memory: readonly { readonly peak: number; readonly inUse: number }[];
}

/** `requesters`: the whole `requesters.json`; default: the one requester of the cloud, who may ask for everything. */
export async function openStage(weather: WeatherOptions, requesters?: object): Promise<Stage> {
  const cloud = await startLocalCloud({ root: process.cwd(), weather, keep: 1_000_000 });
  const { owner, requester, region, requestTopic } = cloud.ready;
  // Whatever is published is only taken: the functions run where they are measured.
  cloud.owner.mns.topic(requestTopic).subscriptions.clear();
  const mayAsk = await writeRequesters(requesters, requester.uid, requestTopic);
  const keysOf = (name: FunctionName): Keys => {
    const { accessKeyId, accessKeySecret, securityToken } = assumeAsService(cloud.world, {
      service: 'fc.aliyuncs.com',
      roleArn: `acs:ram::${owner.uid}:role/dms-handshake-${name}`,
      sessionName: 'bench',
      durationSeconds: 3_600,
    });
    return { accessKeyId, accessKeySecret, securityToken };
  };
  const environment = { OWNER_UID: owner.uid, CLOUD_ENDPOINT: owner.endpoint, ...mayAsk.environment };
  const partsOf = (name: FunctionName): Pick<Run, 'bundle' | 'context'> => ({
    bundle: join(process.cwd(), `dist/${name}/index.js`),
    context: {
      requestId: randomBytes(8).toString('hex'),
      credentials: keysOf(name),
      function: { name: `dms-handshake-${name}`, timeout: 180 },
      region,
      accountId: owner.uid,
    },
  });
  return {
    cloud,
    token: mayAsk.token,
    keysOf,
    async run(name, task, flags = []) {
      const input = JSON.stringify({ ...task, ...partsOf(name) });
      return JSON.parse(await say([...flags, '-e', PROGRAM], input, environment));
    },
    start: (name) => startInstance(partsOf(name), environment),
    async close() {
      await Promise.all([cloud.close(), mayAsk.remove()]);
    },
  };
}

/** Reads its task from standard input, so that no key is seen among the arguments of a process. */
const PROGRAM = `
const { bundle, context, events, invocations, lookAfter, restMs } = JSON.parse(require('node:fs').readFileSync(0, 'utf8'));
const { handler } = require(bundle);
const inputs = events.map((event) => Buffer.from(JSON.stringify(event)));
const memory = [];
(async () => {
  let answer;
  for (let made = 1; made <= invocations; made += 1) {
    answer = await handler(inputs[made % inputs.length], context);
    if (!lookAfter.includes(made)) continue;
    const peak = process.resourceUsage().maxRSS;
    if (restMs) await new Promise((resolve) => setTimeout(resolve, restMs));
    globalThis.gc?.();
    const { heapUsed, external } = process.memoryUsage();
    memory.push({ peak, inUse: (heapUsed + external) / 1024 });
  }
  process.stdout.write('\\n' + JSON.stringify({ answer, memory }) + '\\n', () => process.exit(0));
})();
`;
