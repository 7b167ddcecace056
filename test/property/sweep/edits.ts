import fc from 'fast-check';
import { POLICY_ENGINES } from '../../../shared/catalogue/engine.ts';
import { OWNER } from '../../kit/accounts.ts';
import {
  allow,
  type Doc,
  defaultVersion,
  editPolicy,
  granted,
  olderVersion,
  tagByHand as tag,
  editTrust as trust,
  untagByHand as untag,
  verifier,
} from '../../kit/by-hand.ts';
import type { Direct } from '../../kit/direct.ts';
import { type Kind, ROLES, uidOfKind } from './roles.ts';

/** Something that somebody does to a role or its policy behind our back, and the check that has to name it. */
export interface Edit {
  readonly kind: Kind;
  readonly what: string;
  readonly names: string;
  make(at: Direct): Promise<void>;
}

const POLICY = 'DmsCrossAccountPolicy-lindorm-redis-vpc';
const uid = fc.integer({ min: 1, max: 999_999_999 }).map((n) => String(3_000_000_000 + n));
const word = fc.stringMatching(/^[a-z][a-z0-9]{2,11}$/);
const principal = fc.oneof(
  uid.map((id) => `acs:ram::${id}:root`),
  fc.tuple(uid, word).map(([id, name]) => `acs:ram::${id}:user/${name}`),
  fc.tuple(fc.constant(OWNER), word).map(([id, name]) => `acs:ram::${id}:role/${name}`),
  fc.constant(`acs:ram::${OWNER}:root`),
);
const service = word.filter((name) => name !== 'dms').map((name) => `${name}.aliyuncs.com`);
const action = fc
  .tuple(fc.constantFrom('kvstore', 'lindorm', 'vpc', 'ram', 'ecs'), word)
  .map(([product, name]) => `${product}:${name}`);

const edit = (
  kind: Kind,
  what: string,
  names: string,
  make: (at: Direct, role: string) => Promise<unknown>,
): Edit => ({ kind, what, names, make: async (at) => void (await make(at, ROLES[kind])) });

const policy = (change: (document: Doc) => void) => editPolicy(POLICY, change);

/** Another condition on the verify role. */
const verifierEdit = (
  kind: Kind,
  what: string,
  names: string,
  condition: Doc['Statement'][number]['Condition'],
) =>
  fc.constant(
    edit(
      kind,
      what,
      names,
      trust((d) => {
        for (const statement of verifier(d)) statement.Condition = { ...condition };
      }),
    ),
  );

