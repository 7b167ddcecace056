export type { ConditionContext } from './condition.ts';
export { type Decision, noPermission } from './decision.ts';
export { authorize, isAllowed } from './identity.ts';
export { type AssumeQuestion, assumePermission, mayAssume } from './trust.ts';
export { parseTrust } from './trust-document.ts';
