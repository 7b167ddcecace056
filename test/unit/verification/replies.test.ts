import { describe, expect, it } from 'vitest';
import type { Check } from '../../../events/check.ts';
import { problem } from '../../../events/problem.ts';
import { type Grants, grants } from '../../../shared/catalogue/grants.ts';
import type { TrustTerms } from '../../../shared/catalogue/trust.ts';
import type { AccessRecord } from '../../../shared/record/record.ts';
import { checkRole } from '../../../shared/verification/checks.ts';
import { emergencyReply } from '../../../shared/verification/emergency-reply.ts';
import { prerequisitesOf } from '../../../shared/verification/prerequisites.ts';
import type { Proof } from '../../../shared/verification/proof.ts';
import { repairedReply } from '../../../shared/verification/repaired-reply.ts';
import { replyWithoutProof, replyWithProof } from '../../../shared/verification/reply.ts';
import { OWNER, REQUESTER } from '../../kit/accounts.ts';
import { outcomeOf } from '../../kit/outcomes.ts';
import {
  closedTerms,
  consoleTerms,
  type Found,
  healthy,
  recordFor,
  registerTerms,
  structuralTerms,
} from '../../kit/role-documents.ts';
import { SENDER } from '../../kit/sweeper.ts';
import { at } from '../../kit/time.ts';

const NARROWED = grants(
  ['gdb', 'lindorm', 'redis'],
  ['vpc'],
  new Map([
    ['lindorm', []],
    ['redis', ['r-1', 'r-2']],
  ]),
);
const DETACHED = {
  check: 'policies-attached',
  before: 'it was off',
  after: 'it is on',
  asked: true,
} as const;

/** The proof of a role by these terms, of whose grants redis ends. */
function proofOf(terms: TrustTerms, granted?: Grants, over: Partial<Found> = {}): Proof {
  const found = { ...healthy(terms, granted), ...over };
  const { entries, ...rest } = recordFor(terms, found.granted);
  const redis = entries.get('redis');
  const ends: AccessRecord['entries'] =
    redis === undefined ? entries : new Map([...entries, ['redis', { ...redis, until: at(600) }]]);
  return { ...found, record: { ...rest, entries: ends }, checks: checkRole(found) };
}
const reply = (proof: Proof, over: Parameters<typeof outcomeOf>[0] = {}) =>
  replyWithProof(outcomeOf(over), proof, SENDER, at(5));

