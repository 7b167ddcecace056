/** ARN as RAM returns it: the role's name in lower case. */
export const roleArn = (ownerUid: string, name: string): string =>
  `acs:ram::${ownerUid}:role/${name.toLowerCase()}`;
