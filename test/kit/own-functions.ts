import { randomUUID } from 'node:crypto';
import { vi } from 'vitest';
import { type Reply, replySchema } from '../../events/reply.ts';
import { mnsIdle } from '../../local/cloud/mns/index.ts';
import { assumeAsService } from '../../local/cloud/sts/index.ts';
import { type LocalCloud, startLocalCloud } from '../../local/local-cloud.ts';
import type { LocalCloudOptions } from '../../local/local-cloud-options.ts';
import { ramByHand } from '../../local/ram-by-hand.ts';
import { type Match, on, reset } from '../../local/testing/stub.ts';
import type { Handler } from '../../shared/runtime/handler.ts';
import { OWNER } from './accounts.ts';
import type { ByHand } from './by-hand.ts';
import { sample } from './samples.ts';

/** The functions as they stand in the sources, run by the test itself, over a local cloud in which none is deployed. */
export interface OwnFunctions extends LocalCloud, ByHand {
  /** The topics to which somebody tried to publish, in order, whether or not they took it. */
  readonly published: string[];
  /** What the functions wrote into their log. */
  readonly lines: Record<string, unknown>[];
  /** Runs a function under its role, and answers what it returns. */
  run(handler: Handler, name: string, event: unknown, retryCount?: number): Promise<unknown>;
  /** The same for a request that its topic delivers. */
  message(handler: Handler, body: object, topic?: string): { event: object; run(): Promise<unknown> };
  /** The replies that came since it was asked last: to the owner, who gets all, and to the requester. */
  replies(): Promise<{ readonly owner: readonly Reply[]; readonly requester: readonly Reply[] }>;
  /** The topic takes no message from the one after `taken` on, until `recover`. */
  refuse(topic: string, taken: number): void;
  recover(): void;
  /** Forgets what was published and logged, and all replies. */
  forget(): Promise<void>;
}

const MINUTES = 10;

export async function ownFunctions(
  options: Partial<LocalCloudOptions> = {},
  environment: Readonly<Record<string, string>> = {},
): Promise<OwnFunctions> {
  const cloud = await startLocalCloud({ root: process.cwd(), empty: true, ...options });
  const variables = {
    OWNER_UID: OWNER,
    CLOUD_ENDPOINT: cloud.ready.owner.endpoint,
    REQUESTERS_FILE: cloud.ready.requestersFile ?? '',
    PATIENCE_SECONDS: '0',
    ...environment,
  };
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
  const published: string[] = [];
  const queues = [
    cloud.owner.mns.queue('dms-handshake-owner-replies'),
    cloud.requester.mns.queue('dms-handshake-replies'),
  ] as const;
  const seen = [0, 0];
  const fresh = (which: 0 | 1): readonly Reply[] => {
    const { messages } = queues[which];
    const found = messages.slice(seen[which]).map(({ body }) => replySchema.parse(JSON.parse(body)));
    seen[which] = messages.length;
    return found;
  };
  const lines: Record<string, unknown>[] = [];
  const watch = () => {
    on(cloud.world, 'mns', 'PublishMessage', ({ input }) => {
      published.push(topicIn(input));
      return false;
    }).rejects('InternalError');
  };
  watch();
  const written = vi.spyOn(process.stdout, 'write').mockImplementation((line) => {
    lines.push(JSON.parse(String(line)));
    return true;
  });
  const run = async (handler: Handler, name: string, event: unknown, retryCount = 0) => {
    const credentials = assumeAsService(cloud.world, {
      service: 'fc.aliyuncs.com',
      roleArn: `acs:ram::${OWNER}:role/${name}`,
      sessionName: 'test',
      durationSeconds: 3_600,
    });
    const context = {
      requestId: `1-${randomUUID()}`,
      credentials,
      function: { name, timeout: MINUTES * 60 },
      region: 'cn-hangzhou',
      accountId: OWNER,
      retryCount,
    };
    const answer = await handler(Buffer.from(JSON.stringify(event)), context);
    return JSON.parse(answer);
  };
  return {
    ...cloud,
    published,
    lines,
    run,
    byHand: (operation, parameters) => ramByHand(cloud.world, cloud.owner, operation, parameters),
    message(handler, body, topic = 'dms-handshake-requests') {
      const event = {
        ...sample('topic'),
        TopicName: topic,
        MessageId: randomUUID().replaceAll('-', '').toUpperCase(),
        Message: JSON.stringify(body),
        PublishTime: Date.now(),
      };
      return { event, run: () => run(handler, 'dms-handshake-provision', event) };
    },
    async replies() {
      await mnsIdle(cloud.world);
      return { owner: fresh(0), requester: fresh(1) };
    },
    refuse(topic, taken) {
      let count = 0;
      const isOver: Match = ({ input }) => {
        if (topicIn(input) === topic) count += 1;
        return topicIn(input) === topic && count > taken;
      };
      on(cloud.world, 'mns', 'PublishMessage', isOver).rejects('AccessDenied');
    },
    recover() {
      reset(cloud.world);
      watch();
    },
    async forget() {
      await mnsIdle(cloud.world);
      fresh(0);
      fresh(1);
      published.length = 0;
      lines.length = 0;
    },
    async close() {
      written.mockRestore();
      vi.unstubAllEnvs();
      await mnsIdle(cloud.world);
      await cloud.close();
    },
  };
}

const topicIn = ({ path = '' }: Readonly<Record<string, string>>): string => path.split('/')[2] ?? '';