describe('the reply about a role that was looked at', () => {
  const narrow = proofOf(registerTerms, NARROWED);

  it('has what it grants, each with end and scope, the evidence, and what is left to people', () => {
    const said = reply(narrow, { changes: [DETACHED] });
    expect(said).toMatchObject({
      type: 'dms-handshake.access.verified.v1',
      source: SENDER.source,
      subject: REQUESTER,
      time: '2026-11-23T10:00:05.000Z',
      correlationid: 'r-1',
    });
    const whole = { expiresAt: null, instances: null, readOnly: false };
    expect(said.data).toEqual({
      status: 'verified',
      requestId: 'r-1',
      requesterUid: REQUESTER,
      ownerUid: OWNER,
      access: 'register',
      roleArn: `acs:ram::${OWNER}:role/r`,
      engines: ['gdb', 'lindorm', 'redis'],
      connections: ['vpc'],
      instances: { redis: ['r-1', 'r-2'] },
      readOnly: ['lindorm'],
      expiresAt: '2026-11-23T10:10:00.000Z',
      grants: [
        { id: 'gdb', ...whole },
        { id: 'lindorm', ...whole, readOnly: true },
        { id: 'redis', ...whole, expiresAt: '2026-11-23T10:10:00.000Z', instances: ['r-1', 'r-2'] },
        { id: 'vpc', ...whole },
      ],
      reference: 'DBA-1',
      assurance: 'assumed',
      checks: narrow.checks,
      changes: [DETACHED],
      prerequisites: prerequisitesOf(registerTerms, NARROWED.narrowed),
      console: null,
      problem: null,
    });
  });

  it('leaves out what there is nothing of', () => {
    const { data } = reply(proofOf(registerTerms, grants(['rds'], [])), { reference: null });
    for (const key of ['changes', 'instances', 'readOnly', 'breakGlass'])
      expect(data).not.toHaveProperty(key);
    expect([data.expiresAt, data.reference, data.connections]).toEqual([null, null, []]);
  });

  it('says first what could not be checked', () => {
    const { data } = reply(proofOf(structuralTerms));
    expect([data.status, data.assurance]).toEqual(['verified', 'structural']);
    expect(data.prerequisites).toHaveLength(4);
    expect(data.prerequisites[0]).toMatch(/^could not be checked: assume-role, .*PROBE=structural/);
  });

  it('is failed where a check is, with all that is wrong, and promises nothing', () => {
    const proof = proofOf(consoleTerms, undefined, { attached: [], shut: { kind: 'no-role' }, account: '1' });
    const { data, type } = reply(proof);
    expect(type).toBe('dms-handshake.access.failed.v1');
    expect(data).toMatchObject({
      status: 'failed',
      roleArn: `acs:ram::${OWNER}:role/r`,
      prerequisites: [],
      console: null,
    });
    expect(data.problem).toEqual({
      code: 'verification-failed',
      title: 'The role is not what it should be',
      detail: `owner-account: read in account 1, not in ${OWNER}; console-policy: the system policy AliyunDMSLoginConsoleAccess is not attached.`,
      retryable: true,
    });
  });

  it('tells at most 2,000 characters of what is wrong', () => {
    const checks = Array.from({ length: 30 }, (_, n): Check => {
      return { id: 'policy-content', status: 'fail', detail: `${n}`.repeat(50), fix: 'x' };
    });
    const detail = reply({ ...narrow, checks }).data.problem?.detail ?? '';
    expect(detail.length).toBeGreaterThan(1_800);
    expect(detail.length).toBeLessThan(2_050);
    expect(detail).toMatch(/; and \d+ more\.$/);
  });

  it('grants nothing where there is no role', () => {
    const { data } = reply(proofOf(registerTerms, NARROWED, { role: null }));
    expect(data).toMatchObject({ status: 'failed', roleArn: null, engines: [], connections: [], grants: [] });
    for (const key of ['instances', 'readOnly']) expect(data).not.toHaveProperty(key);
  });

  it.each([
    ['grant', 'verified'],
    ['extend', 'verified'],
    ['verify', 'verified'],
    ['revoke', 'revoked'],
    ['upkeep', 'revoked'],
  ] as const)('after %s is %s, and keeps the problem of a request that changed nothing', (action, status) => {
    const expired = problem('expired', 'its time is over.');
    const { data } = reply(proofOf(closedTerms), { action, problem: expired });
    expect([data.status, data.problem]).toEqual([status, expired]);
    expect(data.prerequisites.length > 0).toBe(status === 'verified');
  });

  it('of a console role has the link, and the policy with which people may switch', () => {
    const role = { name: 'dms-Console', arn: 'a', createdAt: at(0), trust: '{}' };
    const { trust } = healthy(consoleTerms).role ?? role;
    const { data } = reply(proofOf(consoleTerms, undefined, { role: { ...role, trust } }));
    expect(data.console).toEqual({
      switchRoleUrl: `https://signin.aliyun.com/switchRole.htm?parentAlias=${OWNER}.onaliyun.com&roleName=dms-Console`,
      requesterPolicy: {
        Statement: [
          {
            Action: 'sts:AssumeRole',
            Effect: 'Allow',
            Resource: `acs:ram:*:${OWNER}:role/dms-console`,
          },
        ],
        Version: '1',
      },
    });
  });

  it('has none of that where nobody may switch', () => {
    const nobody = { ...consoleTerms, trusted: 'nobody' } as const;
    expect(reply(proofOf(nobody)).data.console).toBeNull();
    expect(reply(proofOf(consoleTerms), { action: 'revoke' }).data.console).toBeNull();
    expect(reply(proofOf(consoleTerms, undefined, { role: null })).data.console).toBeNull();
    expect(reply(narrow).data.console).toBeNull();
  });

  it('repeats the reason of an emergency', () => {
    expect(reply(narrow, { breakGlass: 'it burns' }).data.breakGlass).toBe('it burns');
  });
});

