import { describe, expect, it } from 'vitest';
import type { Caller, PolicyStatement } from '../../../../local/cloud/caller.ts';
import { mayAssume, parseTrust } from '../../../../local/cloud/evaluate/index.ts';
import { OWNER, REQUESTER } from '../../../kit/accounts.ts';
import { TestClock } from '../../../kit/clock.ts';
import { addRole, addUser, sessionCaller, twoAccounts } from '../../../kit/two-accounts.ts';

const ROLE = `acs:ram::${OWNER}:role/target`;
const mayCall: PolicyStatement = { Effect: 'Allow', Action: 'sts:AssumeRole', Resource: '*' };

const trusting = (Principal: object, more: object = {}) => ({
  Effect: 'Allow',
  Action: 'sts:AssumeRole',
  Principal,
  ...more,
});
const denying = (Principal: object, more: object = {}) => ({ ...trusting(Principal, more), Effect: 'Deny' });
const external = (...ids: string[]) => ({ Condition: { StringEquals: { 'sts:ExternalId': ids } } });

const DMS = `${REQUESTER}@dms.aliyuncs.com`;
const root = (uid: string) => `acs:ram::${uid}:root`;

type Who = 'ownerUser' | 'requesterUser' | 'requesterRole' | 'ownerDms' | 'requesterDms' | 'fc';

interface Case {
  readonly what: string;
  readonly trust: readonly object[];
  readonly who: Who;
  readonly allowed: boolean;
  readonly externalId?: string;
}

const ask = (
  what: string,
  trust: object | object[],
  who: Who,
  allowed: boolean,
  externalId?: string,
): Case => ({
  what,
  trust: [trust].flat(),
  who,
  allowed,
  ...(externalId === undefined ? {} : { externalId }),
});

