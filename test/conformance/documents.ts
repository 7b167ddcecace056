/** Policy documents as the suites need them. */

export const permission = (...actions: string[]): string =>
  JSON.stringify({ Version: '1', Statement: [{ Effect: 'Allow', Action: actions, Resource: '*' }] });

export const trust = (principal: object, condition?: object): string => {
  const statement = { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: principal };
  const Statement = [condition === undefined ? statement : { ...statement, Condition: condition }];
  return JSON.stringify({ Version: '1', Statement });
};

/** Trusts the people of the account itself. */
export const ownTrust = (uid: string, condition?: object): string =>
  trust({ RAM: [`acs:ram::${uid}:root`] }, condition);
