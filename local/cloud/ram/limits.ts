/** Quotas of one account. The defaults are the published ones (RAM, "Limitations"); a test may lower them. */
export interface RamLimits {
  roles: number;
  users: number;
  groups: number;
  groupsPerUser: number;
  policies: number;
  customPoliciesPerRole: number;
  systemPoliciesPerRole: number;
  customPoliciesPerUser: number;
  systemPoliciesPerUser: number;
  customPoliciesPerGroup: number;
  systemPoliciesPerGroup: number;
  versionsPerPolicy: number;
  accessKeysPerUser: number;
  /** Bytes of a permission document. */
  policyDocument: number;
  /** Bytes of a trust document. No number is published: taken to be that of a permission document. */
  trustDocument: number;
  tagsPerResource: number;
}

export const defaultLimits: Readonly<RamLimits> = {
  roles: 1000,
  users: 5000,
  groups: 300,
  groupsPerUser: 10,
  policies: 1500,
  customPoliciesPerRole: 10,
  systemPoliciesPerRole: 20,
  customPoliciesPerUser: 10,
  systemPoliciesPerUser: 20,
  customPoliciesPerGroup: 10,
  systemPoliciesPerGroup: 20,
  versionsPerPolicy: 5,
  accessKeysPerUser: 2,
  policyDocument: 6144,
  trustDocument: 6144,
  tagsPerResource: 20,
};