const cases: Case[] = [
  ask('an account trusts its own identities', trusting({ RAM: root(OWNER) }), 'ownerUser', true),
  ask('an account trusts no other', trusting({ RAM: root(OWNER) }), 'requesterUser', false),
  ask('another account: its users', trusting({ RAM: [root(REQUESTER)] }), 'requesterUser', true),
  ask('another account: its roles', trusting({ RAM: [root(REQUESTER)] }), 'requesterRole', true),
  ask('not the owner', trusting({ RAM: [root(REQUESTER)] }), 'ownerUser', false),
  ask('one user', trusting({ RAM: `acs:ram::${REQUESTER}:user/caller` }), 'requesterUser', true),
  ask('another user', trusting({ RAM: `acs:ram::${REQUESTER}:user/other` }), 'requesterUser', false),
  ask(
    'a user of the same name elsewhere',
    trusting({ RAM: `acs:ram::${OWNER}:user/caller` }),
    'requesterUser',
    false,
  ),
  ask('one role', trusting({ RAM: `acs:ram::${REQUESTER}:role/caller-role` }), 'requesterRole', true),
  ask(
    'one role, in another case',
    trusting({ RAM: `acs:ram::${REQUESTER}:role/Caller-Role` }),
    'requesterRole',
    true,
  ),
  ask('another role', trusting({ RAM: `acs:ram::${REQUESTER}:role/caller` }), 'requesterRole', false),
  ask('a user is no role', trusting({ RAM: `acs:ram::${REQUESTER}:role/caller` }), 'requesterUser', false),
  ask(
    'a role is no user',
    trusting({ RAM: `acs:ram::${REQUESTER}:user/caller-role` }),
    'requesterRole',
    false,
  ),
  ask('everybody', trusting({ RAM: '*' }), 'requesterUser', true),
  ask('a pattern is not read as one', trusting({ RAM: 'acs:ram::*:root' }), 'requesterUser', false),
  ask('nobody', [], 'ownerUser', false),

  ask('DMS of the requester', trusting({ Service: [DMS] }), 'requesterDms', true),
  ask('DMS of the requester, as a string', trusting({ Service: DMS }), 'requesterDms', true),
  ask('DMS of another account', trusting({ Service: [DMS] }), 'ownerDms', false),
  ask('plain DMS is DMS of the owner', trusting({ Service: 'dms.aliyuncs.com' }), 'ownerDms', true),
  ask(
    'plain DMS is not DMS of a requester',
    trusting({ Service: 'dms.aliyuncs.com' }),
    'requesterDms',
    false,
  ),
  ask('DMS with the owner spelled out', trusting({ Service: `${OWNER}@dms.aliyuncs.com` }), 'ownerDms', true),
  ask('a plain service', trusting({ Service: ['fc.aliyuncs.com'] }), 'fc', true),
  ask('another service', trusting({ Service: ['mns.aliyuncs.com'] }), 'fc', false),
  ask('a star is no service', trusting({ Service: '*' }), 'requesterDms', false),
  ask('a service is no RAM identity', trusting({ RAM: '*' }), 'requesterDms', false),

  ask('a user cannot enter as a service: owner', trusting({ Service: [DMS] }), 'ownerUser', false),
  ask('a user cannot enter as a service: requester', trusting({ Service: [DMS] }), 'requesterUser', false),
  ask('a role cannot enter as a service', trusting({ Service: [DMS] }), 'requesterRole', false),
  ask('a user of the owner, plain service', trusting({ Service: 'dms.aliyuncs.com' }), 'ownerUser', false),
  ask('a user of the owner, compute', trusting({ Service: 'fc.aliyuncs.com' }), 'ownerUser', false),

  ask(
    'both in one document: DMS',
    [trusting({ Service: DMS }), trusting({ RAM: root(OWNER) })],
    'requesterDms',
    true,
  ),
  ask(
    'both in one document: owner',
    [trusting({ Service: DMS }), trusting({ RAM: root(OWNER) })],
    'ownerUser',
    true,
  ),
  ask(
    'both in one document: requester',
    [trusting({ Service: DMS }), trusting({ RAM: root(OWNER) })],
    'requesterUser',
    false,
  ),
  ask('both in one statement', trusting({ Service: DMS, RAM: root(OWNER) }), 'ownerUser', true),

  ask('federated never', trusting({ Federated: `acs:ram::${OWNER}:saml-provider/x` }), 'ownerUser', false),
  ask('federated root never', trusting({ Federated: root(OWNER) }), 'ownerUser', false),

  ask('the external id', trusting({ RAM: root(OWNER) }, external('secret')), 'ownerUser', true, 'secret'),
  ask('no external id', trusting({ RAM: root(OWNER) }, external('secret')), 'ownerUser', false),
  ask(
    'another external id',
    trusting({ RAM: root(OWNER) }, external('secret')),
    'ownerUser',
    false,
    'Secret',
  ),
  ask('one of two external ids', trusting({ RAM: root(OWNER) }, external('a', 'b')), 'ownerUser', true, 'b'),
  ask('an external id nobody asked for', trusting({ RAM: root(OWNER) }), 'ownerUser', true, 'any'),
  ask(
    'a service sends no external id',
    trusting({ Service: DMS }, external('secret')),
    'requesterDms',
    false,
  ),
  ask(
    'an unknown condition closes',
    trusting({ RAM: root(OWNER) }, { Condition: { Bool: { 'acs:MFAPresent': 'true' } } }),
    'ownerUser',
    false,
  ),
  ask(
    'a condition on time',
    trusting(
      { RAM: root(OWNER) },
      { Condition: { DateLessThan: { 'acs:CurrentTime': '2026-11-24T00:00:00Z' } } },
    ),
    'ownerUser',
    true,
  ),

  ask(
    'a deny wins',
    [trusting({ RAM: '*' }), denying({ RAM: `acs:ram::${REQUESTER}:user/caller` })],
    'requesterUser',
    false,
  ),
  ask(
    'a deny of somebody else',
    [trusting({ RAM: '*' }), denying({ RAM: root(OWNER) })],
    'requesterUser',
    true,
  ),
  ask('a deny of a service', [trusting({ Service: DMS }), denying({ Service: DMS })], 'requesterDms', false),
  ask(
    'a deny under a condition that cannot be read',
    [trusting({ RAM: '*' }), denying({ RAM: '*' }, { Condition: { What: { k: 'v' } } })],
    'requesterUser',
    false,
  ),
  ask(
    'another action',
    trusting({ RAM: root(OWNER) }, { Action: 'sts:GetCallerIdentity' }),
    'ownerUser',
    false,
  ),
  ask(
    'an action in another case',
    trusting({ RAM: root(OWNER) }, { Action: 'STS:assumerole' }),
    'ownerUser',
    true,
  ),
];

it.each(cases)('$what ($who): $allowed', ({ trust, who, allowed, externalId }) => {
  const cast = people();
  const decision = mayAssume({
    world: cast.world,
    caller: cast[who],
    ownerId: OWNER,
    roleArn: ROLE,
    trust: parseTrust(JSON.stringify({ Version: '1', Statement: trust })),
    externalId,
  });
  expect(decision.allowed).toBe(allowed);
  if (!allowed) expect(decision.policyType).toBe('AssumeRolePolicy');
});

