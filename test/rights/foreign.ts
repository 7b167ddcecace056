const NAMED =
  /^(acs:\w+:[^:]*:[^:]+:(?:role|policy|functions|\/topics|\/queues|project\/\*\/logstore)\/)([^/]+)(\/.*)?$/;

/**
 * For a resource of a right: something else in the same account, which is none of its business. Null for `*`, which
 * nothing is outside of. What is about every role or every policy keeps out other kinds of things.
 */
export function foreignTo(resource: string): string | null {
  const [, kind, name, rest = ''] = NAMED.exec(resource) ?? [];
  if (kind === undefined) return null;
  if (name === '*') return kind.replace(/(role|policy)\/$/, 'user/alice');
  const stranger = kind.includes(':system:')
    ? 'AdministratorAccess'
    : kind.endsWith('role/')
      ? 'administrator'
      : 'payroll';
  return `${kind}${stranger}${rest.replaceAll('*', 'anything')}`;
}

/** What cannot be scoped, and what keeps it from mattering. An action on `*` that is not here is a mistake. */
export const UNSCOPED: Readonly<Record<string, string>> = {
  'ram:TagResources':
    'RAM authorises tagging on all resources only. A tag gives nobody a right here: what may be created, changed, attached or deleted is limited by name. `guard-rails/` has an alert for tags that are written elsewhere',
  'ram:UntagResources': 'RAM authorises tagging on all resources only',
  'ram:ListTagResources': 'RAM authorises it on all resources only; it reads tags',
  'actiontrail:LookupEvents':
    'ActionTrail authorises operations, not resources. It reads who called what in this account, and changes nothing',
  'fc:GetTempBucketToken':
    'The token is for a bucket of Function Compute, under the account of whoever asks. What is uploaded there runs nowhere until a function of our name takes it',
  'dms:GetInstance':
    'DMS authorises it on all resources only; doctor --live asks for an address that nobody has',
  'dms:ListInstances': 'DMS authorises it on all resources only; doctor reads one entry',
  'dms:ListUsers': 'DMS authorises it on all resources only; it reads who is a DBA',
  'dms:AddInstance': 'DMS authorises it on all resources only; doctor --live asks for what DMS must refuse',
  'dms:DeleteInstance':
    'DMS authorises it on all resources only; doctor --live takes off the list what was not refused',
};
