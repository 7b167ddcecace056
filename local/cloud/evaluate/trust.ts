import type { Caller, PolicyDocument, PolicyStatement } from '../caller.ts';
import type { Permission } from '../operation.ts';
import type { World } from '../world.ts';
import type { ConditionContext } from './condition.ts';
import { type Decision, decision } from './decision.ts';
import { isAllowed } from './identity.ts';
import { trustsPrincipal } from './principal.ts';
import { actionApplies, conditionApplies, verdictOf } from './statement.ts';

export interface AssumeQuestion {
  readonly world: World;
  readonly caller: Caller;
  /** The account that owns the role, and the role's ARN. */
  readonly ownerId: string;
  readonly roleArn: string;
  readonly trust: PolicyDocument;
  readonly externalId?: string | undefined;
  readonly sourceIdentity?: string | undefined;
}

/** The permission that a RAM identity needs of its own policies before it can assume a role. */
export function assumePermission(roleArn: string): Permission {
  return { action: 'sts:AssumeRole', resource: roleArn };
}

/**
 * May the caller assume the role? Two doors must be open: the role's trust policy names the caller, and a RAM identity's
 * own policies allow `sts:AssumeRole` on the role. A service has no policies of its own: the trust decides alone.
 * A role that trusts only services is closed to every RAM identity, whatever its rights
 * (page "RAM role overview": RAM users cannot assume the RAM roles of trusted Alibaba Cloud services).
 */
export function mayAssume(question: AssumeQuestion): Decision {
  const { world, caller, roleArn } = question;
  const context = {
    'sts:externalid': question.externalId ?? null,
    'sts:sourceidentity': question.sourceIdentity ?? null,
  };
  if (caller.principal.type !== 'service') {
    const own = isAllowed(world, caller, assumePermission(roleArn), context);
    if (!own.allowed) return own;
  }
  const values = { 'acs:currenttime': new Date(world.clock.now()).toISOString(), ...context };
  const applying = question.trust.Statement.filter((s) => trustApplies(s, question, values));
  return decision(verdictOf(applying), 'AssumeRolePolicy');
}

function trustApplies(
  statement: PolicyStatement,
  question: AssumeQuestion,
  context: ConditionContext,
): boolean {
  return (
    actionApplies(statement, 'sts:AssumeRole') &&
    trustsPrincipal(statement, question.caller, question.ownerId) &&
    conditionApplies(statement, () => context)
  );
}
