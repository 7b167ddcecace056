/**
 * Every operation of RAM, STS, DMS and Function Compute that this software calls; none other compiles. Tests hold each call, as it goes over
 * the wire, against the vendor's metadata, and look that none of these is left out.
 */
export const RAM_ACTIONS = [
  'AttachPolicyToRole',
  'CreatePolicy',
  'CreatePolicyVersion',
  'CreateRole',
  'DeletePolicy',
  'DeletePolicyVersion',
  'DeleteRole',
  'DetachPolicyFromRole',
  'GetPolicy',
  'GetRole',
  'ListPolicies',
  'ListPoliciesForRole',
  'ListPolicyVersions',
  'ListRoles',
  'ListTagResources',
  'TagResources',
  'UntagResources',
  'UpdateRole',
] as const;
export type RamAction = (typeof RAM_ACTIONS)[number];

export const STS_ACTIONS = ['AssumeRole', 'GetCallerIdentity'] as const;
export type StsAction = (typeof STS_ACTIONS)[number];

export const DMS_ACTIONS = [
  'AddInstance',
  'DeleteInstance',
  'GetInstance',
  'ListInstances',
  'ListUsers',
  'SyncInstanceMeta',
] as const;
export type DmsAction = (typeof DMS_ACTIONS)[number];

export const FC_ACTIONS = [
  'CreateFunction',
  'CreateTrigger',
  'DeleteFunction',
  'DeleteTrigger',
  'GetAsyncInvokeConfig',
  'GetConcurrencyConfig',
  'GetFunction',
  'InvokeFunction',
  'ListTriggers',
  'PutAsyncInvokeConfig',
] as const;
export type FcAction = (typeof FC_ACTIONS)[number];
