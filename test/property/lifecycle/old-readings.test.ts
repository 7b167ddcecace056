import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { provision } from '../../../functions/provision/provision.ts';
import { RecentWrites } from '../../../shared/reconcile/recent-writes.ts';
import { RetryableError } from '../../../shared/runtime/errors.ts';
import { millis } from '../../../shared/runtime/millis.ts';
import { REQUESTER } from '../../kit/accounts.ts';
import { cases } from '../../kit/cases.ts';
import { type Direct, direct, topicOf } from '../../kit/direct.ts';
import type { Hook } from '../../kit/direct-api.ts';
import { ROLE } from '../../kit/roles.ts';
import { MINUTE } from '../../kit/time.ts';
import { granted } from './model.ts';

const ENGINES = ['redis', 'gdb', 'rds'] as const;
type Engine = (typeof ENGINES)[number];

/** A request, and the ms that pass before it is sent. */
interface Ask {
  readonly action: 'grant' | 'revoke';
  /** Empty: the whole role (revoke only). */
  readonly engines: readonly Engine[];
  readonly after: number;
}

const asks = (engines: readonly Engine[], maxLength: number): fc.Arbitrary<Ask[]> =>
  fc.array(
    fc
      .record({
        action: fc.constantFrom('grant' as const, 'revoke' as const),
        engines: fc.subarray([...engines]),
        after: fc.constantFrom(1, 1_000, 5_000, 20_000, 61_000),
      })
      .map((ask) => (ask.action === 'grant' && ask.engines.length === 0 ? { ...ask, engines } : ask)),
    { minLength: 2, maxLength },
  );

/** A world in which every reading of RAM is up to a minute old, seen by one instance of provision. */
async function old(seed: number, staleReadsMs = MINUTE) {
  const at = await direct(true, {}, { seed, staleReadsMs });
  const memory = new RecentWrites();
  at.clock.advance(60 * MINUTE);
  const latency: Hook = async () => {
    at.clock.advance(20);
    return undefined;
  };
  /** Delivers as the platform does: up to four times, later and later. */
  const deliver = async ({ action, engines }: Ask, publishedAt: number) => {
    const body = JSON.stringify({
      requesterUid: REQUESTER,
      action,
      ...(engines.length === 0 ? {} : { engines }),
    });
    const delivery = {
      body,
      messageId: `m-${publishedAt}`,
      publishedAt: millis(publishedAt),
      topic: topicOf(REQUESTER),
    };
    for (let pause = 500; ; pause *= 2) {
      try {
        return await provision(delivery, at.settings, at.provisionPorts(latency, memory));
      } catch (error) {
        if (!(error instanceof RetryableError) || pause > 2_000) throw error;
        at.clock.advance(pause);
      }
    }
  };
  return { at, deliver };
}

/** What the requests say, in the order in which they were sent. */
function newest(history: readonly Ask[]): readonly string[] {
  const held = new Set<string>();
  for (const { action, engines } of history)
    if (action === 'grant') for (const engine of engines) held.add(engine);
    else for (const engine of engines.length === 0 ? ENGINES : engines) held.delete(engine);
  return [...held].sort();
}

async function inOrder(seed: number, history: readonly Ask[]): Promise<Direct> {
  const { at, deliver } = await old(seed);
  for (const ask of history) {
    at.clock.advance(ask.after);
    const { result, problem } = await deliver(ask, at.clock.now());
    expect([result, problem]).toEqual(['applied', null]);
  }
  return at;
}

const POLICY = 'DmsCrossAccountPolicy-redis';

