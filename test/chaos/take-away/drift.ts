import { grantIdOf } from '../../../shared/record/record.ts';
import { REQUESTER } from '../../kit/accounts.ts';
import type { Direct } from '../../kit/direct.ts';

const trusting = (principal: object): string =>
  JSON.stringify({
    Statement: [{ Action: 'sts:AssumeRole', Effect: 'Allow', Principal: principal }],
    Version: '1',
  });
const DMS = { Service: [`${REQUESTER}@dms.aliyuncs.com`] };

const retrust = (principal: object) => (at: Direct, role: string) =>
  at.byHand('UpdateRole', { RoleName: role, NewAssumeRolePolicyDocument: trusting(principal) });
const attach = (type: string, name: string) => (at: Direct, role: string) =>
  at.byHand('AttachPolicyToRole', { PolicyType: type, PolicyName: name, RoleName: role });
const tags = (key: string, value: string) => (at: Direct, role: string) => tagAll(at, role, [key], value);
const tagAll = (at: Direct, role: string, keys: readonly string[], Value: string) =>
  at.byHand('TagResources', {
    ResourceType: 'role',
    ResourceNames: JSON.stringify([role]),
    Tag: JSON.stringify(keys.map((Key) => ({ Key, Value }))),
  });
/** The keys of the entries that a role has. */
const entriesOf = (at: Direct, role: string): readonly string[] =>
  [...(at.owner.ram.findRole(role)?.tags.keys() ?? [])].filter((key) => grantIdOf(key) !== null);

/** What somebody may have done to a role behind our back. */
export const DRIFTS = {
  'trusts DMS alone': retrust(DMS),
  'trusts the whole account': retrust({ RAM: [`acs:ram::${REQUESTER}:root`] }),
  'trusts one user more': retrust({ RAM: [`acs:ram::${REQUESTER}:user/mallory`] }),
  'has AdministratorAccess': attach('System', 'AdministratorAccess'),
  'has the console policy': attach('System', 'AliyunDMSLoginConsoleAccess'),
  'has an entry that cannot be read': tags('dms-engine-redis', 'granted at some time'),
  'has no entry that can be read': (at, role) =>
    tagAll(at, role, entriesOf(at, role), 'granted at some time'),
  'has an entry of the future': tags('dms-engine-gdb', 'granted 2199-01-01T00:00:00.000Z'),
  'has an entry of an engine that there is not': tags(
    'dms-engine-mongodb',
    'granted 2026-11-23T10:00:00.000Z',
  ),
  'has a trust that lists others': retrust({ Service: ['ecs.aliyuncs.com'] }),
} as const satisfies Record<string, (at: Direct, role: string) => Promise<object>>;

export type Drift = keyof typeof DRIFTS;

/** What a role still gives to the requester: whom it lets in, and what it may do. */
export function lets(at: Direct, name: string): readonly string[] {
  const role = at.owner.ram.findRole(name);
  if (role === undefined) return [];
  const { Statement } = JSON.parse(role.trust) as { Statement: readonly { Effect: string }[] };
  const allowing = JSON.stringify(Statement.filter(({ Effect }) => Effect === 'Allow'));
  return [
    ...(allowing.includes('dms.aliyuncs.com') ? ['DMS may assume it'] : []),
    ...(allowing.includes(`acs:ram::${REQUESTER}:`) ? ['the requester may assume it'] : []),
    ...role.attachments.map(({ policyName }) => `${policyName} is attached`),
  ];
}
