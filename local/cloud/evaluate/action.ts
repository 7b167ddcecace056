import { globMatches } from './glob.ts';

/**
 * Matches a RAM action, `kvstore:DescribeInstances`, against a pattern of a policy.
 * Case does not count: the vendor's own documents spell an action otherwise than its API,
 * `gdb:DescribeDbInstances` for the API DescribeDBInstances, and such policies work.
 */
export function actionMatches(pattern: string, action: string): boolean {
  return globMatches(pattern.toLowerCase(), action.toLowerCase());
}
