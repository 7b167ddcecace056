import type { PolicyDocument, PolicyStatement } from '../caller.ts';
import type { Permission } from '../operation.ts';
import { actionMatches } from './action.ts';
import { type ConditionContext, conditionHolds } from './condition.ts';
import { resourceMatches } from './resource.ts';

/** What a set of documents says about one permission. */
export type Verdict = 'Allow' | 'ExplicitDeny' | 'ImplicitDeny';

/**
 * Evaluates documents together: an explicit Deny wins, an Allow is needed, silence is a refusal. `context` is asked for
 * where a statement has conditions.
 */
export function evaluateDocuments(
  documents: readonly PolicyDocument[],
  permission: Permission,
  context: () => ConditionContext,
): Verdict {
  const applying: PolicyStatement[] = [];
  for (const { Statement } of documents)
    for (const statement of Statement)
      if (statementApplies(statement, permission, context)) applying.push(statement);
  return verdictOf(applying);
}

/** Deny before Allow before silence, over statements that apply. */
export function verdictOf(applying: readonly PolicyStatement[]): Verdict {
  // An effect that is not plainly "Allow" gives nothing.
  if (applying.some((s) => s.Effect !== 'Allow')) return 'ExplicitDeny';
  return applying.length > 0 ? 'Allow' : 'ImplicitDeny';
}

function statementApplies(
  statement: PolicyStatement,
  permission: Permission,
  context: () => ConditionContext,
): boolean {
  return (
    actionApplies(statement, permission.action) &&
    resourceApplies(statement, permission.resource) &&
    conditionApplies(statement, context)
  );
}

/** A statement without Action and NotAction is malformed: it gives nothing, and denies everything. */
export function actionApplies(statement: PolicyStatement, action: string): boolean {
  const { Action, NotAction } = statement;
  if (Action !== undefined) return list(Action).some((pattern) => actionMatches(pattern, action));
  if (NotAction !== undefined) return !list(NotAction).some((pattern) => actionMatches(pattern, action));
  return statement.Effect !== 'Allow';
}

function resourceApplies(statement: PolicyStatement, resource: string): boolean {
  const { Resource, NotResource } = statement;
  const allows = statement.Effect === 'Allow';
  if (Resource !== undefined) {
    return list(Resource).some((pattern) => resourceMatches(pattern, resource, !allows));
  }
  if (NotResource !== undefined) {
    return !list(NotResource).some((pattern) => resourceMatches(pattern, resource, allows));
  }
  return !allows;
}

/** What cannot be decided never widens: an Allow then does not apply, a Deny does. */
export function conditionApplies(
  { Condition, Effect }: PolicyStatement,
  context: () => ConditionContext,
): boolean {
  if (Condition === undefined) return true;
  const truth = conditionHolds(Condition, context());
  return truth === 'unknown' ? Effect !== 'Allow' : truth;
}

export function list(value: string | readonly string[]): readonly string[] {
  return typeof value === 'string' ? [value] : value;
}
