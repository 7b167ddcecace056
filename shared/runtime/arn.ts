/**
 * ARN as RAM returns it: the role's name in lower case.
 *
 * Belief arn-case (inferred): RAM shows the name of a role in lower case in its ARN. The code compares without case,
 * and replies with what RAM shows. Source: one public report; samples of the vendor keep capitals. Shown wrong by:
 * doctor --live.
 */
export const roleArn = (ownerUid: string, name: string): string =>
  `acs:ram::${ownerUid}:role/${name.toLowerCase()}`;