/** Edits that are drift on a role of any kind. */
const anywhere = (kind: Kind): fc.Arbitrary<Edit> =>
  fc.oneof(
    principal.map((one) =>
      edit(
        kind,
        `trusts ${one}`,
        'trust-closed',
        trust((d) => d.Statement.push(allow({ RAM: [one] }))),
      ),
    ),
    principal.map((one) =>
      edit(
        kind,
        `trusts ${one} under a condition`,
        'trust-closed',
        trust((d) =>
          d.Statement.push(allow({ RAM: [one] }, { IpAddress: { 'acs:SourceIp': ['10.0.0.0/8'] } })),
        ),
      ),
    ),
    principal.map((one) =>
      edit(
        kind,
        `${one} beside the verify role`,
        'trust-closed',
        trust((d) => {
          for (const { Principal } of verifier(d)) Principal?.['RAM']?.push(one);
        }),
      ),
    ),
    service.map((one) =>
      edit(
        kind,
        `trusts ${one}`,
        'trust-closed',
        trust((d) => d.Statement.push(allow({ Service: [one] }))),
      ),
    ),
    fc.constant(
      edit(
        kind,
        'the verify role is gone',
        'assume-role',
        trust((d) => {
          const rest = granted(d);
          d.Statement =
            rest.length > 0 ? rest : [{ ...allow({ RAM: [`acs:ram::${OWNER}:root`] }), Effect: 'Deny' }];
        }),
      ),
    ),
    fc.constant(
      edit(
        kind,
        'no external id is asked for',
        'assume-role-denied',
        trust((d) => {
          for (const statement of verifier(d)) delete statement.Condition;
        }),
      ),
    ),
    word.map((id) =>
      edit(
        kind,
        `another external id, ${id}`,
        'assume-role',
        trust((d) => {
          for (const statement of verifier(d))
            statement.Condition = { StringEquals: { 'sts:ExternalId': [id] } };
        }),
      ),
    ),
    fc.constantFrom('oidc', 'saml').chain((protocol) =>
      word.map((name) =>
        edit(
          kind,
          `trusts the ${protocol} provider ${name}`,
          'trust-closed',
          trust((d) =>
            d.Statement.push(allow({ Federated: [`acs:ram::${OWNER}:${protocol}-provider/${name}`] })),
          ),
        ),
      ),
    ),
    verifierEdit(kind, 'any external id will do', 'trust-closed', {
      StringLike: { 'sts:ExternalId': ['*'] },
    }),
    verifierEdit(kind, 'any external id of ours will do', 'trust-closed', {
      StringLike: { 'sts:ExternalId': ['dms-handshake:*'] },
    }),
    verifierEdit(kind, 'any external id but one will do', 'trust-closed', {
      StringNotEquals: { 'sts:ExternalId': ['x'] },
    }),
    verifierEdit(kind, 'an address in the place of the external id', 'assume-role-denied', {
      IpAddress: { 'acs:SourceIp': ['0.0.0.0/0'] },
    }),
    word.map((id) =>
      edit(
        kind,
        `a second external id, ${id}`,
        'trust-closed',
        trust((d) => {
          for (const { Condition } of verifier(d)) Condition?.['StringEquals']?.['sts:ExternalId']?.push(id);
        }),
      ),
    ),
    fc.constant(
      edit(
        kind,
        'the verify role is shut out',
        'assume-role',
        trust((d) => {
          for (const statement of verifier(d)) statement.Effect = 'Deny';
        }),
      ),
    ),
    fc.constantFrom('sts:*', 'sts:Assume*', 'sts:AssumeRoleWithOIDC').map((one) =>
      edit(kind, `the verify role may ${one}`, 'trust-closed', async (at, RoleName) => {
        // RAM of the local cloud takes no other action here: as if the real one did.
        const role = at.owner.ram.findRole(RoleName);
        if (role !== undefined)
          role.trust = role.trust.replaceAll('"sts:AssumeRole"', `["sts:AssumeRole","${one}"]`);
      }),
    ),
    fc
      .constantFrom('AdministratorAccess', 'AliyunRAMFullAccess', 'AliyunFCFullAccess')
      .map((PolicyName) =>
        edit(kind, `${PolicyName} is attached`, 'policies-attached', (at, RoleName) =>
          at.byHand('AttachPolicyToRole', { PolicyName, PolicyType: 'System', RoleName }),
        ),
      ),
    word.map((name) =>
      edit(kind, `a policy of theirs, ${name}, is attached`, 'policies-attached', async (at, RoleName) => {
        const PolicyDocument =
          '{"Version":"1","Statement":[{"Effect":"Allow","Action":"x:y","Resource":"*"}]}';
        await at.byHand('CreatePolicy', { PolicyName: name, PolicyDocument });
        await at.byHand('AttachPolicyToRole', { PolicyName: name, PolicyType: 'Custom', RoleName });
      }),
    ),
    fc.constant(
      edit(kind, 'our tag is gone', 'ownership', (at, RoleName) => untag(at, RoleName, ['managed-by'])),
    ),
    fc
      .constantFrom('someone', 'DMS-handshake', '')
      .map((Value) =>
        edit(kind, `managed by ${JSON.stringify(Value)}`, 'ownership', (at, RoleName) =>
          tag(at, RoleName, 'managed-by', Value),
        ),
      ),
    fc.constant(
      edit(kind, 'the record is gone', 'ownership', (at, RoleName) =>
        untag(
          at,
          RoleName,
          [...(at.owner.ram.findRole(RoleName)?.tags.keys() ?? [])].filter((key) => key !== 'managed-by'),
        ),
      ),
    ),
    fc
      .constantFrom(
        'granted',
        'granted tomorrow',
        'granted 2026-11-23',
        'GRANTED 2026-11-23T10:00:00.000Z',
        '',
      )
      .map((Value) =>
        edit(kind, `a garbled record, ${JSON.stringify(Value)}`, 'ownership', (at, RoleName) => {
          const keys = [...(at.owner.ram.findRole(RoleName)?.tags.keys() ?? [])].filter((key) =>
            key.startsWith('dms-'),
          );
          return tag(at, RoleName, keys[0] ?? '', Value);
        }),
      ),
    fc.constant(
      edit(kind, 'the role is deleted', 'role-exists', async (at, RoleName) => {
        for (const { policyName, policyType } of at.owner.ram.findRole(RoleName)?.attachments ?? [])
          await at.byHand('DetachPolicyFromRole', {
            PolicyName: policyName,
            PolicyType: policyType,
            RoleName,
          });
        await at.byHand('DeleteRole', { RoleName });
      }),
    ),
  );

