import { Memory } from '../../functions/intake/idempotency-keys.ts';
import { type Handled, type IntakePorts, intake } from '../../functions/intake/intake.ts';
import { type Requesters, readRequesters } from '../../shared/admission/requesters.ts';
import { type Millis, millis } from '../../shared/runtime/clock.ts';
import { OWNER, REQUESTER } from './accounts.ts';
import { NOW, pairOf, WHSEC } from './signing-keys.ts';

export const SIGNING = '1000000000000003';
export const FOREIGN = '1000000000000005';
export const TOKEN = 'plant-token-0123456789';
export const HUB = 'plant-hub-secret';

/** Two requesters and their clients: one bound to a topic, one that signs, one whose event holds the request. */
export const REQUESTERS: Requesters = readRequesters(
  JSON.stringify({
    requesters: [
      {
        uid: REQUESTER,
        name: 'plain',
        engines: ['redis', 'rds'],
        access: ['register'],
        topics: ['plain-topic'],
      },
      {
        uid: SIGNING,
        name: 'signing',
        engines: '*',
        access: ['register', 'console'],
        signing: { publicKey: pairOf(1).publicKey },
      },
      { uid: FOREIGN, name: 'foreign', engines: '*', access: ['register'], topics: ['foreign-topic'] },
    ],
    clients: [
      {
        name: 'webhooks',
        requesters: [REQUESTER],
        auth: { type: 'standard-webhooks', secretEnv: 'WEBHOOKS' },
      },
      { name: 'jira', requesters: [REQUESTER, SIGNING], auth: { type: 'bearer', secretEnv: 'TOKEN' } },
      {
        name: 'github',
        requesters: [REQUESTER],
        auth: { type: 'hub-signature', secretEnv: 'HUB' },
        requestAt: '/deployment/payload',
      },
    ],
  }),
);

export interface Published {
  readonly topic: string;
  readonly body: string;
}

/** An intake with everything around it in memory. */
export interface Door {
  readonly published: Published[];
  post(body: unknown, headers?: Record<string, string>): Promise<Handled>;
  send(event: unknown): Promise<Handled>;
  /** What the next publications meet. */
  fail: (() => Promise<unknown>) | null;
  now: Millis;
  readonly memory: Memory;
}

export function door(overrides: Partial<IntakePorts> = {}): Door {
  const published: Published[] = [];
  const memory = new Memory();
  let calls = 0;
  const self: Door = {
    published,
    memory,
    fail: null,
    now: NOW,
    post: (body, headers = {}) =>
      self.send(
        eventOf('POST', '/requests', {
          headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${TOKEN}`, ...headers },
          body: typeof body === 'string' ? body : JSON.stringify(body),
        }),
      ),
    send: (event) => {
      calls += 1;
      return intake(event, {
        now: self.now,
        callId: `1-call-${calls}`,
        settings: () => ({ ownerUid: OWNER, requestTopic: 'requests', requesters: REQUESTERS }),
        environment: { TOKEN, HUB, WEBHOOKS: WHSEC },
        memory,
        publish: async (topic, body) => {
          await self.fail?.();
          published.push({ topic, body });
        },
        ...overrides,
      });
    },
  };
  return self;
}

/** The event of an HTTP trigger. */
export const eventOf = (method: string, rawPath: string, rest: object = {}): object => ({
  version: 'v1',
  rawPath,
  requestContext: { http: { method, path: rawPath } },
  ...rest,
});

export const later = (ms: number): Millis => millis(NOW + ms);

export const problemOf = ({
  answer,
}: Handled): { status: number; code: string; detail: string; type: string } => JSON.parse(answer.body);
