import fc from 'fast-check';
import { POLICY_ENGINES } from '../../../shared/access/engine.ts';
import { type Direct, OWNER } from '../../helpers/direct.ts';
import { type Kind, ROLES, uidOfKind } from './roles.ts';

/** Something that somebody does to a role or its policy behind our back, and the check that has to name it. */
export interface Edit {
  readonly kind: Kind;
  readonly what: string;
  readonly names: string;
  make(at: Direct): Promise<void>;
}

interface Statement {
  Effect: string;
  Action?: string | string[];
  NotAction?: string[];
  Resource?: string | string[];
  Principal?: Record<string, string[]>;
  Condition?: Record<string, Record<string, string[]>>;
}

export interface Doc {
  Version: string;
  Statement: Statement[];
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

/** Rewrites a trust policy. */
const trust =
  (change: (document: Doc) => void) =>
  async (at: Direct, RoleName: string): Promise<void> => {
    const document: Doc = JSON.parse(at.owner.ram.findRole(RoleName)?.trust ?? '');
    change(document);
    await at.byHand('UpdateRole', { RoleName, NewAssumeRolePolicyDocument: JSON.stringify(document) });
  };

/** Gives the shared policy a new default version. */
const policy =
  (change: (document: Doc) => void) =>
  async (at: Direct): Promise<void> => {
    const version = at.owner.ram.findPolicy('Custom', POLICY)?.versions.find(({ isDefault }) => isDefault);
    const document: Doc = JSON.parse(version?.document ?? '');
    change(document);
    await at.byHand('CreatePolicyVersion', {
      PolicyName: POLICY,
      PolicyDocument: JSON.stringify(document),
      SetAsDefault: 'true',
      RotateStrategy: 'DeleteOldestNonDefaultVersionWhenLimitExceeded',
    });
  };

const granted = ({ Statement }: Doc) => Statement.filter(({ Condition }) => Condition === undefined);
const verifier = ({ Statement }: Doc) => Statement.filter(({ Condition }) => Condition !== undefined);
const allow = (Principal: Record<string, string[]>, Condition?: Statement['Condition']): Statement => ({
  Effect: 'Allow',
  Action: 'sts:AssumeRole',
  Principal,
  ...(Condition === undefined ? {} : { Condition }),
});

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
    fc.constantFrom('assume-role').map((names) =>
      edit(
        kind,
        'the verify role is gone',
        names,
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
    edit('engines', 'an older default version', 'policy-content', async (at) => {
      await policy((d) => d.Statement.pop())(at);
      const [older, newer] = at.owner.ram.findPolicy('Custom', POLICY)?.versions.slice(-2) ?? [];
      await at.byHand('SetDefaultPolicyVersion', { PolicyName: POLICY, VersionId: older?.id ?? '' });
      await at.byHand('SetDefaultPolicyVersion', { PolicyName: POLICY, VersionId: newer?.id ?? '' });
    }),
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

const tag = (at: Direct, name: string, Key: string, Value: string) =>
  at.byHand('TagResources', {
    ResourceType: 'role',
    ResourceNames: JSON.stringify([name]),
    Tag: JSON.stringify([{ Key, Value }]),
  });

const untag = (at: Direct, name: string, keys: readonly string[]) =>
  at.byHand('UntagResources', {
    ResourceType: 'role',
    ResourceNames: JSON.stringify([name]),
    TagKeys: JSON.stringify(keys),
  });

export const anyEdit = (kinds: readonly Kind[]): fc.Arbitrary<Edit> =>
  fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...kinds).chain(anywhere) },
    { weight: 3, arbitrary: fc.constantFrom(...kinds).chain(whom) },
    { weight: 3, arbitrary: rights },
  );
