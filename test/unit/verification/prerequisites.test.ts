import { expect, it } from 'vitest';
import type { TrustTerms } from '../../../shared/catalogue/trust.ts';
import { prerequisitesOf } from '../../../shared/verification/prerequisites.ts';
import { OWNER, REQUESTER } from '../../kit/accounts.ts';

const terms = (access: TrustTerms['access'], trusted: TrustTerms['trusted']): TrustTerms => ({
  access,
  ownerUid: OWNER,
  requesterUid: REQUESTER,
  verifyRoleArn: null,
  trusted,
});
const textOf = (of: TrustTerms) => prerequisitesOf(of, new Map([['redis', []]])).join('\n');

it('of a console role say what a RAM user needs, how to switch and what to do then', () => {
  const text = textOf(terms('console', ['alice', 'bob']));
  for (const words of [
    'AliyunSTSAssumeRoleAccess',
    'console.requesterPolicy',
    `enter ${OWNER} and dms-console-access-${REQUESTER}`,
    'applied for there',
    'exactly these names, which nobody else can look up: alice; bob',
    'logged in to DMS once',
  ])
    expect(text).toContain(words);
  expect(text).not.toContain('registered');
  expect(textOf(terms('console', 'account'))).not.toContain('exactly these names');
});

it('of a register role say what DMS must have, and what is by hand', () => {
  const text = textOf(terms('register', 'dms'));
  for (const words of [
    'only instances of Alibaba Cloud',
    'releases registration by ARN',
    'whitelist of redis',
  ])
    expect(text).toContain(words);
  expect(text).not.toContain('switch,');
});
