import { millis } from '../../../shared/runtime/clock.ts';
import type { PolicyDocument } from '../caller.ts';
import type { Policy } from './types.ts';

const published = millis(Date.UTC(2015, 3, 28, 9, 52, 37));

function systemPolicy(name: string, description: string, action: string | readonly string[]): Policy {
  const parsed: PolicyDocument = {
    Version: '1',
    Statement: [{ Effect: 'Allow', Action: action, Resource: '*' }],
  };
  const document = JSON.stringify(parsed);
  return {
    name,
    type: 'System',
    description,
    createDate: published,
    updateDate: published,
    versions: [{ id: 'v1', document, parsed, createDate: published, isDefault: true }],
    nextVersion: 2,
    tags: new Map(),
  };
}

const all: readonly Policy[] = [
  systemPolicy('AdministratorAccess', 'Provides full access to Alibaba Cloud services and resources.', '*'),
  systemPolicy('ReadOnlyAccess', 'Provides read-only access to Alibaba Cloud services and resources.', [
    '*:Describe*',
    '*:List*',
    '*:Get*',
    '*:BatchGet*',
    '*:Query*',
    '*:Check*',
  ]),
  systemPolicy('AliyunRAMFullAccess', 'Provides full access to Resource Access Management.', [
    'ram:*',
    'ims:*',
  ]),
  systemPolicy(
    'AliyunSTSAssumeRoleAccess',
    'Provides access to the AssumeRole operation of STS.',
    'sts:AssumeRole',
  ),
  systemPolicy('AliyunDMSLoginConsoleAccess', 'Provides access to the DMS console.', 'dms-console:*'),
  systemPolicy('AliyunDMSFullAccess', 'Provides full access to Data Management Service.', 'dms:*'),
  systemPolicy('AliyunMNSFullAccess', 'Provides full access to Message Service.', 'mns:*'),
  systemPolicy('AliyunFCFullAccess', 'Provides full access to Function Compute.', 'fc:*'),
];

/** The vendor's own policies that this stand-in knows, by lower-cased name. Nobody can change them. */
export const systemPolicies: ReadonlyMap<string, Policy> = new Map(all.map((p) => [p.name.toLowerCase(), p]));
