import { listRoles } from '../../../shared/sweep/list-roles.ts';
import { isSampled } from '../../../shared/sweep/sample.ts';
import { forRole, shared } from '../../../shared/sweep/shared-reads.ts';
import { inspect } from '../../../shared/verification/verify-role.ts';
import { type Direct, direct, REQUESTERS } from '../../kit/direct.ts';
import { sweeper } from '../../kit/sweeper.ts';
import { DAY } from '../../kit/time.ts';

const [FIRST = '', SECOND = '', THIRD = ''] = REQUESTERS;

/** Kinds of roles that edits and rewritings are tried on. */
export const ROLES = {
  engines: `dms-cross-account-${FIRST}`,
  trustOnly: `dms-cross-account-${SECOND}`,
  closed: `dms-cross-account-${THIRD}`,
  account: `dms-console-access-${FIRST}`,
  users: `dms-console-access-${SECOND}`,
} as const;

export type Kind = keyof typeof ROLES;
export const KINDS = [
  'engines',
  'trustOnly',
  'closed',
  'account',
  'users',
] as const satisfies readonly Kind[];

/** The one requester of a role's name. */
export const uidOfKind = (kind: Kind): string => ROLES[kind].split('-').at(-1) ?? '';

/** A world in which nothing is wrong with one role of each kind. */
export async function rightWorld(): Promise<Direct> {
  const at = await direct();
  const { request } = sweeper(at);
  await request({ requesterUid: FIRST, engines: ['redis', 'lindorm', 'rds'], connections: ['vpc'] });
  await request({ requesterUid: SECOND, engines: ['rds'] });
  await request({ requesterUid: THIRD, engines: ['gdb'] });
  await request({ requesterUid: FIRST, access: 'console' });
  await request({ requesterUid: SECOND, access: 'console', users: ['alice', 'bob'] });
  at.clock.advance(1_000);
  await request({ requesterUid: THIRD, action: 'revoke' });
  at.clock.advance(DAY / 2);
  return at;
}

/** Ids of the checks that a sweep finds failed on a role. `full`: as one of its sample, or as few calls as it may. */
export async function failedChecks(at: Direct, kind: Kind, full = false): Promise<readonly string[]> {
  const name = ROLES[kind];
  const { ours, unmanaged } = await listRoles(at.lister(), at.settings, at.clock.now());
  const stranger = unmanaged.find(({ role }) => role.name === name);
  if (stranger !== undefined) return [stranger.check.id];
  const role = ours.find((one) => one.name === name);
  const ports = shared(at.verifyPorts());
  const id = role?.id ?? {
    access: name.includes('console') ? ('console' as const) : ('register' as const),
    requesterUid: uidOfKind(kind),
  };
  const looking =
    role === undefined || full ? ports : forRole(ports, { ...role, name: notSampled(at) }, at.clock.now());
  const tags = role?.tags ?? new Map<string, string>();
  const { checks } = await inspect(id, tags, at.clock.now(), at.settings, {
    ...looking,
    ram: { ...looking.ram, roleTags: async () => tags },
  });
  return checks.filter(({ status }) => status === 'fail').map((check) => check.id);
}

/** A name that is not of this hour's sample. */
function notSampled(at: Direct): string {
  const names = Array.from({ length: 100 }, (_, n) => `name-${n}`);
  return names.find((name) => !isSampled(name, at.clock.now())) ?? '';
}

/** Remembers RAM of the owner, and puts it back. */
export function snapshot(at: Direct): () => void {
  const { ram } = at.owner;
  const roles = [...ram.roles].map(([key, role]) => ({
    key,
    role,
    state: { trust: role.trust, attachments: role.attachments },
    tags: new Map(role.tags),
  }));
  const policies = [...ram.policies].map(([key, policy]) => ({ key, policy, versions: policy.versions }));
  return () => {
    ram.roles.clear();
    for (const { key, role, state, tags } of roles) {
      Object.assign(role, state);
      role.tags.clear();
      for (const [name, value] of tags) role.tags.set(name, value);
      ram.roles.set(key, role);
    }
    ram.policies.clear();
    for (const { key, policy, versions } of policies) {
      policy.versions = versions;
      ram.policies.set(key, policy);
    }
  };
}
