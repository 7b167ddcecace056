import { CATALOGUE } from '../../shared/catalogue/catalogue.ts';
import { POLICY_PREFIX, ROLE_PREFIXES } from '../../shared/catalogue/names.ts';
import { FUNCTION_NAMES, NOTIFY_NAME } from '../../shared/installation/installation.ts';
import { TOPICS } from '../../shared/runtime/topics.ts';

/** A policy that only denies: by its actions, or by all others. */
export interface ControlPolicy {
  readonly Version: '1';
  readonly Statement: readonly {
    readonly Effect: 'Deny';
    readonly Action?: readonly string[];
    readonly NotAction?: readonly string[];
    readonly Resource: string | readonly string[];
    readonly Condition: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
  }[];
}

/**
 * Control policies of a Resource Directory: what they deny, no policy of a member account gives. They hold for RAM users
 * and roles, not for the root of an account. At most 4,096 characters each (page of CreateControlPolicy).
 */
export const controlPolicies = (): Readonly<Record<string, ControlPolicy>> => ({
  'deploy/guard-rails/only-provision-writes.json': onlyProvisionWrites,
  'deploy/guard-rails/only-the-deployer-installs.json': onlyTheDeployerInstalls,
  'deploy/guard-rails/lanes-stay-apart.json': lanesStayApart,
  'deploy/guard-rails/roles-stay-small.json': rolesStaySmall,
});

/** The role under which the directory's management account enters a member account, if all else fails. */
const BREAK_GLASS = 'acs:ram:*:*:role/resourcedirectoryaccountaccessrole';
const role = (name: string): string => `acs:ram:*:*:role/${name}`;
const policy = (name: string): string => `acs:ram:*:*:policy/${name}`;

const ROLE_WRITES = [
  'ram:CreateRole',
  'ram:UpdateRole',
  'ram:DeleteRole',
  'ram:AttachPolicyToRole',
  'ram:DetachPolicyFromRole',
];
const POLICY_WRITES = [
  'ram:CreatePolicy',
  'ram:DeletePolicy',
  'ram:CreatePolicyVersion',
  'ram:DeletePolicyVersion',
  'ram:SetDefaultPolicyVersion',
];

const denyUnless = (
  who: readonly string[],
  actions: readonly string[],
  resources: readonly string[],
): ControlPolicy['Statement'][number] => ({
  Effect: 'Deny',
  Action: actions,
  Resource: resources,
  Condition: { StringNotLike: { 'acs:PrincipalARN': [...who, BREAK_GLASS] } },
});

/** Roles and policies of requesters. */
const onlyProvisionWrites: ControlPolicy = {
  Version: '1',
  Statement: [
    denyUnless(
      [role(FUNCTION_NAMES.provision)],
      [...ROLE_WRITES, ...POLICY_WRITES],
      [...ROLE_PREFIXES.map((prefix) => role(`${prefix}*`)), policy(`${POLICY_PREFIX}*`)],
    ),
  ],
};

/** Roles and policies of the functions themselves, and their code. The deployer and the remover are roles here. */
const onlyTheDeployerInstalls: ControlPolicy = {
  Version: '1',
  Statement: [
    denyUnless(
      [role('dms-handshake-deployer'), role('dms-handshake-remover')],
      [...ROLE_WRITES, ...POLICY_WRITES],
      [role('dms-handshake-*'), policy('dms-handshake-*')],
    ),
    denyUnless(
      [role('dms-handshake-deployer'), role('dms-handshake-remover')],
      ['fc:CreateFunction', 'fc:UpdateFunction', 'fc:DeleteFunction'],
      ['acs:fc:*:*:functions/dms-handshake-*'],
    ),
  ],
};

/** Who may publish what is due, what the owner says, and replies. The approver is a role here. */
const lanesStayApart: ControlPolicy = {
  Version: '1',
  Statement: (
    [
      [FUNCTION_NAMES.verify, TOPICS.upkeep],
      ['dms-handshake-approver', TOPICS.owner],
      [FUNCTION_NAMES.verify, TOPICS.replies],
    ] as const
  ).map(([who, topic]) =>
    denyUnless([role(who)], ['mns:PublishMessage'], [`acs:mns:*:*:/topics/${topic}/messages`]),
  ),
};

/** All that the catalogue grants to DMS, and what the console role is for. */
const GRANTED = [
  ...new Set(Object.values(CATALOGUE).flatMap(({ actions }) => actions)),
  'dms-console:*',
].sort();

/** Whatever somebody writes into a role of ours, it stays a role for databases: it can write no RAM and read no storage. */
const rolesStaySmall: ControlPolicy = {
  Version: '1',
  Statement: [
    {
      Effect: 'Deny',
      NotAction: GRANTED,
      Resource: '*',
      Condition: { StringLike: { 'acs:PrincipalARN': ROLE_PREFIXES.map((prefix) => role(`${prefix}*`)) } },
    },
    // Secrets of others pass through its environment, and it talks to the internet: so its keys are worth nothing.
    {
      Effect: 'Deny',
      NotAction: ['log:PostLogStoreLogs'],
      Resource: '*',
      Condition: { StringLike: { 'acs:PrincipalARN': [role(NOTIFY_NAME)] } },
    },
  ],
};
