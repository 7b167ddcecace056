import { describe, expect, it } from 'vitest';
import { millis } from '../../../shared/runtime/millis.ts';
import { Pacer } from '../../../shared/runtime/rate-limit.ts';
import { isSampled, NOT_SAMPLED } from '../../../shared/sweep/sample.ts';
import { forRole, paced, shared } from '../../../shared/sweep/shared-reads.ts';
import type { EvidencePorts } from '../../../shared/verification/collect-evidence.ts';
import { OWNER, REQUESTER } from '../../kit/accounts.ts';
import { TestClock } from '../../kit/clock.ts';
import { SESSION } from '../../kit/role-documents.ts';
import { listedRole } from '../../kit/sweep-parts.ts';
import { HOUR, START } from '../../kit/time.ts';

/** Which calls a sweep makes for each role, and in whose turn. */
const ROLE = `dms-cross-account-${REQUESTER}`;

describe('the calls of a sweep', () => {
  const made: string[] = [];
  const told =
    <T>(call: string, answer: T) =>
    async () => {
      made.push(call);
      return answer;
    };
  const ports: EvidencePorts = {
    identity: { accountId: told('account', OWNER) },
    ram: {
      role: told('role', null),
      roleTags: told('tags', new Map<string, string>()),
      policyTags: told('policy tags', new Map<string, string>()),
      attachedPolicies: told('attached', []),
      policy: async (name) => {
        made.push(`policy ${name}`);
        if (name === 'broken') throw new Error('no');
        return null;
      },
    },
    assumer: { assume: told('assume', SESSION) },
    prober: { probe: told('probe', { kind: 'answered', detail: 'ok' } as const) },
  };
  const session = {
    roleArn: 'a',
    sessionName: 's',
    externalId: null,
    sessionPolicy: { Version: '1', Statement: [] },
  } as const;

  it('wait for their turn, each operation for its own', async () => {
    const clock = new TestClock();
    const turns: string[] = [];
    const pacer = Object.assign(new Pacer(clock), {
      turn: async (operation: string) => void turns.push(operation),
    });
    const { ram, assumer } = paced(ports, pacer);
    await ram.role('r');
    await ram.roleTags('r');
    await ram.policyTags('p');
    await ram.attachedPolicies('r');
    await ram.policy('p');
    await assumer.assume(session);
    expect(turns).toEqual([
      'GetRole',
      'ListTagResources',
      'ListTagResources',
      'ListPoliciesForRole',
      'GetPolicy',
      'AssumeRole',
    ]);
  });

  it('about what roles have in common are made once, and again where they failed', async () => {
    const { identity, ram } = shared(ports);
    made.length = 0;
    for (let n = 0; n < 2; n += 1) {
      await identity.accountId();
      await ram.policy('one');
      await ram.policy('other');
      await expect(ram.policy('broken')).rejects.toThrow('no');
    }
    expect(made).toEqual(['account', 'policy one', 'policy other', 'policy broken', 'policy broken']);
  });

  const verdict = (text: string) => ({ 'dms-verdict': `verified 2026-11-23T10:00:00.000Z${text}` });
  const role = (tags: Readonly<Record<string, string>>) => listedRole(tags);
  const hours = Array.from({ length: 23 }, (_, hour) => millis(START + hour * HOUR));
  const inSample = hours.find((now) => isSampled(ROLE, now)) ?? START;
  const outOfSample = hours.find((now) => !isSampled(ROLE, now)) ?? START;

  it.each([
    ['without a verdict', {}, outOfSample, true],
    ['in the sample', verdict(''), inSample, true],
    ['out of the sample', verdict(''), outOfSample, false],
    [
      'with a try that failed',
      { 'dms-verdict': 'failed 2026-11-23T10:00:00.000Z engine:gdb' },
      outOfSample,
      true,
    ],
    [
      'with another check that failed',
      { 'dms-verdict': 'failed 2026-11-23T10:00:00.000Z trust-dms' },
      outOfSample,
      false,
    ],
    [
      'with what could not be checked lately',
      verdict(' unchecked since 2026-11-23T10:00:00.000Z gdb'),
      outOfSample,
      true,
    ],
    ['with what was told of', verdict(' unchecked gdb'), outOfSample, false],
  ])('for a role %s are made in full or not', async (_what, tags, now, isFull) => {
    const listed = role(tags);
    const { ram, assumer, prober } = forRole(ports, listed, now);
    made.length = 0;
    expect(await ram.roleTags('r')).toBe(listed.tags);
    await assumer.assume({ ...session, externalId: 'x' });
    const [shut, probe] = [await assumer.assume(session), await prober.probe('gdb', { expiresAt: START })];
    expect(made).toEqual(isFull ? ['assume', 'assume', 'probe'] : ['assume']);
    const untried = { kind: 'untried', detail: NOT_SAMPLED };
    expect([shut, probe]).toEqual(
      isFull ? [SESSION, { kind: 'answered', detail: 'ok' }] : [untried, untried],
    );
  });
});