/** Edits of whom the role is for. */
function whom(kind: Kind): fc.Arbitrary<Edit> {
  const register = kind === 'engines' || kind === 'trustOnly' || kind === 'closed';
  const names = register ? 'trust-dms' : 'trust-requester';
  const theirs = (one: string) => (register ? { Service: [one] } : { RAM: [one] });
  const another = register
    ? fc.oneof(
        uid.map((id) => `${id}@dms.aliyuncs.com`),
        fc.constant('dms.aliyuncs.com'),
      )
    : word.map((name) => `acs:ram::${uidOfKind(kind)}:user/${name}`);
  const open = kind !== 'closed';
  return fc.oneof(
    another.map((one) =>
      edit(
        kind,
        `also for ${one}`,
        names,
        trust((d) => d.Statement.push(allow(theirs(one)))),
      ),
    ),
    ...(open
      ? [
          another.map((one) =>
            edit(
              kind,
              `for ${one} instead`,
              names,
              trust((d) => {
                for (const statement of granted(d)) statement.Principal = theirs(one);
              }),
            ),
          ),
          fc.constant(
            edit(
              kind,
              'for nobody',
              names,
              trust((d) => {
                d.Statement = verifier(d);
              }),
            ),
          ),
          fc.constant(
            edit(
              kind,
              'shut out',
              names,
              trust((d) => {
                const out = granted(d).map((statement) => ({ ...statement, Effect: 'Deny' }));
                d.Statement.push(...out);
              }),
            ),
          ),
          word.map((value) =>
            edit(
              kind,
              'under a condition',
              names,
              trust((d) => {
                for (const statement of granted(d))
                  statement.Condition = { StringEquals: { 'acs:SourceVpc': [value] } };
              }),
            ),
          ),
        ]
      : []),
  );
}

