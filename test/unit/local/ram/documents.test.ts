import { describe, expect, it } from 'vitest';
import { OWNER, REQUESTER } from '../../../kit/accounts.ts';
import { dmsTrust, permission, ramOf, trust } from './ram.ts';

const statement = { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'dms.aliyuncs.com' } };
const document = (...statements: object[]) => JSON.stringify({ Version: '1', Statement: statements });

describe('trust documents', () => {
  const create = (text: string, uid = OWNER) => {
    const ram = ramOf(uid);
    const code = ram.refusal('CreateRole', { RoleName: 'r', AssumeRolePolicyDocument: text });
    return { code, stored: ram.state.findRole('r')?.trust };
  };

  it.each([
    ['a service for another account', { Service: `${REQUESTER}@dms.aliyuncs.com` }],
    ['services', { Service: ['dms.aliyuncs.com', 'fc.aliyuncs.com'] }],
    ['a service with dots', { Service: 'channel.ddosx.aliyuncs.com' }],
    ['an account', { RAM: `acs:ram::${REQUESTER}:root` }],
    ['a user and a role', { RAM: [`acs:ram::${REQUESTER}:user/a_b.c-d`, `acs:ram::${OWNER}:role/r.s-t`] }],
    ['an identity provider', { Federated: `acs:ram::${OWNER}:saml-provider/idp` }],
    ['services and accounts together', { Service: 'dms.aliyuncs.com', RAM: `acs:ram::${REQUESTER}:root` }],
  ])('may trust %s, and are kept as they were written', (_, principal) => {
    const text = `  ${trust(principal)}\n`;
    expect(create(text)).toEqual({ code: 'accepted', stored: text });
  });

  it('may have conditions, several statements and a Deny', () => {
    const Condition = {
      StringEquals: { 'sts:ExternalId': ['x', 'y'] },
      Bool: { 'acs:SecureTransport': true },
    };
    const text = document(
      { ...statement, Condition },
      { ...statement, Effect: 'Deny', Action: ['sts:AssumeRole'] },
    );
    expect(create(text).code).toBe('accepted');
  });

  it.each([
    ['no JSON', '{'],
    ['no object', '[]'],
    ['another version', JSON.stringify({ Version: '2012-10-17', Statement: [statement] })],
    ['a version that is a number', JSON.stringify({ Version: 1, Statement: [statement] })],
    ['no version', JSON.stringify({ Statement: [statement] })],
    ['no statement', document()],
    ['a statement outside a list', JSON.stringify({ Version: '1', Statement: statement })],
    ['an unknown element', JSON.stringify({ Version: '1', Statement: [statement], Id: 'x' })],
    ['an unknown element of a statement', document({ ...statement, Sid: 'x' })],
    ['a resource', document({ ...statement, Resource: '*' })],
    ['an effect in lower case', document({ ...statement, Effect: 'allow' })],
    ['another action', document({ ...statement, Action: 'ram:GetRole' })],
    ['an action that begins otherwise', document({ ...statement, Action: 'xsts:AssumeRole' })],
    ['an action that goes on', document({ ...statement, Action: 'sts:AssumeRoles' })],
    ['every action', document({ ...statement, Action: '*' })],
    ['no action', document({ ...statement, Action: [] })],
    ['no principal', document({ ...statement, Principal: {} })],
    ['a principal that is text', document({ ...statement, Principal: '*' })],
    ['an unknown kind of principal', trust({ AWS: 'x' })],
    ['any account', trust({ RAM: '*' })],
    ['a bare UID', trust({ RAM: REQUESTER })],
    ['an account after a space', trust({ RAM: ` acs:ram::${REQUESTER}:root` })],
    ['an account that goes on', trust({ RAM: `acs:ram::${REQUESTER}:roots` })],
    ['a provider after a space', trust({ Federated: ` acs:ram::${OWNER}:saml-provider/idp` })],
    ['a provider that goes on', trust({ Federated: `acs:ram::${OWNER}:saml-provider/idp/x` })],
    ['an assumed role', trust({ RAM: `acs:ram::${REQUESTER}:assumed-role/r/s` })],
    ['a service that is none', trust({ Service: 'dms' })],
    ['a service of another domain', trust({ Service: 'dms.aliyuncs.com.example.com' })],
    ['a UID that is none', trust({ Service: 'x1@dms.aliyuncs.com' })],
    ['an empty list of services', trust({ Service: [] })],
    ['a federation that is none', trust({ Federated: 'acs:ram::1:role/x' })],
    ['an unknown operator', trust({ Service: 'dms.aliyuncs.com' }, { StringMatches: { k: 'v' } })],
    ['a condition that is a list', trust({ Service: 'dms.aliyuncs.com' }, [])],
    ['a condition without keys and values', trust({ Service: 'dms.aliyuncs.com' }, { StringEquals: 'v' })],
  ])('may not have %s', (_, text) => {
    expect(create(text)).toEqual({ code: '400 MalformedPolicyDocument', stored: undefined });
  });

  it('lose the UID of a service principal that is the role owner: silently, in the plain form', () => {
    const own = { Service: `${OWNER}@dms.aliyuncs.com` };
    expect(create(trust(own)).stored).toBe(trust({ Service: 'dms.aliyuncs.com' }));
    expect(create(trust(own), '1000000000000007').stored).toBe(trust(own));
  });

  it('lose it within a list too, without repeating a service', () => {
    const Service = [`${REQUESTER}@dms.aliyuncs.com`, `${OWNER}@dms.aliyuncs.com`, 'dms.aliyuncs.com'];
    const RAM = `acs:ram::${OWNER}:root`;
    const stored: unknown = JSON.parse(create(trust({ Service, RAM })).stored ?? '');
    const kept = [`${REQUESTER}@dms.aliyuncs.com`, 'dms.aliyuncs.com'];
    expect(stored).toEqual({
      Version: '1',
      Statement: [{ ...statement, Principal: { Service: kept, RAM } }],
    });
  });

  it('lose it on UpdateRole as well, statement by statement', () => {
    const ram = ramOf();
    ram.call('CreateRole', { RoleName: 'r', AssumeRolePolicyDocument: dmsTrust });
    const own = { ...statement, Principal: { Service: `${OWNER}@dms.aliyuncs.com` } };
    const other = { ...statement, Principal: { RAM: `acs:ram::${OWNER}:root` } };
    ram.call('UpdateRole', { RoleName: 'r', NewAssumeRolePolicyDocument: document(other, own) });
    expect(JSON.parse(ram.state.findRole('r')?.trust ?? '')).toEqual({
      Version: '1',
      Statement: [other, statement],
    });
  });

  it('have a length', () => {
    const ram = ramOf();
    ram.state.limits.trustDocument = Buffer.byteLength(dmsTrust);
    const create = (AssumeRolePolicyDocument: string) =>
      ram.refusal('CreateRole', { RoleName: 'r', AssumeRolePolicyDocument });
    expect(create(`${dmsTrust} `)).toBe('400 InvalidParameter.AssumeRolePolicyDocument.Length');
    expect(create(dmsTrust)).toBe('accepted');
  });
});

