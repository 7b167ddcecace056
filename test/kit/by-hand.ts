import { type Owned, ROLE } from './roles.ts';

/** What somebody with RAM's console does to a role or a policy of ours, in a world of either kind. */
export interface ByHand extends Owned {
  byHand(operation: string, parameters: Readonly<Record<string, string>>): Promise<object>;
}

/** Attaches a policy: by default the one that allows everything, to the requester's role. */
export const attach = (
  at: ByHand,
  RoleName = ROLE,
  PolicyName = 'AdministratorAccess',
  PolicyType = 'System',
): Promise<object> => at.byHand('AttachPolicyToRole', { PolicyName, PolicyType, RoleName });

export const detach = (
  at: ByHand,
  RoleName = ROLE,
  PolicyName = 'AdministratorAccess',
  PolicyType = 'System',
): Promise<object> => at.byHand('DetachPolicyFromRole', { PolicyName, PolicyType, RoleName });

export interface Statement {
  Effect: string;
  Action?: string | string[];
  NotAction?: string[];
  Resource?: string | string[];
  NotResource?: string[];
  Principal?: Record<string, string[]>;
  Condition?: Record<string, Record<string, string[]>>;
}

export interface Doc {
  Version: string;
  Statement: Statement[];
}

/** The statement about DMS, or whom else a role is for. */
export const granted = ({ Statement }: Doc): Statement[] =>
  Statement.filter(({ Condition }) => Condition === undefined);

/** The statement about the verify function's role. */
export const verifier = ({ Statement }: Doc): Statement[] =>
  Statement.filter(({ Condition }) => Condition !== undefined);

export const allow = (
  Principal: Record<string, string[]>,
  Condition?: Statement['Condition'],
): Statement => ({
  Effect: 'Allow',
  Action: 'sts:AssumeRole',
  Principal,
  ...(Condition === undefined ? {} : { Condition }),
});

/** Rewrites a trust policy. */
export const editTrust =
  (change: (document: Doc) => void) =>
  async (at: ByHand, RoleName: string): Promise<void> => {
    const document: Doc = JSON.parse(at.owner.ram.findRole(RoleName)?.trust ?? '');
    change(document);
    await at.byHand('UpdateRole', { RoleName, NewAssumeRolePolicyDocument: JSON.stringify(document) });
  };

export const defaultVersion = (at: ByHand, policy: string): string =>
  at.owner.ram.findPolicy('Custom', policy)?.versions.find(({ isDefault }) => isDefault)?.document ?? '';

/** Gives a policy a new default version. */
export const editPolicy =
  (PolicyName: string, change: (document: Doc) => void) =>
  async (at: ByHand): Promise<void> => {
    const document: Doc = JSON.parse(defaultVersion(at, PolicyName));
    change(document);
    await newVersion(at, PolicyName, JSON.stringify(document));
  };

export const newVersion = (at: ByHand, PolicyName: string, PolicyDocument: string): Promise<object> =>
  at.byHand('CreatePolicyVersion', {
    PolicyName,
    PolicyDocument,
    SetAsDefault: 'true',
    RotateStrategy: 'DeleteOldestNonDefaultVersionWhenLimitExceeded',
  });

/** Makes a version of other content the default one that is older than the right one. */
export const olderVersion =
  (PolicyName: string, change: (document: Doc) => void) =>
  async (at: ByHand): Promise<void> => {
    const right = defaultVersion(at, PolicyName);
    await editPolicy(PolicyName, change)(at);
    const wrong = at.owner.ram.findPolicy('Custom', PolicyName)?.versions.find(({ isDefault }) => isDefault);
    await newVersion(at, PolicyName, right);
    await at.byHand('SetDefaultPolicyVersion', { PolicyName, VersionId: wrong?.id ?? '' });
  };

export const tagByHand = (at: ByHand, name: string, Key: string, Value: string): Promise<object> =>
  at.byHand('TagResources', {
    ResourceType: 'role',
    ResourceNames: JSON.stringify([name]),
    Tag: JSON.stringify([{ Key, Value }]),
  });

export const untagByHand = (at: ByHand, name: string, keys: readonly string[]): Promise<object> =>
  at.byHand('UntagResources', {
    ResourceType: 'role',
    ResourceNames: JSON.stringify([name]),
    TagKeys: JSON.stringify(keys),
  });