/** Edits of what the role may do. */
const rights: fc.Arbitrary<Edit> = fc.oneof(
  fc.nat(40).map((n) =>
    edit(
      'engines',
      `action ${n} is missing`,
      'policy-content',
      policy((d) => {
        const statement = d.Statement[n % d.Statement.length];
        if (statement === undefined) return;
        const actions = [statement.Action ?? []].flat();
        statement.Action =
          actions.length > 1 ? actions.filter((_, index) => index !== n % actions.length) : ['x:y'];
      }),
    ),
  ),
  action.map((one) =>
    edit(
      'engines',
      `${one} is added`,
      'policy-content',
      policy((d) => {
        const [statement] = d.Statement;
        if (statement !== undefined) statement.Action = [...[statement.Action ?? []].flat(), one];
      }),
    ),
  ),
  action.map((one) =>
    edit(
      'engines',
      `a statement about ${one}`,
      'policy-content',
      policy((d) => d.Statement.push({ Effect: 'Allow', Action: one, Resource: '*' })),
    ),
  ),
  fc.constant(
    edit(
      'engines',
      'everything',
      'policy-content',
      policy((d) => {
        d.Statement = [{ Effect: 'Allow', Action: '*', Resource: '*' }];
      }),
    ),
  ),
  action.map((one) =>
    edit(
      'engines',
      `all but ${one}`,
      'policy-content',
      policy((d) => {
        d.Statement.push({ Effect: 'Allow', NotAction: [one], Resource: '*' });
      }),
    ),
  ),
  fc.nat(2).map((n) =>
    edit(
      'engines',
      `statement ${n} denies`,
      'policy-content',
      policy((d) => {
        const statement = d.Statement[n % d.Statement.length];
        if (statement !== undefined) statement.Effect = 'Deny';
      }),
    ),
  ),
  fc.tuple(fc.nat(2), word).map(([n, name]) =>
    edit(
      'engines',
      `statement ${n} on ${name} only`,
      'policy-content',
      policy((d) => {
        const statement = d.Statement[n % d.Statement.length];
        if (statement !== undefined) statement.Resource = [`acs:kvstore:*:*:instance/${name}`];
      }),
    ),
  ),
  fc.nat(2).map((n) =>
    edit(
      'engines',
      `statement ${n} under a condition`,
      'policy-content',
      policy((d) => {
        const statement = d.Statement[n % d.Statement.length];
        if (statement !== undefined) statement.Condition = { IpAddress: { 'acs:SourceIp': ['10.0.0.0/8'] } };
      }),
    ),
  ),
  fc.constant(
    edit(
      'engines',
      'an older default version',
      'policy-content',
      olderVersion(POLICY, (d) => d.Statement.pop()),
    ),
  ),
  fc.tuple(action, word).map(([one, name]) =>
    edit(
      'engines',
      `${one} on all but ${name}`,
      'policy-content',
      policy((d) => {
        d.Statement.push({ Effect: 'Allow', Action: one, NotResource: [`acs:kvstore:*:*:instance/${name}`] });
      }),
    ),
  ),
  fc.constantFrom('kvstore', 'lindorm', 'vpc', 'ram').map((product) =>
    edit(
      'engines',
      `every action of ${product}`,
      'policy-content',
      policy((d) => {
        for (const statement of d.Statement)
          statement.Action = [statement.Action ?? [], `${product}:*`].flat();
      }),
    ),
  ),
  fc.constant(
    edit('engines', 'its policy is deleted', 'policies-attached', async (at, RoleName) => {
      await at.byHand('DetachPolicyFromRole', { PolicyName: POLICY, PolicyType: 'Custom', RoleName });
      const versions = at.owner.ram.findPolicy('Custom', POLICY)?.versions ?? [];
      for (const { id } of versions.filter(({ isDefault }) => !isDefault))
        await at.byHand('DeletePolicyVersion', { PolicyName: POLICY, VersionId: id });
      await at.byHand('DeletePolicy', { PolicyName: POLICY });
    }),
  ),
  fc.constantFrom(...POLICY_ENGINES.map((id) => `DmsCrossAccountPolicy-${id}`), POLICY).map((name) =>
    edit(
      'engines',
      `a policy whose name begins as ${name} in its place`,
      'policies-attached',
      async (at, RoleName) => {
        const PolicyName = `${name}-x`;
        await at.byHand('CreatePolicy', { PolicyName, PolicyDocument: defaultVersion(at, POLICY) });
        await at.byHand('DetachPolicyFromRole', { PolicyName: POLICY, PolicyType: 'Custom', RoleName });
        await at.byHand('AttachPolicyToRole', { PolicyName, PolicyType: 'Custom', RoleName });
      },
    ),
  ),
  fc
    .constantFrom('engines' as const, 'trustOnly' as const)
    .map((kind) =>
      edit(kind, 'the record says that the role is closed', 'trust-dms', (at, RoleName) =>
        tag(at, RoleName, 'dms-closed', '2026-11-23T11:00:00.000Z'),
      ),
    ),
  fc.constant(
    edit('closed', 'the record says that the role is open again', 'trust-dms', (at, RoleName) =>
      tag(at, RoleName, 'dms-engine-gdb', 'granted 2026-11-23T12:00:00.000Z'),
    ),
  ),
  fc.constant(
    edit('engines', 'its policy is detached', 'policies-attached', (at, RoleName) =>
      at.byHand('DetachPolicyFromRole', { PolicyName: POLICY, PolicyType: 'Custom', RoleName }),
    ),
  ),
  fc
    .constantFrom(...POLICY_ENGINES.filter((id) => id !== 'redis' && id !== 'lindorm'))
    .map((id) =>
      edit('engines', `the record grants ${id}, too`, 'policies-attached', (at, RoleName) =>
        tag(at, RoleName, `dms-engine-${id}`, 'granted 2026-11-23T10:00:00.000Z'),
      ),
    ),
  fc
    .constantFrom('redis', 'lindorm')
    .map((id) =>
      edit('engines', `the record says that ${id} is revoked`, 'policies-attached', (at, RoleName) =>
        tag(at, RoleName, `dms-engine-${id}`, 'revoked 2026-11-23T10:00:00.000Z'),
      ),
    ),
  fc.constantFrom('account' as const, 'users' as const).map((kind) =>
    edit(kind, 'the console policy is detached', 'console-policy', (at, RoleName) =>
      at.byHand('DetachPolicyFromRole', {
        PolicyName: 'AliyunDMSLoginConsoleAccess',
        PolicyType: 'System',
        RoleName,
      }),
    ),
  ),
);

export const anyEdit = (kinds: readonly Kind[]): fc.Arbitrary<Edit> =>
  fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...kinds).chain(anywhere) },
    { weight: 3, arbitrary: fc.constantFrom(...kinds).chain(whom) },
    { weight: 3, arbitrary: rights },
  );
