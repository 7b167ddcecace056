import { describe, expect, it } from 'vitest';
import type { Check } from '../../../events/check.ts';
import { grants, NO_GRANTS } from '../../../shared/catalogue/grants.ts';
import { EMPTY_RECORD, readRecord } from '../../../shared/record/record.ts';
import { type ChangedRole, changedReply } from '../../../shared/sweep/changed-reply.ts';
import { isUnlisted, withListing } from '../../../shared/sweep/unlisted-requester.ts';
import { OWNER, REQUESTER } from '../../kit/accounts.ts';
import { closedTerms, healthy } from '../../kit/role-documents.ts';
import { SENDER } from '../../kit/sweeper.ts';
import { at, START } from '../../kit/time.ts';

/** What the sweep tells of a role that is no longer what it was, word for word. */
const NAME = `dms-cross-account-${REQUESTER}`;
const check = (id: Check['id'], status: Check['status'], detail = `${id} here`): Check => ({
  id,
  status,
  detail,
  fix: status === 'fail' ? 'how' : null,
});
const BAD = [check('role-exists', 'pass'), check('trust-dms', 'fail'), check('policy-content', 'fail')];
const record = readRecord(
  new Map([
    ['dms-engine-redis', 'granted 2026-11-23T10:00:00.000Z until 2026-11-24T10:00:00.000Z'],
    ['dms-connection-vpc', 'granted 2026-11-23T10:00:00.000Z'],
  ]),
  START,
);
const failed = (...checks: string[]) => ({ status: 'failed', at: at(10), checks }) as const;
const verified = { status: 'verified', at: at(10), checks: [] } as const;
const change = (over: Partial<ChangedRole> = {}): ChangedRole => ({
  role: { name: NAME, arn: `acs:ram::${OWNER}:role/${NAME}`, createdAt: START },
  requesterUid: REQUESTER,
  access: 'register',
  granted: grants(['redis'], ['vpc']),
  record,
  from: verified,
  to: { ...failed('policy-content', 'trust-dms'), at: at(20) },
  checks: BAD,
  ...over,
});
const reply = (over: Partial<ChangedRole> = {}) => changedReply(change(over), SENDER, at(30));
const [T10, T0] = ['2026-11-23T10:00:10.000Z', '2026-11-23T10:00:00.000Z'];