describe('the reply without a proof', () => {
  const refused = problem('superseded', 'a newer one has decided.');
  const record = { 'dms-engine-redis': 'granted 2026-11-23T09:00:00.000Z until 2026-11-23T11:00:00.000Z' };

  it.each([
    ['rejected', 'rejected'],
    ['failed', 'failed'],
    ['applied', 'failed'],
  ] as const)('of %s is %s, with what the record granted', (result, status) => {
    const told = outcomeOf({ result, record, connections: ['vpc'], problem: refused });
    expect(replyWithoutProof(told, SENDER, at(5)).data).toEqual({
      status,
      requestId: 'r-1',
      requesterUid: REQUESTER,
      ownerUid: OWNER,
      access: 'register',
      roleArn: null,
      engines: ['redis'],
      connections: ['vpc'],
      expiresAt: '2026-11-23T11:00:00.000Z',
      grants: [{ id: 'redis', expiresAt: '2026-11-23T11:00:00.000Z', instances: null, readOnly: false }],
      reference: 'DBA-1',
      assurance: 'structural',
      checks: [],
      prerequisites: [],
      console: null,
      problem: refused,
    });
  });

  it('has no end where none is known', () => {
    expect(replyWithoutProof(outcomeOf(), SENDER, at(5)).data).toMatchObject({ expiresAt: null, grants: [] });
  });
});

describe('what the owner is told besides', () => {
  const about = reply(proofOf(consoleTerms));
  const off = { check: 'trust-closed', before: 'trusted ECS', after: 'set-trust r', asked: false } as const;
  const gone = {
    check: 'policy-content',
    before: 'no policy',
    after: 'create-policy p',
    asked: false,
  } as const;

  it('of a repair: what somebody had changed, and nothing of what was asked for', () => {
    const outcome = outcomeOf({ changes: [off, DETACHED, gone] });
    const told = repairedReply(outcome, about, SENDER, at(7));
    expect(told).toMatchObject({ type: 'dms-handshake.access.changed.v1', time: '2026-11-23T10:00:07.000Z' });
    expect(told?.data).toEqual({
      ...about.data,
      status: 'changed',
      changes: [off, gone],
      prerequisites: [],
      console: null,
      problem: {
        code: 'verification-failed',
        title: 'The role is not what it should be',
        detail:
          'somebody else had changed the role, and the request of r-1 repaired it: trusted ECS (set-trust r); no policy (create-policy p). Find out in ActionTrail who it was.',
        retryable: false,
      },
    });
    expect(about.data.console).not.toBeNull();
  });

  it('of a repair under an id that copies share, and no other reply has', () => {
    const idOf = (fingerprint: string) =>
      repairedReply(outcomeOf({ fingerprint, changes: [off] }), about, SENDER, at(7))?.id;
    expect(idOf('f-1')).toMatch(/^[0-9a-f]{32}$/);
    expect(idOf('f-1')).toBe(idOf('f-1'));
    expect(new Set([idOf('f-1'), idOf('f-2'), about.id]).size).toBe(3);
  });

  it('of no repair where all was asked for', () => {
    expect(repairedReply(outcomeOf({ changes: [DETACHED] }), about, SENDER, at(7))).toBeNull();
    expect(repairedReply(outcomeOf(), about, SENDER, at(7))).toBeNull();
  });

  it('of an emergency: the same words, under an id of its own', () => {
    const told = emergencyReply(outcomeOf({ breakGlass: 'it burns' }), about);
    expect(told).toEqual({ ...about, id: told?.id, type: 'dms-handshake.access.break-glass.v1' });
    expect(told?.id).toMatch(/^[0-9a-f]{32}$/);
    const other = emergencyReply(outcomeOf({ breakGlass: 'it burns' }), { ...about, id: 'another' });
    expect(new Set([told?.id, other?.id, about.id]).size).toBe(3);
  });

  it.each([
    ['a request that was refused', { breakGlass: 'it burns', result: 'rejected' }, false],
    ['a request that failed half way', { breakGlass: 'it burns', result: 'failed' }, true],
    ['what is no emergency', {}, false],
  ] as const)('of an emergency after %s: %j', (_what, over, told) => {
    expect(emergencyReply(outcomeOf(over), about) !== null).toBe(told);
  });
});
