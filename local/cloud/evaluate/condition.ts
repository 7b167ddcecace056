import type { PolicyStatement } from '../caller.ts';
import { conditionOperators } from './condition-operators.ts';

/**
 * Values of condition keys of one request, by key in lower case (`sts:externalid`).
 * A key that stands here with `null` is known to be absent from the request; a key that does not stand here is unknown.
 */
export type ConditionContext = Readonly<Record<string, string | null>>;

/** `unknown`: an operator, a key or a value that the evaluation cannot read. */
export type Truth = true | false | 'unknown';

/** All operators and keys of a condition must hold; of several values of one key one suffices. */
export function conditionHolds(
  condition: NonNullable<PolicyStatement['Condition']>,
  context: ConditionContext,
): Truth {
  let result: Truth = true;
  for (const [operator, keys] of Object.entries(condition)) {
    for (const [key, wanted] of Object.entries(keys)) {
      const truth = keyHolds(operator, key, typeof wanted === 'string' ? [wanted] : wanted, context);
      if (truth === false) return false;
      if (truth === 'unknown') result = 'unknown';
    }
  }
  return result;
}

function keyHolds(name: string, key: string, wanted: readonly string[], context: ConditionContext): Truth {
  const operator = conditionOperators.get(name);
  const lowerKey = key.toLowerCase();
  if (operator === undefined || !Object.hasOwn(context, lowerKey)) return 'unknown';
  const actual = context[lowerKey] ?? null;
  // Whether "is not X" holds for a value that was never sent is not documented, so it is not decided here.
  if (actual === null) return operator.negated ? 'unknown' : false;
  const results = wanted.map((value) => operator.compare(actual, value));
  if (results.includes(true)) return !operator.negated;
  if (results.includes(null) || results.length === 0) return 'unknown';
  return operator.negated;
}
