import type { Observed } from '../access/plan.ts';
import type { RamReader, RoleFacts } from './ports.ts';

/** A reading of a requester's role. The policy that was read along is named, as it may not be the desired one. */
export interface Reading {
  readonly role: RoleFacts | null;
  readonly tags: ReadonlyMap<string, string>;
  readonly attached: Observed['attached'];
  readonly policy: { readonly name: string; readonly text: string | null } | null;
}

/** What this invocation knows for certain, because it has written it itself: need not be read again. */
export interface Known {
  readonly role?: RoleFacts;
  readonly policy?: { readonly name: string; readonly text: string };
}

/** Reads everything about a role side by side: one round trip. `policyName` is a guess at what will be attached. */
export async function observe(
  ram: RamReader,
  roleName: string,
  policyName: string | null,
  known: Known,
): Promise<Reading> {
  const policy = async () => {
    if (policyName === null) return null;
    if (known.policy?.name === policyName) return known.policy;
    return { name: policyName, text: await ram.policyText(policyName) };
  };
  const [role, tags, attached, read] = await Promise.all([
    known.role ?? ram.role(roleName),
    ram.roleTags(roleName),
    ram.attachedPolicies(roleName),
    policy(),
  ]);
  return { role, tags, attached, policy: read };
}
