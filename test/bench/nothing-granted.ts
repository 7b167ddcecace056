import type { LocalCloud } from '../../local/local-cloud.ts';

/** Takes away every role and policy that was granted, behind the functions' backs, and forgets the calls made so far. */
export function nothingGranted({ owner, world }: Pick<LocalCloud, 'owner' | 'world'>): void {
  const { roles, policies } = owner.ram;
  for (const [key] of roles) if (key.startsWith('dms-cross-account-')) roles.delete(key);
  for (const [key, { name }] of policies) if (name.startsWith('DmsCrossAccountPolicy-')) policies.delete(key);
  world.journal.clear();
}
