import * as z from '../../events/zod.ts';
import type { Document } from '../catalogue/document.ts';
import { MANAGED_BY } from '../catalogue/names.ts';
import type { Operation, RamWriter, WriteResult } from '../ports.ts';
import { parseAnswer } from './answers.ts';
import type { Api } from './api.ts';
import { CloudError, isConflict, tellCaller } from './errors.ts';
import type { RamAction } from './vendor-actions.ts';
import { ramCall } from './vendor-calls.ts';

const OUR_TAG = new Map([[MANAGED_BY.key, MANAGED_BY.value]]);

/** The RAM call that carries out an operation. */
export function callOf(
  roleName: string,
  operation: Operation,
): [action: RamAction, parameters: Record<string, string>] {
  const { target } = operation;
  switch (operation.operation) {
    case 'create-role':
      return [
        'CreateRole',
        {
          RoleName: target,
          Description: 'Lets DMS of another account manage databases of this one. Managed by dms-handshake.',
          AssumeRolePolicyDocument: text(operation.trust),
          Tag: tagList(operation.tags),
        },
      ];
    case 'update-trust':
      return ['UpdateRole', { RoleName: target, NewAssumeRolePolicyDocument: text(operation.trust) }];
    case 'tag-role':
      return [
        'TagResources',
        { ResourceType: 'role', ResourceNames: JSON.stringify([target]), Tag: tagList(operation.tags) },
      ];
    case 'untag-role':
      return [
        'UntagResources',
        {
          ResourceType: 'role',
          ResourceNames: JSON.stringify([target]),
          TagKeys: JSON.stringify(operation.keys),
        },
      ];
    case 'create-policy':
      return [
        'CreatePolicy',
        {
          PolicyName: target,
          PolicyDocument: text(operation.document),
          Description:
            'What DMS needs for these engines. Shared by the roles that grant them. Managed by dms-handshake.',
          Tag: tagList(OUR_TAG),
        },
      ];
    case 'create-policy-version':
      return [
        'CreatePolicyVersion',
        {
          PolicyName: target,
          PolicyDocument: text(operation.document),
          SetAsDefault: 'true',
          RotateStrategy: 'DeleteOldestNonDefaultVersionWhenLimitExceeded',
        },
      ];
    case 'delete-role':
      return ['DeleteRole', { RoleName: target }];
    case 'delete-policy':
      return ['DeletePolicy', { PolicyName: target }];
    case 'attach-policy':
    case 'detach-policy':
      return [
        operation.operation === 'attach-policy' ? 'AttachPolicyToRole' : 'DetachPolicyFromRole',
        { PolicyName: operation.policy.name, PolicyType: operation.policy.type, RoleName: roleName },
      ];
  }
}

/** Writes to RAM. A lost answer is repeated, and the repetition's `EntityAlreadyExists` reported as a conflict. */
export function ramWriter(api: Api): RamWriter {
  return {
    async apply(roleName, operation): Promise<WriteResult> {
      const [action, parameters] = callOf(roleName, operation);
      try {
        if (operation.operation === 'delete-policy') await deleteOldVersions(api, operation.target);
        await api.call(ramCall(action, parameters));
        return 'done';
      } catch (error) {
        if (!(error instanceof CloudError)) throw error;
        if (isConflict(error.failure) && !isAboutPrincipal(operation, error)) return 'conflict';
        throw tellCaller(error);
      }
    },
  };
}

/** Whether RAM found no such user or role that a trust policy names: the role itself is not what is missing. */
const isAboutPrincipal = ({ operation }: Operation, { failure }: CloudError): boolean =>
  (operation === 'create-role' || operation === 'update-trust') &&
  failure.code.startsWith('EntityNotExist.') &&
  failure.code !== 'EntityNotExist.Role';

const text = (document: Document): string => JSON.stringify(document);

/**
 * The form in which the vendor's current SDK sends tags.
 *
 * Belief tags-as-json (documented): CreateRole, CreatePolicy and TagResources take tags as one JSON text. Source:
 * `@alicloud/ram20150501` 1.2.1. Shown wrong by: doctor --live.
 */
const tagList = (tags: ReadonlyMap<string, string>): string =>
  JSON.stringify([...tags].map(([Key, Value]) => ({ Key, Value })));

const versionsAnswer = z.object({
  PolicyVersions: z.object({
    PolicyVersion: z.array(z.object({ VersionId: z.string(), IsDefaultVersion: z.boolean() })),
  }),
});

/** RAM deletes no policy that has old versions, so these are deleted first. */
async function deleteOldVersions(api: Api, name: string): Promise<void> {
  const call = (action: RamAction, parameters: Record<string, string>) =>
    api.call(ramCall(action, parameters));
  const listed = await call('ListPolicyVersions', { PolicyName: name, PolicyType: 'Custom' });
  const { PolicyVersions } = parseAnswer('RAM ListPolicyVersions', versionsAnswer, listed);
  for (const { VersionId, IsDefaultVersion } of PolicyVersions.PolicyVersion)
    if (!IsDefaultVersion) await call('DeletePolicyVersion', { PolicyName: name, VersionId });
}