describe('permission documents', () => {
  const create = (text: string) => ramOf().refusal('CreatePolicy', { PolicyName: 'p', PolicyDocument: text });
  const allow = { Effect: 'Allow', Action: 'kvstore:Describe*', Resource: '*' };

  it.each([
    ['one action', document(allow)],
    ['actions of codes with a hyphen', permission('dms-console:*', 'polardb-x:List?')],
    ['every action', document({ ...allow, Action: '*' })],
    ['all actions but some', document({ Effect: 'Deny', NotAction: ['ram:*'], Resource: '*' })],
    ['resources', document({ ...allow, Resource: ['acs:kvstore:*:*:*', `acs:ram::${OWNER}:role/x`] })],
    ['all resources but some', document({ Effect: 'Allow', Action: '*', NotResource: 'acs:ram:*:*:*' })],
    ['an MNS resource', document({ ...allow, Resource: 'acs:mns:*:*:/topics/t/messages' })],
    ['conditions', document({ ...allow, Condition: { IpAddress: { 'acs:SourceIp': ['10.0.0.0/8'] } } })],
  ])('may have %s', (_, text) => {
    expect(create(text)).toBe('accepted');
  });

  it.each([
    ['no JSON', 'Version: 1'],
    ['no statement', document()],
    ['a principal', document({ ...allow, Principal: { RAM: `acs:ram::${OWNER}:root` } })],
    ['no action', document({ Effect: 'Allow', Resource: '*' })],
    ['Action and NotAction', document({ ...allow, NotAction: 'ram:*' })],
    ['an action without a service', document({ ...allow, Action: 'Describe*' })],
    ['an action after a space', document({ ...allow, Action: ' ram:GetRole' })],
    ['an action that goes on', document({ ...allow, Action: 'ram:GetRole ' })],
    ['no resource', document({ Effect: 'Allow', Action: '*' })],
    ['Resource and NotResource', document({ ...allow, NotResource: '*' })],
    ['a resource that is none', document({ ...allow, Resource: 'kvstore' })],
    ['a resource after a space', document({ ...allow, Resource: ' acs:ram:*:1:role/x' })],
    ['a resource of two lines', document({ ...allow, Resource: 'acs:ram:*:1:role/x\ny' })],
    ['a resource of another cloud', document({ ...allow, Resource: 'arn:aws:s3:::x' })],
    ['no effect', document({ Action: '*', Resource: '*' })],
    ['an unknown operator', document({ ...allow, Condition: { Equals: { a: 'b' } } })],
  ])('may not have %s', (_, text) => {
    expect(create(text)).toBe('400 MalformedPolicyDocument');
  });

  it('may be 6144 bytes long, counted as bytes', () => {
    const pad = (length: number) => document(allow).padEnd(length);
    expect(create(pad(6144))).toBe('accepted');
    expect(create(pad(6145))).toBe('400 InvalidParameter.PolicyDocument.Length');
    const wide = document({ ...allow, Condition: { StringEquals: { 'acs:x': '部'.repeat(2100) } } });
    expect(wide.length).toBeLessThan(6144);
    expect(create(wide)).toBe('400 InvalidParameter.PolicyDocument.Length');
  });
});
