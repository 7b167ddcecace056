import { describe, expect, it } from 'vitest';
import type { Narrowed } from '../../../shared/catalogue/scope.ts';
import { prerequisitesOf } from '../../../shared/verification/prerequisites.ts';
import { OWNER, REQUESTER } from '../../kit/accounts.ts';
import { consoleTerms, registerTerms } from '../../kit/role-documents.ts';

/** What people have to do, word for word: nobody else tells them. */
const NARROWED: Narrowed = new Map([
  ['lindorm', []],
  ['redis', ['r-1', 'r-2']],
]);
const TENANT = 'someone of the owner account must have logged in to DMS once, so that it has a tenant there';
const REGISTER = [
  TENANT,
  'only instances of Alibaba Cloud can be registered across accounts',
  `the vendor releases registration by ARN gradually: where DMS of account ${REQUESTER} shows no field for it, its support switches it on`,
];
const SWITCH = [
  `whoever switches is a RAM user of account ${REQUESTER} with AliyunSTSAssumeRoleAccess, or with the narrower policy under console.requesterPolicy`,
  `to switch, open console.switchRoleUrl, or click the profile picture in the console, switch identity, and enter ${OWNER} and dms-console-access-${REQUESTER}`,
  'AliyunDMSLoginConsoleAccess lets one open DMS as an ordinary user: rights to change or export data are applied for there',
];

describe('what people have to arrange', () => {
  it('for a register role', () => {
    expect(prerequisitesOf(registerTerms, new Map())).toEqual(REGISTER);
  });

  it('for a narrowed one, what DMS may not do by itself', () => {
    expect(prerequisitesOf(registerTerms, NARROWED)).toEqual([
      ...REGISTER,
      'DMS may not write the IP whitelist of lindorm: put its addresses there by hand',
      'of redis, DMS may write the IP whitelist of r-1, r-2 only: put its addresses into those of other instances by hand',
    ]);
  });

  it('for a console role of the whole account: how to switch, and what to do then', () => {
    expect(prerequisitesOf(consoleTerms, NARROWED)).toEqual([TENANT, ...SWITCH]);
  });

  it('for a console role of some users: that these users are there', () => {
    expect(prerequisitesOf({ ...consoleTerms, trusted: ['alice', 'bob'] }, new Map())).toEqual([
      TENANT,
      `account ${REQUESTER} must have RAM users of exactly these names, which nobody else can look up: alice; bob`,
      ...SWITCH,
    ]);
  });
});
