import { describe, expect, it } from 'vitest';
import { sealDiagnosis } from '../../../../local/cloud/evaluate/diagnosis.ts';
import { REQUESTER } from '../../../kit/accounts.ts';
import { deniedMessage } from './denied.ts';
import { type Ram, ramOf } from './ram.ts';

function withUser(): Ram {
  const ram = ramOf();
  ram.call('CreateUser', { UserName: 'u' });
  return ram;
}

const decode = (ram: Ram, EncodedDiagnosticMessage: string) =>
  ram.call('DecodeDiagnosticMessage', { EncodedDiagnosticMessage })['DecodedDiagnosticMessage'];

describe('DecodeDiagnosticMessage', () => {
  it('tells what was refused, to whom, and that nothing allows it', () => {
    const ram = withUser();
    const message = deniedMessage(ram);
    expect(message).not.toContain('fc:');
    expect(decode(ram, message)).toEqual({
      AuthAction: 'fc:InvokeFunction',
      AuthResource: 'acs:fc:*:*:functions/f',
      AuthPrincipal: {
        AuthPrincipalType: 'SubUser',
        AuthPrincipalDisplayName: ram.state.findUser('u')?.id,
        AuthPrincipalOwnerId: ram.account.uid,
      },
      AuthConditions: [],
      ExplicitDeny: false,
      NoPermissionPolicyType: 'AccountLevelIdentityBasedPolicy',
      MatchedPolicies: [],
    });
  });

  it('names the policy that denies, with its version and where it is attached', () => {
    const ram = withUser();
    const PolicyDocument = JSON.stringify({
      Version: '1',
      Statement: [{ Effect: 'Deny', Action: 'fc:*', Resource: '*' }],
    });
    ram.call('CreateGroup', { GroupName: 'g' });
    ram.call('AddUserToGroup', { UserName: 'u', GroupName: 'g' });
    ram.call('CreatePolicy', { PolicyName: 'no-functions', PolicyDocument });
    ram.call('AttachPolicyToGroup', { GroupName: 'g', PolicyName: 'no-functions', PolicyType: 'Custom' });
    const system = { UserName: 'u', PolicyName: 'AdministratorAccess', PolicyType: 'System' };
    ram.call('AttachPolicyToUser', system);
    const denied = {
      PolicyIdentifier: 'no-functions',
      PolicyType: 'Custom',
      PolicyVersion: 'v1',
      AttachedEntityType: 'RamGroup',
      AttachedScope: 'Account',
      Effect: 'Deny',
    };
    expect(decode(ram, deniedMessage(ram))).toMatchObject({ ExplicitDeny: true, MatchedPolicies: [denied] });
    ram.call('AttachPolicyToUser', { ...system, PolicyName: 'no-functions', PolicyType: 'Custom' });
    expect(decode(ram, deniedMessage(ram))).toMatchObject({
      MatchedPolicies: [{ ...denied, AttachedEntityType: 'RamUser' }, denied],
    });
  });

  it('reads no more than a message can be long', () => {
    const ram = withUser();
    const sealed = (size: number) =>
      sealDiagnosis({
        AuthAction: 'fc:InvokeFunction',
        AuthResource: 'x'.repeat(size),
        AuthPrincipal: {
          AuthPrincipalType: 'SubUser',
          AuthPrincipalDisplayName: 'u',
          AuthPrincipalOwnerId: ram.account.uid,
        },
        AuthConditions: [],
        ExplicitDeny: false,
        NoPermissionPolicyType: 'AccountLevelIdentityBasedPolicy',
        MatchedPolicies: [],
      });
    const refusal = (size: number) =>
      ram.refusal('DecodeDiagnosticMessage', { EncodedDiagnosticMessage: sealed(size) });
    expect(refusal(60_000)).toBe('accepted');
    expect(refusal(70_000)).toBe('400 InvalidParameter.EncodedDiagnosticMessage');
  });

  it.each([
    ['a text that is none', () => 'bG9jYWwgY2xvdWQ='],
    [
      'one of another account',
      () => {
        const other = ramOf(REQUESTER);
        other.call('CreateUser', { UserName: 'u' });
        return deniedMessage(other);
      },
    ],
  ])('refuses %s', (_what, message) => {
    expect(withUser().refusal('DecodeDiagnosticMessage', { EncodedDiagnosticMessage: message() })).toBe(
      '400 InvalidParameter.EncodedDiagnosticMessage',
    );
  });
});
