import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ApiError } from '../../../local/cloud/error.ts';
import { CloudError } from '../../../shared/alicloud/errors.ts';
import { RecentWrites } from '../../../shared/reconcile/recent-writes.ts';
import { RetryableError } from '../../../shared/runtime/errors.ts';
import { cases } from '../../kit/cases.ts';
import { type Direct, direct } from '../../kit/direct.ts';
import type { Hook } from '../../kit/direct-api.ts';
import { type Ask, asks, deliver, granted, REQUESTERS, reference, repeatsAcross, upkeep } from './model.ts';

const RUNS = cases(1_000);
/** Minutes from the start; every request is sent earlier. */
const FIRST_END = 110;
const END_APART = 150;

/** What can happen to a request or to the world between two quiet moments. */
type Command =
  | {
      readonly kind: 'ask';
      readonly ask: Ask;
      readonly weather: 'calm' | 'crash' | 'throttle';
      readonly call: number;
    }
  | { readonly kind: 'copy'; readonly back: number }
  | { readonly kind: 'drop' }
  | { readonly kind: 'drift'; readonly requesterUid: string; readonly how: 'detach' | 'attach' | 'trust' }
  | { readonly kind: 'wait'; readonly minutes: number };

/** Ends lie apart here: some pass while commands come, some never. */
const ask = (requesterUid: string): fc.Arbitrary<Ask> =>
  asks([requesterUid], 1).map(([one]) => {
    if (one === undefined) return { requesterUid, action: 'revoke', engines: [], minute: 0, until: null };
    return { ...one, until: one.until === null ? null : FIRST_END + (one.until - 500) * END_APART };
  });

const command: fc.Arbitrary<Command> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('ask' as const),
      ask: fc.constantFrom(...REQUESTERS).chain(ask),
      weather: fc.constantFrom('calm' as const, 'calm' as const, 'crash' as const, 'throttle' as const),
      call: fc.integer({ min: 0, max: 12 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('copy' as const), back: fc.nat(5) }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'drop' as const }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('drift' as const),
      requesterUid: fc.constantFrom(...REQUESTERS),
      how: fc.constantFrom('detach' as const, 'attach' as const, 'trust' as const),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('wait' as const), minutes: fc.integer({ min: 1, max: 300 }) }),
  },
);

class Killed extends Error {}

/** Ends the n-th call badly: the function dies before it (and so after the one before), or the service refuses it. */
function badWeather(kind: 'crash' | 'throttle', at: number): Hook {
  let calls = -1;
  return async ({ action }) => {
    calls += 1;
    if (calls !== at) return undefined;
    if (kind === 'crash') throw new Killed(action);
    throw new RetryableError('throttled', action);
  };
}

/** As the platform does: delivers again until the outcome is there. Answers the memory of the instance that lives then. */
async function deliverForGood(
  at: Direct,
  one: Ask,
  instance: RecentWrites,
  hook?: Hook,
): Promise<RecentWrites> {
  let memory = instance;
  for (let attempt = 0; attempt < 4; attempt += 1) {
    try {
      const { result } = await deliver(at, one, attempt === 0 ? hook : undefined, memory);
      // Who has done what was asked has made the whole role what its record says, whatever went wrong before.
      if (result === 'applied') granted(at, one.requesterUid);
      return memory;
    } catch (error) {
      if (!(error instanceof Killed || error instanceof RetryableError)) throw error;
      if (error instanceof Killed) memory = new RecentWrites();
    }
  }
  throw new Error('four deliveries were not enough');
}

/** A trust policy with a statement more: for an account that nobody here knows. */
function alsoFor(trust: string): string {
  const document: { readonly Statement: readonly object[] } = JSON.parse(trust);
  const further = {
    Effect: 'Allow',
    Action: 'sts:AssumeRole',
    Principal: { RAM: ['acs:ram::3333333333333333:root'] },
  };
  return JSON.stringify({ ...document, Statement: [...document.Statement, further] });
}

async function drift(at: Direct, requesterUid: string, how: 'detach' | 'attach' | 'trust'): Promise<void> {
  const role = at.owner.ram.findRole(`dms-cross-account-${requesterUid}`);
  if (role === undefined) return;
  const RoleName = role.name;
  const [policy] = role.attachments;
  try {
    if (how === 'trust')
      await at.byHand('UpdateRole', { RoleName, NewAssumeRolePolicyDocument: alsoFor(role.trust) });
    else if (how === 'attach')
      await at.byHand('AttachPolicyToRole', {
        PolicyName: 'AdministratorAccess',
        PolicyType: 'System',
        RoleName,
      });
    else if (policy !== undefined)
      await at.byHand('DetachPolicyFromRole', {
        PolicyName: policy.policyName,
        PolicyType: policy.policyType,
        RoleName,
      });
  } catch (error) {
    if (!(error instanceof ApiError || error instanceof CloudError)) throw error;
  }
}

it('after any sequence of commands and a quiet moment, the cloud is what a ten-line model says', async () => {
  let exact = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(command, { minLength: 1, maxLength: 50 }), async (commands) => {
      const at = await direct();
      // Requests are sent up to 91 minutes after the start: none may come from the future.
      at.clock.advance(100 * 60_000);
      const arrived: Ask[] = [];
      let memory = new RecentWrites();
      let minute = 41;
      for (const one of commands) {
        minute += 1;
        if (one.kind === 'wait') at.clock.advance(one.minutes * 60_000);
        if (one.kind === 'drift') await drift(at, one.requesterUid, one.how);
        if (one.kind === 'ask') {
          // Each message has a time of its own, sometimes long before it arrives.
          const sent = { ...one.ask, minute: one.ask.minute < 10 ? one.ask.minute : minute };
          const hook = one.weather === 'calm' ? undefined : badWeather(one.weather, one.call);
          memory = await deliverForGood(at, sent, memory, hook);
          arrived.push(sent);
        }
        if (one.kind === 'copy') {
          const again = arrived.at(-1 - one.back);
          if (again !== undefined) memory = await deliverForGood(at, again, memory);
        }
      }
      at.clock.advance(60_000);
      for (const requesterUid of REQUESTERS) {
        await upkeep(at, requesterUid);
        const end = granted(at, requesterUid);
        const newest = reference(arrived, requesterUid, at.clock.now());
        // Equal grants with a revoke in between may end revoked; nothing ever ends wider.
        expect(newest).toEqual(expect.arrayContaining([...end]));
        if (!repeatsAcross(arrived)) {
          exact += 1;
          expect(end).toEqual(newest);
        }
        const role = at.owner.ram.findRole(`dms-cross-account-${requesterUid}`);
        expect(role?.trust ?? '').not.toContain('3333333333333333');
      }
    }),
    { numRuns: RUNS },
  );
  expect(exact).toBeGreaterThan(RUNS);
});
