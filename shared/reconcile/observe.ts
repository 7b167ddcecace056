import type { AttachedPolicy, RamReader, RoleFacts } from '../ports.ts';
import type { Millis } from '../runtime/millis.ts';

/** A role as RAM shows it, and what is compared with what it should be. */
export interface Observed {
  /** When it was read. */
  readonly at: Millis;
  /** Account of the credentials that it was read with. */
  readonly account: string;
  /** Null where there is no such role. */
  readonly role: RoleFacts | null;
  readonly tags: ReadonlyMap<string, string>;
  readonly attached: readonly AttachedPolicy[];
  /** Text of the desired policy's default version; null where there is no such policy. */
  readonly policyText: string | null;
  /** Whether that policy is known to lack our tag: then nothing of it may be written or used. */
  readonly foreignPolicy?: boolean;
}

/** A reading of a requester's role. The policy that was read along is named, as it may not be the desired one. */
export interface Reading extends Pick<Observed, 'role' | 'tags' | 'attached'> {
  readonly policy: NonNullable<Known['policy']> | null;
}

/** What this run knows for certain, because it has written it itself: need not be read again. */
export interface Known {
  readonly role?: RoleFacts | undefined;
  /** A custom policy and the text of its default version; null where there is no such policy. */
  readonly policy?: { readonly name: string; readonly text: string | null } | undefined;
}

/** Reads everything about a role side by side: one round trip. `policyName` is a guess at what will be attached. */
export async function observe(
  ram: RamReader,
  roleName: string,
  policyName: string | null,
  known: Known,
): Promise<Reading> {
  const [role, tags, attached, policy] = await Promise.all([
    known.role ?? ram.role(roleName),
    ram.roleTags(roleName),
    ram.attachedPolicies(roleName),
    policyName === null ? null : policyText(ram, policyName, known),
  ]);
  return { role, tags, attached, policy };
}

/** The text of a policy, read unless it is known. */
export async function policyText(
  ram: RamReader,
  name: string,
  known: Known,
): Promise<NonNullable<Known['policy']>> {
  if (known.policy?.name === name) return known.policy;
  return { name, text: (await ram.policy(name))?.text ?? null };
}