describe("the caller's own policies", () => {
  const trust = parseTrust(JSON.stringify({ Version: '1', Statement: [trusting({ RAM: '*' })] }));

  it.each<[string, PolicyStatement[], boolean]>([
    ['no right to assume', [], false],
    ['the right on this role', [{ ...mayCall, Resource: ROLE }], true],
    [
      'the right on this role, in another case',
      [{ ...mayCall, Resource: ROLE.replace('target', 'Target') }],
      true,
    ],
    ['the right on another role', [{ ...mayCall, Resource: `acs:ram::${OWNER}:role/other` }], false],
    [
      "the right on the caller's own roles",
      [{ ...mayCall, Resource: `acs:ram::${REQUESTER}:role/*` }],
      false,
    ],
    ['denied', [mayCall, { ...mayCall, Effect: 'Deny', Resource: ROLE }], false],
  ])('%s', (_what, policy, allowed) => {
    const { world, requester } = twoAccounts(new TestClock());
    const { caller } = addUser(requester, 'caller', ...policy);
    const decision = mayAssume({ world, caller, ownerId: OWNER, roleArn: ROLE, trust });
    expect(decision.allowed).toBe(allowed);
    if (!allowed) expect(decision.policyType).toBe('AccountLevelIdentityBasedPolicy');
  });

  it('a session policy that leaves AssumeRole out closes the chain', () => {
    const { world, requester } = twoAccounts(new TestClock());
    const role = addRole(requester, 'caller-role', {}, mayCall);
    const caller = sessionCaller(requester, role, {
      Version: '1',
      Statement: [{ ...mayCall, Action: 'ram:*' }],
    });
    const decision = mayAssume({ world, caller, ownerId: OWNER, roleArn: ROLE, trust });
    expect(decision).toMatchObject({ allowed: false, policyType: 'SessionPolicy' });
  });
});

describe('a trust that cannot be read trusts nobody', () => {
  it.each([
    ['no JSON', 'trust me'],
    ['no document', '[]'],
    [
      'an element that is not evaluated',
      JSON.stringify({ Version: '1', Statement: [trusting({ RAM: '*' }, { NotPrincipal: {} })] }),
    ],
    ['no principal', JSON.stringify({ Version: '1', Statement: [{ Effect: 'Allow', Action: '*' }] })],
    [
      'another effect',
      JSON.stringify({ Version: '1', Statement: [{ ...trusting({ RAM: '*' }), Effect: 'allow' }] }),
    ],
  ])('%s', (_what, text) => {
    const { world, ownerUser } = people();
    const decision = mayAssume({
      world,
      caller: ownerUser,
      ownerId: OWNER,
      roleArn: ROLE,
      trust: parseTrust(text),
    });
    expect(decision.allowed).toBe(false);
  });

  it('is read as one without statements', () => {
    expect(parseTrust('trust me')).toEqual({ Version: '1', Statement: [] });
  });

  it('a statement without a principal trusts nobody, and its denial meets everybody', () => {
    const { world, ownerUser } = people();
    const may = (...Statement: PolicyStatement[]) =>
      mayAssume({
        world,
        caller: ownerUser,
        ownerId: OWNER,
        roleArn: ROLE,
        trust: { Version: '1', Statement },
      }).reason;
    const everybody: PolicyStatement = { ...mayCall, Principal: { RAM: '*' } };
    expect(may(mayCall)).toBe('ImplicitDeny');
    expect(may(everybody)).toBe('Allow');
    expect(may(everybody, { ...mayCall, Effect: 'Deny' })).toBe('ExplicitDeny');
  });

  it('values of other types are read as text', () => {
    const parsed = parseTrust(
      JSON.stringify({
        Version: '1',
        Statement: [trusting({ RAM: '*' }, { Condition: { Bool: { k: true } } })],
      }),
    );
    expect(parsed.Statement[0]?.Condition).toEqual({ Bool: { k: 'true' } });
  });
});

function people() {
  const { world, owner, requester } = twoAccounts(new TestClock());
  const service = (accountId: string, name: string): Caller => ({
    accountId,
    accessKeyId: '',
    principal: { type: 'service', service: name },
  });
  return {
    world,
    ownerUser: addUser(owner, 'caller', mayCall).caller,
    requesterUser: addUser(requester, 'caller', mayCall).caller,
    requesterRole: sessionCaller(requester, addRole(requester, 'caller-role', {}, mayCall)),
    ownerDms: service(OWNER, `${OWNER}@dms.aliyuncs.com`),
    requesterDms: service(REQUESTER, DMS),
    fc: service('', 'fc.aliyuncs.com'),
  };
}
