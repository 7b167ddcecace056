import { beforeEach, describe, expect, it } from 'vitest';
import type { EngineId } from '../../../shared/catalogue/engine.ts';
import type { RoleId } from '../../../shared/catalogue/names.ts';
import { probeSessionPolicy } from '../../../shared/catalogue/probe-session-policy.ts';
import type { Assumed } from '../../../shared/ports.ts';
import { type AccessRecord, EMPTY_RECORD, readRecord } from '../../../shared/record/record.ts';
import { collectEvidence, type EvidencePorts } from '../../../shared/verification/collect-evidence.ts';
import { OWNER, REQUESTER } from '../../kit/accounts.ts';
import { type Direct, direct } from '../../kit/direct.ts';
import { CONSOLE_ROLE, policyOf, ROLE, roleOf } from '../../kit/roles.ts';
import { send } from '../../kit/send.ts';

/** Which calls the evidence of a role takes, and what comes of their answers. */
let at: Direct;
beforeEach(async () => {
  at = await direct();
});

const POLICY = 'DmsCrossAccountPolicy-gdb-redis';
const GRANT = { requesterUid: REQUESTER, engines: ['gdb', 'rds', 'redis'] };
const record = (name = ROLE) => readRecord(new Map(roleOf(at, name)?.tags), at.clock.now());

interface Asking {
  readonly access?: RoleId['access'];
  readonly expected?: AccessRecord;
  readonly revoked?: readonly EngineId[];
  /** What AssumeRole under the external id answers. */
  readonly opened?: Assumed;
}

async function collect({ access = 'register', expected, revoked = [], opened }: Asking = {}) {
  const calls: string[] = [];
  const sessions: unknown[] = [];
  const { identity, ram, assumer, prober } = at.verifyPorts();
  const told = <T>(call: string, answer: T): T => {
    calls.push(call);
    return answer;
  };
  const ports: EvidencePorts = {
    identity: { accountId: () => told('account', identity.accountId()) },
    ram: {
      role: (name) => told(`role ${name}`, ram.role(name)),
      roleTags: (name) => told(`tags of ${name}`, ram.roleTags(name)),
      attachedPolicies: (name) => told(`attached to ${name}`, ram.attachedPolicies(name)),
      policy: (name) => told(`policy ${name}`, ram.policy(name)),
      policyTags: (name) => told(`tags of policy ${name}`, ram.policyTags(name)),
    },
    assumer: {
      assume: async (asked) => {
        const { externalId, roleArn, sessionName, sessionPolicy } = asked;
        sessions.push({ roleArn, sessionName, sessionPolicy });
        const answer = opened !== undefined && externalId !== null ? opened : await assumer.assume(asked);
        return told(`assume ${externalId === null ? 'without' : externalId}`, answer);
      },
    },
    prober: { probe: (id, session) => told(`probe ${id}`, prober.probe(id, session)) },
  };
  const name = access === 'register' ? ROLE : CONSOLE_ROLE;
  const id = { access, requesterUid: REQUESTER };
  const now = at.clock.now();
  const proof = await collectEvidence(id, expected ?? record(name), revoked, now, at.settings, ports);
  return { calls: calls.toSorted(), sessions, proof };
}
const failing = ({ proof }: { readonly proof: Awaited<ReturnType<typeof collect>>['proof'] }) =>
  proof.checks.filter(({ status }) => status === 'fail').map(({ id }) => id);

const READS = ['account', `attached to ${ROLE}`];
const REST = [`role ${ROLE}`, `tags of ${ROLE}`];
const OPEN = `assume dms-handshake:${REQUESTER}`;

describe('the calls', () => {
  it('are seven and one for each engine, where the record is what it is thought to be', async () => {
    await send(at, GRANT);
    const found = await collect();
    expect(found.calls).toEqual(
      [...READS, OPEN, 'assume without', `policy ${POLICY}`, 'probe gdb', 'probe redis', ...REST].sort(),
    );
    const asked = {
      roleArn: `acs:ram::${OWNER}:role/${ROLE}`,
      sessionName: 'dms-handshake-verify',
      sessionPolicy: probeSessionPolicy(['gdb', 'redis']),
    };
    expect(found.sessions).toEqual([asked, asked]);
    expect(found.proof).toMatchObject({ foreignPolicy: false, account: OWNER, at: at.clock.now() });
    expect(failing(found)).toEqual([]);
  });

  it('ask for policy and session anew where the record is another', async () => {
    await send(at, GRANT);
    const found = await collect({ expected: EMPTY_RECORD });
    expect(found.calls).toEqual(
      [
        ...READS,
        OPEN,
        OPEN,
        'assume without',
        `policy ${POLICY}`,
        'probe gdb',
        'probe redis',
        ...REST,
      ].sort(),
    );
    expect(found.sessions.map((one) => Reflect.get(Object(one), 'sessionPolicy'))).toEqual([
      probeSessionPolicy([]),
      probeSessionPolicy([]),
      probeSessionPolicy(['gdb', 'redis']),
    ]);
    expect(failing(found)).toEqual([]);
  });

  it('ask for no other session where the first was refused', async () => {
    await send(at, GRANT);
    const opened = { kind: 'denied', detail: 'NoPermission' } as const;
    const found = await collect({ expected: EMPTY_RECORD, opened });
    expect(found.calls.filter((call) => call === OPEN)).toHaveLength(1);
    expect(found.proof.open).toEqual(opened);
    expect(found.proof.probes.size).toBe(0);
  });

  it('try nothing under the external id with PROBE=structural', async () => {
    at = await direct(false);
    await send(at, GRANT);
    const found = await collect();
    expect(found.calls).toEqual([...READS, 'assume without', `policy ${POLICY}`, ...REST].sort());
    expect(found.proof.open).toEqual({ kind: 'untried', detail: 'PROBE=structural: not tried' });
    expect(found.proof.probes.size).toBe(0);
  });

  it('ask for no session anew with PROBE=structural', async () => {
    at = await direct(false);
    await send(at, GRANT);
    const found = await collect({ expected: EMPTY_RECORD });
    expect(found.calls.filter((call) => call.startsWith('assume'))).toEqual(['assume without']);
  });

  it('read no policy of ours for a console role, which grants no engines, whatever its tags say', async () => {
    await send(at, { requesterUid: REQUESTER, access: 'console' });
    roleOf(at, CONSOLE_ROLE)?.tags.set('dms-engine-redis', 'granted 2026-11-23T09:00:00.000Z');
    const { proof, calls } = await collect({ access: 'console' });
    expect([proof.granted.engines, calls.filter((call) => call.startsWith('policy'))]).toEqual([[], []]);
  });

  it('read no policy of ours for a console role, which grants no engines', async () => {
    await send(at, { requesterUid: REQUESTER, access: 'console' });
    const found = await collect({ access: 'console' });
    const reads = ['account', ...['attached to', 'role', 'tags of'].map((one) => `${one} ${CONSOLE_ROLE}`)];
    expect(found.calls).toEqual([...reads, OPEN, 'assume without'].sort());
    expect(found.sessions[0]).toMatchObject({ sessionPolicy: probeSessionPolicy([]) });
    expect(found.proof.granted).toMatchObject({ engines: [], connections: [] });
    expect(failing(found)).toEqual([]);
  });
});