describe('a change that the sweep tells', () => {
  it('has what the role grants, the evidence, and what is wrong', () => {
    const said = reply();
    expect(said).toMatchObject({ type: 'dms-handshake.access.changed.v1', subject: REQUESTER });
    const end = '2026-11-24T10:00:00.000Z';
    expect(said.data).toEqual({
      status: 'changed',
      requestId: `sweep:${NAME}:${T10}`,
      requesterUid: REQUESTER,
      ownerUid: OWNER,
      access: 'register',
      roleArn: `acs:ram::${OWNER}:role/${NAME}`,
      engines: ['redis'],
      connections: ['vpc'],
      expiresAt: end,
      grants: [
        { id: 'redis', expiresAt: end, instances: null, readOnly: false },
        { id: 'vpc', expiresAt: null, instances: null, readOnly: false },
      ],
      reference: null,
      assurance: 'structural',
      checks: [
        BAD[0],
        { ...BAD[1], detail: `trust-dms here; was not failed in the verdict of ${T10}` },
        { ...BAD[2], detail: `policy-content here; was not failed in the verdict of ${T10}` },
      ],
      prerequisites: [],
      console: null,
      problem: {
        code: 'verification-failed',
        title: 'The role is not what it should be',
        detail: `from verified since ${T10} to failed: trust-dms: trust-dms here; policy-content: policy-content here.`,
        retryable: true,
      },
    });
  });

  it.each([
    ['the first verdict', null, `from no verdict yet to failed: `, T0],
    [
      'another fault',
      failed('assume-role', 'trust-dms'),
      `from failed since ${T10} (assume-role, trust-dms) to failed: `,
      T10,
    ],
  ])('says what it was before: %s', (_what, from, words, since) => {
    const { data } = reply({ from });
    expect(data.problem?.detail.startsWith(words)).toBe(true);
    expect(data.requestId).toBe(`sweep:${NAME}:${since}`);
  });

  it('says of each check that it was otherwise', () => {
    const checks = [check('trust-dms', 'pass'), check('role-exists', 'pass'), check('engine:gdb', 'skip')];
    const { data } = reply({
      from: failed('trust-dms', 'engine:gdb'),
      to: { ...verified, at: at(20) },
      checks,
    });
    expect(data.checks.map(({ detail }) => detail)).toEqual([
      `trust-dms here; was failed since ${T10}`,
      'role-exists here',
      'engine:gdb here',
    ]);
    expect([data.problem, data.assurance]).toEqual([null, 'structural']);
  });

  it('adds nothing to a check that was failed before, nor beside a first verdict', () => {
    const said = (from: ChangedRole['from']) => reply({ from }).data.checks.map(({ detail }) => detail);
    expect(said(null)).toEqual(BAD.map(({ detail }) => detail));
    expect(said(failed('trust-dms', 'policy-content'))).toEqual(BAD.map(({ detail }) => detail));
  });

  it('of a role that nobody is known to have asked for names nobody, and no end', () => {
    const said = reply({ requesterUid: null, granted: NO_GRANTS, record: EMPTY_RECORD });
    expect(said).not.toHaveProperty('subject');
    expect(said.data).toMatchObject({ requesterUid: null, expiresAt: null, grants: [], engines: [] });
    expect(reply({ role: { ...change().role, arn: null } }).data.roleArn).toBeNull();
  });

  it('says since when what could be checked cannot be any more', () => {
    const checks = [check('engine:gdb', 'skip', 'no answer'), check('engine:redis', 'skip', 'no answer')];
    const lost = { since: at(5), ids: ['engine:gdb'] };
    const { data } = reply({ to: verified, checks, lost });
    expect(data.prerequisites).toEqual([
      'since 2026-11-23T10:00:05.000Z could not be checked: gdb (no answer)',
    ]);
  });

  it('has an id that copies share, and that says what was and what is', () => {
    const idOf = (over: Partial<ChangedRole>) => reply(over).id;
    expect(changedReply(change({ to: { ...change().to, at: at(25) } }), SENDER, at(40)).id).toBe(idOf({}));
    const lost = { since: at(5), ids: ['engine:gdb', 'engine:redis'] };
    const others: Partial<ChangedRole>[] = [
      {},
      { from: null },
      { from: failed() },
      { from: failed('trust-dms') },
      { from: { ...verified, at: at(11) } },
      { to: verified },
      { to: failed('trust-dms') },
      { role: { ...change().role, name: 'other' } },
      { lost },
      { lost: { ...lost, since: at(6) } },
      { lost: { ...lost, ids: ['engine:gdb'] } },
    ];
    expect(new Set(others.map(idOf)).size).toBe(others.length);
  });
});

describe('a requester that is not listed any more', () => {
  const role = { access: 'register', requesterUid: REQUESTER } as const;
  const proof = {
    ...healthy(),
    record: EMPTY_RECORD,
    checks: [check('ownership', 'pass'), check('trust-dms', 'pass')],
  };
  const unlisted: Check = {
    id: 'ownership',
    status: 'fail',
    detail: `requester-not-allowed: account ${REQUESTER} does not stand in requesters.json any more, and its role still grants register access`,
    fix: `close it with "npx dms-handshake revoke --as-owner --requester ${REQUESTER}", or list the account again`,
  };

  it('makes the ownership of a role that grants something fail', () => {
    expect(withListing(proof, role, false).checks).toEqual([check('trust-dms', 'pass'), unlisted]);
    expect(isUnlisted(unlisted)).toBe(true);
  });

  it('keeps what else is wrong with the ownership', () => {
    const worse = { ...proof, checks: [check('ownership', 'fail'), check('trust-dms', 'pass')] };
    expect(withListing(worse, role, false).checks).toEqual([...worse.checks, unlisted]);
  });

  it('is no fault of a closed role, nor is one that is listed', () => {
    const closed = { ...proof, ...healthy(closedTerms) };
    expect(withListing(closed, role, false)).toBe(closed);
    expect(withListing(proof, role, true)).toBe(proof);
    expect(isUnlisted(check('ownership', 'fail'))).toBe(false);
    expect(isUnlisted({ ...unlisted, status: 'pass' })).toBe(false);
  });

  it('is told under a code of its own, and no wait ends it', () => {
    const { problem } = reply({ checks: [...BAD, unlisted] }).data;
    expect(problem).toMatchObject({ code: 'requester-not-allowed', retryable: false });
    expect(problem?.detail).toContain('; ownership: requester-not-allowed: account');
  });
});
