import { describe, expect, it } from 'vitest';
import type { DocumentId } from '../../../shared/catalogue/catalogue.ts';
import { POLICY_ENGINES } from '../../../shared/catalogue/engine.ts';
import { externalId } from '../../../shared/catalogue/external-id.ts';
import {
  MANAGED_BY,
  parseRoleName,
  policyName,
  ROLE_PREFIXES,
  roleName,
} from '../../../shared/catalogue/names.ts';
import { roleArn } from '../../../shared/runtime/arn.ts';
import { REQUESTER } from '../../kit/accounts.ts';

const LONGEST_UID = '9'.repeat(20);
const ALL_IDS: readonly DocumentId[] = [...POLICY_ENGINES, 'vpc'];

describe('names in account B', () => {
  it('are those of the contract', () => {
    expect(roleName('register', REQUESTER)).toBe('dms-cross-account-1000000000000001');
    expect(roleName('console', REQUESTER)).toBe('dms-console-access-1000000000000001');
    expect(policyName(['lindorm', 'redis'])).toBe('DmsCrossAccountPolicy-lindorm-redis');
    expect(MANAGED_BY).toEqual({ key: 'managed-by', value: 'dms-handshake' });
    expect(ROLE_PREFIXES).toEqual(['dms-cross-account-', 'dms-console-access-']);
  });

  it('fit: a role into 64 of letters, digits, "." and "-", a policy into 128 of letters, digits and "-"', () => {
    for (const access of ['register', 'console'] as const) {
      const name = roleName(access, LONGEST_UID);
      expect(name).toMatch(/^[A-Za-z0-9.-]{1,39}$/);
    }
    expect(policyName(ALL_IDS)).toMatch(/^[A-Za-z0-9-]{1,102}$/);
  });

  it('a policy has one name, whatever the order of its engines', () => {
    expect(policyName(['vpc', 'redis', 'gdb'])).toBe('DmsCrossAccountPolicy-gdb-redis-vpc');
    expect(policyName([...ALL_IDS].reverse())).toBe(policyName(ALL_IDS));
    const given: DocumentId[] = ['redis', 'gdb'];
    policyName(given);
    expect(given).toEqual(['redis', 'gdb']);
  });

  it('a role name says whose it is, in the case in which RAM returns it', () => {
    expect(parseRoleName(roleName('register', REQUESTER))).toEqual({
      access: 'register',
      requesterUid: REQUESTER,
    });
    expect(parseRoleName(roleName('console', REQUESTER).toUpperCase())).toEqual({
      access: 'console',
      requesterUid: REQUESTER,
    });
  });

  it.each([
    'dms-cross-account-',
    'dms-cross-account-0123',
    'dms-cross-account-12a',
    'dms-cross-account-123-4',
    `dms-cross-account-${'9'.repeat(21)}`,
    ' dms-cross-account-123',
    'my-dms-cross-account-123',
    'dms-handshake-verify',
    '',
  ])('"%s" is no role of ours', (name) => {
    expect(parseRoleName(name)).toBeNull();
  });

  it('an ARN has the role name in lower case, as RAM writes it', () => {
    expect(roleArn('2000000000000002', 'Dms-Handshake-Verify')).toBe(
      'acs:ram::2000000000000002:role/dms-handshake-verify',
    );
  });

  it('an external id is one that STS takes, and differs for every requester', () => {
    expect(externalId(LONGEST_UID)).toMatch(/^[\w+=,.@:/-]{2,1224}$/);
    expect(externalId('1')).not.toBe(externalId('2'));
  });
});