describe('engines that were taken away', () => {
  it('are probed once each, with a right in the session for it', async () => {
    await send(at, GRANT);
    const found = await collect({ revoked: ['lindorm', 'rds', 'redis'] });
    expect(found.calls.filter((call) => call.startsWith('probe'))).toEqual([
      'probe gdb',
      'probe lindorm',
      'probe redis',
    ]);
    expect(found.sessions).toMatchObject([
      { sessionPolicy: probeSessionPolicy(['gdb', 'redis', 'lindorm']) },
      { sessionPolicy: probeSessionPolicy(['gdb', 'redis']) },
    ]);
  });

  it('count as such only while nothing grants them again', async () => {
    await send(at, { requesterUid: REQUESTER, engines: ['gdb'] });
    const { proof } = await collect({ revoked: ['gdb', 'lindorm'] });
    expect(proof.revoked).toEqual(['lindorm']);
    expect(proof.checks).toContainEqual({
      id: 'engine:lindorm',
      status: 'pass',
      detail: 'taken away: the read is now denied',
      fix: null,
    });
  });
});

describe('whose the policy is', () => {
  const TAGS = `tags of policy ${POLICY}`;
  const otherwise = () =>
    at.byHand('CreatePolicyVersion', {
      PolicyName: POLICY,
      PolicyDocument: JSON.stringify({
        Version: '1',
        Statement: [{ Action: 'rds:Describe*', Effect: 'Allow', Resource: '*' }],
      }),
      SetAsDefault: 'true',
    });
  beforeEach(() => send(at, GRANT));

  it.each([
    ['somebody else’s, which lacks our tag', true],
    ['ours, which has it', false],
  ])('is asked where it says something else: %s', async (_what, isForeign) => {
    await otherwise();
    if (isForeign) policyOf(at, POLICY)?.tags.clear();
    const found = await collect();
    expect(found.calls.filter((call) => call === TAGS)).toHaveLength(1);
    expect(found.proof.foreignPolicy).toBe(isForeign);
    const [check] = found.proof.checks.filter(({ id }) => id === 'policy-content');
    expect(check?.fix?.includes('rename or delete it')).toBe(isForeign);
  });

  it('is asked where it has to be attached', async () => {
    await at.byHand('DetachPolicyFromRole', { PolicyName: POLICY, PolicyType: 'Custom', RoleName: ROLE });
    policyOf(at, POLICY)?.tags.clear();
    const found = await collect();
    expect([found.calls.includes(TAGS), found.proof.foreignPolicy]).toEqual([true, true]);
  });

  it('is not asked where there is none', async () => {
    await at.byHand('DetachPolicyFromRole', { PolicyName: POLICY, PolicyType: 'Custom', RoleName: ROLE });
    await at.byHand('DeletePolicy', { PolicyName: POLICY });
    const found = await collect();
    expect([found.calls.includes(TAGS), found.proof.foreignPolicy]).toEqual([false, false]);
    expect(failing(found)).toContain('policy-content');
  });

  it('is not asked where the trust or the tags are wrong', async () => {
    roleOf(at)?.tags.delete('managed-by');
    await at.byHand('UpdateRole', {
      RoleName: ROLE,
      NewAssumeRolePolicyDocument: JSON.stringify({
        Version: '1',
        Statement: [
          { Action: 'sts:AssumeRole', Effect: 'Allow', Principal: { RAM: [`acs:ram::${OWNER}:root`] } },
        ],
      }),
    });
    const found = await collect();
    expect(found.calls).not.toContain(TAGS);
    expect(failing(found)).toEqual(expect.arrayContaining(['ownership', 'trust-dms', 'trust-closed']));
  });

  it('is not asked where all is right, nor where only another one is too much', async () => {
    const { policyText } = (await collect()).proof;
    expect(policyText).toBe(policyOf(at, POLICY)?.versions.at(-1)?.document);
    await at.byHand('AttachPolicyToRole', {
      PolicyName: 'AdministratorAccess',
      PolicyType: 'System',
      RoleName: ROLE,
    });
    const found = await collect();
    expect([found.calls.includes(TAGS), failing(found)]).toEqual([false, ['policies-attached']]);
  });
});
