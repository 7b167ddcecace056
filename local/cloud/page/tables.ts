import type { Caller } from '../caller.ts';
import type { Account, World } from '../world.ts';

/** One table of the page: texts, not yet escaped. */
interface Table {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** How many of the last calls are shown. */
const CALLS = 200;

/** What is shown of an account. Only names, numbers and times: an address loses its query, which may hold a secret. */
export function cellsOf(world: World, account: Account): readonly Table[] {
  const { ram, mns, fc } = account;
  const attached = ({ attachments }: { attachments: readonly { policyName: string }[] }): string =>
    attachments.map(({ policyName }) => policyName).join(', ');
  const tags = (of: ReadonlyMap<string, string>): string =>
    [...of].map(([key, value]) => `${key}=${value}`).join('\n');
  return [
    {
      title: 'Accounts',
      columns: ['UID', 'Roles', 'Users', 'Queues', 'Topics', 'Functions'],
      rows: [...world.accounts.values()].map((one) => [
        one.uid === account.uid ? `${one.uid} (this one)` : one.uid,
        ...[one.ram.roles, one.ram.users, one.mns.queues, one.mns.topics, one.fc.functions].map(({ size }) =>
          String(size),
        ),
      ]),
    },
    {
      title: 'Last calls',
      columns: ['At', 'Operation', 'Status', 'Caller', 'Took'],
      rows: world.journal.calls
        .filter(({ accountId, caller }) => accountId === account.uid || caller?.accountId === account.uid)
        .slice(-CALLS)
        .reverse()
        .map(({ startedAt, endedAt, service, operation, status, code, caller }) => [
          time(startedAt),
          `${service} ${operation}`,
          code === null ? String(status) : `${status} ${code}`,
          nameOf(caller),
          `${endedAt - startedAt} ms`,
        ]),
    },
    {
      title: 'Roles',
      columns: ['Name', 'Policies', 'Tags', 'Changed'],
      rows: [...ram.roles.values()].map((role) => [
        role.name,
        attached(role),
        tags(role.tags),
        time(role.updateDate),
      ]),
    },
    {
      title: 'Users',
      columns: ['Name', 'Groups', 'Policies'],
      rows: [...ram.users.values()].map((user) => [
        user.name,
        ram
          .groupsOf(user)
          .map(({ name }) => name)
          .join(', '),
        attached(user),
      ]),
    },
    {
      title: 'Groups',
      columns: ['Name', 'Members', 'Policies'],
      rows: [...ram.groups.values()].map((group) => [
        group.name,
        String(group.members.length),
        attached(group),
      ]),
    },
    {
      title: 'Policies',
      columns: ['Name', 'Versions', 'Attached to', 'Changed'],
      rows: [...ram.policies.values()].map((policy) => [
        policy.name,
        policy.versions.map(({ id, isDefault }) => (isDefault ? `${id} (default)` : id)).join(', '),
        String(ram.attachmentCount(policy)),
        time(policy.updateDate),
      ]),
    },
    {
      title: 'Queues',
      columns: ['Name', 'Active', 'Held', 'Delayed'],
      rows: [...mns.queues.values()].map((queue) => {
        const { active, inactive, delayed } = queue.counts();
        return [queue.name, ...[active, inactive, delayed].map(String)];
      }),
    },
    {
      title: 'Topics',
      columns: ['Name', 'Subscriptions'],
      rows: [...mns.topics.values()].map(({ name, subscriptions }) => [
        name,
        [...subscriptions.values()]
          .map((one) => `${one.name} → ${one.attributes.endpoint.replace(/\?.*|\/\/[^/@]*@/g, '')}`)
          .join('\n'),
      ]),
    },
    {
      title: 'Functions',
      columns: ['Name', 'Runtime', 'Triggers', 'Changed'],
      rows: [...fc.functions.values()].map((fn) => [
        fn.name,
        fn.revision.settings.runtime,
        [...fn.triggers.keys()].join(', '),
        time(fn.modifiedAt),
      ]),
    },
  ];
}

const time = (ms: number): string => new Date(ms).toISOString();

function nameOf(caller: Caller | null): string {
  if (caller === null) return 'nobody known';
  const { accountId, principal } = caller;
  switch (principal.type) {
    case 'user':
      return `${accountId} user ${principal.userName}`;
    case 'role':
      return `${accountId} role ${principal.roleName} (${principal.sessionName})`;
    case 'root':
      return `${accountId} itself`;
    case 'service':
      return principal.service;
  }
}
