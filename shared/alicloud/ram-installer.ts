import * as z from '../../events/zod.ts';
import type { Document } from '../catalogue/document.ts';
import { parseAnswer } from './answers.ts';
import type { Api } from './api.ts';
import type { RamAction } from './vendor-actions.ts';
import { ramCall } from './vendor-calls.ts';

/** The tag of every role and policy that bootstrap made. It changes and removes only what carries it. */
export const INSTALLED_BY = { key: 'installed-by', value: 'dms-handshake-bootstrap' } as const;

const listedAnswer = z.object({
  IsTruncated: z.boolean(),
  Marker: z.optional(z.string()),
  Roles: z.object({ Role: z.array(z.object({ RoleName: z.string() })) }),
});

const versionsAnswer = z.object({
  PolicyVersions: z.object({
    PolicyVersion: z.array(z.object({ VersionId: z.string(), IsDefaultVersion: z.boolean() })),
  }),
});

/** Writes the roles and policies of the installation itself. Each call throws what `Api.call` throws. */
export function ramInstaller(api: Api) {
  const call = (action: RamAction, parameters: Readonly<Record<string, string>>): Promise<unknown> =>
    api.call(ramCall(action, parameters));
  const listed = async (filter: Readonly<Record<string, string>>): Promise<readonly string[]> => {
    const names: string[] = [];
    let marker: string | undefined;
    do {
      const from = marker === undefined ? {} : { Marker: marker };
      const answer = await call('ListRoles', { ...filter, MaxItems: '1000', ...from });
      const page = parseAnswer('RAM ListRoles', listedAnswer, answer);
      names.push(...page.Roles.Role.map(({ RoleName }) => RoleName));
      marker = page.IsTruncated ? page.Marker : undefined;
    } while (marker !== undefined);
    return names;
  };
  const attachment = (name: string) => ({ RoleName: name, PolicyName: name, PolicyType: 'Custom' });
  return {
    /** Names of the roles that bootstrap made, in the order of RAM. */
    roles: () => listed({ Tag: tagList(OURS) }),
    /** Names of all roles of the account that begin so. */
    rolesNamed: async (prefix: string) =>
      (await listed({})).filter((name) => name.toLowerCase().startsWith(prefix)),
    // Belief create-with-tags (inferred): a role or policy that is made with tags needs the right to make it, and none to
    // tag. Source: the pages of CreateRole and CreatePolicy name one action each. Shown wrong by: doctor --live.
    createRole: (name: string, why: string, trust: Document) =>
      call('CreateRole', {
        RoleName: name,
        Description: why,
        AssumeRolePolicyDocument: JSON.stringify(trust),
        Tag: tagList(OURS),
      }),
    updateTrust: (name: string, trust: Document) =>
      call('UpdateRole', { RoleName: name, NewAssumeRolePolicyDocument: JSON.stringify(trust) }),
    createPolicy: (name: string, why: string, document: Document) =>
      call('CreatePolicy', {
        PolicyName: name,
        Description: why,
        PolicyDocument: JSON.stringify(document),
        Tag: tagList(OURS),
      }),
    updatePolicy: (name: string, document: Document) =>
      call('CreatePolicyVersion', {
        PolicyName: name,
        PolicyDocument: JSON.stringify(document),
        SetAsDefault: 'true',
        RotateStrategy: 'DeleteOldestNonDefaultVersionWhenLimitExceeded',
      }),
    /** A role and its policy carry the same name. */
    attach: (name: string) => call('AttachPolicyToRole', attachment(name)),
    detach: (name: string) => call('DetachPolicyFromRole', attachment(name)),
    tagRole: (name: string, tags: ReadonlyMap<string, string>) =>
      call('TagResources', {
        ResourceType: 'role',
        ResourceNames: JSON.stringify([name]),
        Tag: tagList(tags),
      }),
    deleteRole: (name: string) => call('DeleteRole', { RoleName: name }),
    /** RAM deletes no policy that has old versions. */
    async deletePolicy(name: string): Promise<void> {
      const answer = await call('ListPolicyVersions', { PolicyName: name, PolicyType: 'Custom' });
      const { PolicyVersions } = parseAnswer('RAM ListPolicyVersions', versionsAnswer, answer);
      for (const { VersionId, IsDefaultVersion } of PolicyVersions.PolicyVersion)
        if (!IsDefaultVersion) await call('DeletePolicyVersion', { PolicyName: name, VersionId });
      await call('DeletePolicy', { PolicyName: name });
    },
  };
}

export type RamInstaller = ReturnType<typeof ramInstaller>;

const OURS = new Map([[INSTALLED_BY.key, INSTALLED_BY.value]]);

const tagList = (tags: ReadonlyMap<string, string>): string =>
  JSON.stringify([...tags].map(([Key, Value]) => ({ Key, Value })));
