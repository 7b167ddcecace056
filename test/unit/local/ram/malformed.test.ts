import { expect, it } from 'vitest';
import { ramOf } from './ram.ts';

const allow = { Effect: 'Allow', Action: '*', Resource: '*' };
const trusting = { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'fc.aliyuncs.com' } };
const document = (statement: object) => JSON.stringify({ Version: '1', Statement: [statement] });
const malformed = (detail: string) =>
  `400 MalformedPolicyDocument: The policy document is malformed: ${detail}`;

it.each([
  ['{', 'The policy document is not valid JSON.'],
  ['[]', 'document: Invalid input: expected object, received array'],
  ['{"Version":"2","Statement":[]}', 'Version: Invalid input: expected "1"'],
  [document({ ...allow, Sid: 'x' }), 'Statement.0: Unrecognized key: "Sid"'],
  [document({ ...allow, NotAction: '*' }), 'Statement.0: one of Action, NotAction'],
  [document({ ...allow, NotResource: '*' }), 'Statement.0: one of Resource, NotResource'],
  [
    document({ ...allow, Condition: { Equals: { k: 'v' } } }),
    'Statement.0.Condition.Equals: unknown condition operator',
  ],
  [
    document({ ...allow, Condition: { StringEquals: { '': 'v' } } }),
    'Statement.0.Condition.StringEquals.: Too small: expected string to have >=1 characters',
  ],
])('the policy %s is refused: %s', (PolicyDocument, detail) => {
  expect(ramOf().words('CreatePolicy', { PolicyName: 'p', PolicyDocument })).toBe(malformed(detail));
});

it.each([
  ['x', 'The policy document is not valid JSON.'],
  [document({ ...trusting, Principal: {} }), 'Statement.0.Principal: no principal'],
  [
    document({ ...trusting, Principal: '*' }),
    'Statement.0.Principal: Invalid input: expected object, received string',
  ],
  [document({ ...trusting, Resource: '*' }), 'Statement.0: Unrecognized key: "Resource"'],
])('the trust %s is refused: %s', (AssumeRolePolicyDocument, detail) => {
  expect(ramOf().words('CreateRole', { RoleName: 'r', AssumeRolePolicyDocument })).toBe(malformed(detail));
});
