import type { Reply } from '../../../events/reply.ts';
import { publishToTopic } from '../../../local/cloud/mns/index.ts';
import { REQUESTER } from '../../kit/accounts.ts';
import { type Built, openBuilt } from '../built.ts';
import { Dice } from '../dice.ts';
import { hostileBody } from '../hostile/messages.ts';
import { scenario, unmet } from '../scenario.ts';
import { difference } from '../snapshot.ts';

interface Case {
  readonly seed: number;
  /** Numbers of its messages: each is drawn by itself, so that fewer of them are the same ones. */
  readonly messages: readonly number[];
}

const HOSTILE = '1000000000000011';
/** Messages of one world: half of them around the other's grant, half around its revoke. */
const MESSAGES = 500;
/** The platform tries an event again for so long; in seconds. */
const BOUND_S = 5 * 3_600;
const REQUESTS: Readonly<Record<string, string>> = {
  [REQUESTER]: 'dms-handshake-requests',
  [HOSTILE]: `requests-${HOSTILE}`,
};

export const hostileRequester = scenario<Case>({
  id: 'hostile-requester',
  promise:
    'whatever a listed requester that knows the code publishes where it may: 0 effects on the roles, policies and replies of another, on upkeep and on what the sweep remembers; the other is answered within the 5 hours of the platform',
  where: 'built functions',
  unit: 'messages of one requester',
  full: 10_000,
  short: 100,
  seconds: 120,
  *cases(seed, runs) {
    for (let from = 0; from < runs; from += MESSAGES) {
      const length = Math.min(MESSAGES, runs - from);
      yield { seed, messages: Array.from({ length }, (_, n) => from + n) };
    }
  },
  async attempt({ seed, messages }) {
    const built = await openBuilt({
      uids: [REQUESTER, HOSTILE],
      requesters: listed,
      environment: { PATIENCE_SECONDS: '0' },
      weather: { seed, latencyMs: { min: 10, max: 60 } },
    });
    try {
      return await againstEachOther(built, seed, messages);
    } finally {
      await built.close();
    }
  },
  tell: ({ seed, messages }) =>
    messages.length > 3
      ? [`seed ${seed}, messages ${messages[0]} to ${messages.at(-1)}`]
      : messages.map((n) => bodyOf(seed, n).slice(0, 2_000)),
  *smaller(one) {
    const { messages } = one;
    const half = Math.ceil(messages.length / 2);
    if (messages.length < 2) return;
    yield { ...one, messages: messages.slice(0, half) };
    yield { ...one, messages: messages.slice(half) };
  },
  worst: (figure) => `the other waited ${figure} s`,
});

const listed = {
  requesters: [REQUESTER, HOSTILE].map((uid) => ({
    uid,
    name: `r-${uid}`,
    engines: '*',
    access: ['register', 'console'],
    topics: [REQUESTS[uid]],
    requestsPerMinute: 10,
  })),
};

const bodyOf = (seed: number, n: number): string =>
  hostileBody(new Dice(seed, `hostile ${n}`), { hostile: HOSTILE, other: REQUESTER });

async function againstEachOther(built: Built, seed: number, messages: readonly number[]) {
  built.publish({ requesterUid: REQUESTER, engines: ['redis'], requestId: 'first' });
  built.publish({ requesterUid: REQUESTER, access: 'console', requestId: 'people' });
  await built.settle();
  built.forgetSoFar();
  const before = othersState(built);
  const half = Math.ceil(messages.length / 2);
  const granted = await amid(built, seed, messages.slice(0, half), {
    engines: ['redis'],
    requestId: 'again',
  });
  // What was asked for stands already, so nothing of the other's may have changed but the time of its entry.
  const between = othersState(built);
  const beside = othersState(built, ITS_ROLE);
  const revoke = { action: 'revoke', requestId: 'closing' };
  const revoked = await amid(built, seed, messages.slice(half), revoke);
  const besideLater = othersState(built, ITS_ROLE);
  const names = (text: string) => text.includes(`-${REQUESTER}`);
  const strangers = built
    .everyReply()
    .filter(
      ({ data }) => data.requesterUid !== REQUESTER && names(JSON.stringify([data.roleArn, data.checks])),
    );
  return {
    runs: messages.length,
    figure: Math.round(Math.max(granted.seconds, revoked.seconds)),
    wrong: unmet(
      [between === before, `of the other's: ${difference(between, before)}`],
      [besideLater === beside, `of the other's, beside what it closes: ${difference(besideLater, beside)}`],
      [granted.status === 'verified', `its grant is answered ${granted.status}`],
      [revoked.status === 'revoked', `its revoke is answered ${revoked.status}`],
      [Math.max(granted.seconds, revoked.seconds) <= BOUND_S, 'it waited for more than five hours'],
      [strangers.length === 0, `${strangers.length} replies of its role to somebody else`],
      [!built.logs().some(({ line }) => line.startsWith('{"event":"swept"')), 'a sweep was set off'],
      [built.deadLetters().length === 0, 'there is a dead letter'],
    ),
  };
}

interface Request {
  readonly requestId: string;
  readonly engines?: readonly string[];
  readonly action?: string;
}

/** The other's request in the midst of messages, and how it was answered. */
async function amid(built: Built, seed: number, messages: readonly number[], request: Request) {
  const { world, owner, clock } = built;
  const sentAt = clock.now();
  for (const [n, message] of messages.entries()) {
    if (n === Math.floor(messages.length / 2)) built.publish({ requesterUid: REQUESTER, ...request });
    const body = bodyOf(seed, message);
    if (body !== '') publishToTopic(world, owner, String(REQUESTS[HOSTILE]), { body });
  }
  await built.settle();
  const replies = built.everyReply().filter(({ data }) => data.requesterUid === REQUESTER);
  const mine = replies.filter(({ data }) => data.requestId === request.requestId);
  const [reply] = mine;
  const others = replies.length - mine.length - (request.requestId === 'closing' ? 1 : 0);
  const status = others > 0 ? `with ${others} further replies` : (reply?.data.status ?? 'not at all');
  return { status, seconds: reply === undefined ? BOUND_S : (timeOf(reply) - sentAt) / 1_000 };
}

const timeOf = ({ time }: Reply): number => Date.parse(time);

const TIME = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g;

/** The role that the other changes itself. */
const ITS_ROLE = `dms-cross-account-${REQUESTER}`;

/** All of RAM but the roles of the hostile requester and the policies that it has made, and but one role; without times. */
function othersState({ owner }: Built, but = ''): string {
  const roles = [...owner.ram.roles.values()]
    .filter(({ name }) => !name.endsWith(HOSTILE) && name !== but)
    .map(({ name, trust, tags, attachments }) => ({
      name,
      trust,
      tags: [...tags],
      attached: attachments.map(({ policyName }) => policyName),
    }));
  const used = roles.flatMap(({ attached }) => attached);
  const policies = [...owner.ram.policies.values()]
    .filter(({ name }) => used.includes(name))
    .map(({ name, versions, tags }) => ({
      name,
      versions: versions.map(({ document }) => document),
      tags: [...tags],
    }));
  return JSON.stringify({ roles, policies }).replaceAll(TIME, 'then');
}