/** What somebody does to a role by hand, just after it was written. */
const BY_HAND: Readonly<Record<string, (at: Direct) => Promise<unknown>>> = {
  'our policy detached': (at) =>
    at.byHand('DetachPolicyFromRole', { PolicyName: POLICY, PolicyType: 'Custom', RoleName: ROLE }),
  'a policy that was just detached attached again': (at) =>
    at.byHand('AttachPolicyToRole', { PolicyName: `${GDB}-redis`, PolicyType: 'Custom', RoleName: ROLE }),
  'another policy attached': (at) =>
    at.byHand('AttachPolicyToRole', {
      PolicyName: 'AdministratorAccess',
      PolicyType: 'System',
      RoleName: ROLE,
    }),
  'somebody else trusted': (at) =>
    at.byHand('UpdateRole', {
      RoleName: ROLE,
      NewAssumeRolePolicyDocument: `{"Version":"1","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"RAM":["acs:ram::3333333333333333:root"]}}]}`,
    }),
  'the document of our policy replaced': (at) =>
    at.byHand('CreatePolicyVersion', {
      PolicyName: POLICY,
      PolicyDocument: '{"Version":"1","Statement":[{"Effect":"Allow","Action":"oss:*","Resource":"*"}]}',
      SetAsDefault: 'true',
    }),
};
const GDB = 'DmsCrossAccountPolicy-gdb';

const grant = (after: number, ...engines: Engine[]): Ask => ({ action: 'grant', engines, after });
const revoke = (after: number, ...engines: Engine[]): Ask => ({ action: 'revoke', engines, after });

describe('readings up to a minute old', () => {
  it.each(Array.from({ length: 30 }, (_, seed) => seed + 1))(
    'granted, revoked and granted again within the minute: granted (seed %i)',
    async (seed) => {
      const at = await inOrder(seed, [grant(1, 'redis'), revoke(61_000, 'redis'), grant(1, 'redis')]);
      expect(granted(at, REQUESTER)).toEqual(['redis']);
    },
  );

  it.each([
    ['one engine', ['redis']],
    ['three engines', ENGINES],
  ] as const)('of %s, any sequence of requests ends as the newest says', async (_, engines) => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1 }), asks(engines, 6), async (seed, history) => {
        const at = await inOrder(seed, history);
        expect(granted(at, REQUESTER)).toEqual(newest(history));
      }),
      { numRuns: cases(200) },
    );
  });

  it('a request that arrives after newer ones gives nothing back that they took', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1 }), asks(ENGINES, 5), fc.nat(4), async (seed, history, late) => {
        const { at, deliver } = await old(seed);
        const sent: { ask: Ask; publishedAt: number }[] = [];
        for (const ask of history) {
          at.clock.advance(ask.after);
          sent.push({ ask, publishedAt: at.clock.now() });
        }
        const moved = sent.splice(late % sent.length, 1);
        for (const { ask, publishedAt } of [...sent, ...moved]) await deliver(ask, publishedAt);
        expect(newest(history)).toEqual(expect.arrayContaining([...granted(at, REQUESTER)]));
      }),
      { numRuns: cases(200) },
    );
  });
});

it.each(Object.keys(BY_HAND))(
  '%s by hand, seconds after a request: the next request mends it',
  async (how) => {
    const { at, deliver } = await old(1, 0);
    await deliver(grant(0, 'redis', 'gdb'), at.clock.now());
    at.clock.advance(1_000);
    await deliver(revoke(0, 'gdb'), at.clock.now());
    at.clock.advance(1_000);
    await BY_HAND[how]?.(at);
    at.clock.advance(1_000);
    await deliver(grant(0, 'redis'), at.clock.now());
    expect(granted(at, REQUESTER)).toEqual(['redis']);
    expect(at.owner.ram.findRole(ROLE)?.trust).not.toContain('3333333333333333');
  },
);

it('a role that somebody deleted seconds after a request comes back with what is asked for, and no more', async () => {
  const { at, deliver } = await old(1, 0);
  await deliver(grant(0, 'redis', 'gdb'), at.clock.now());
  at.owner.ram.roles.delete(ROLE);
  at.clock.advance(1_000);
  await deliver(grant(0, 'rds'), at.clock.now());
  expect(granted(at, REQUESTER)).toEqual(['rds']);
});
