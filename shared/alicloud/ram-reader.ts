import * as z from '../../events/zod.ts';
import type { RamReader } from '../ports.ts';
import { millis } from '../runtime/millis.ts';
import { parseAnswer } from './answers.ts';
import type { Api } from './api.ts';
import { CloudError, isAbsent, tellCaller } from './errors.ts';
import type { RamAction } from './vendor-actions.ts';
import { ramCall } from './vendor-calls.ts';

const roleAnswer = z.object({
  Role: z.object({
    RoleName: z.string(),
    Arn: z.string(),
    AssumeRolePolicyDocument: z.string(),
    CreateDate: z.string(),
  }),
});

const attachedAnswer = z.object({
  Policies: z.object({
    Policy: z.array(z.object({ PolicyName: z.string(), PolicyType: z.enum(['Custom', 'System']) })),
  }),
});

const policyAnswer = z.object({
  Policy: z.object({ PolicyName: z.string(), AttachmentCount: z.number(), UpdateDate: z.string() }),
  DefaultPolicyVersion: z.object({ PolicyDocument: z.string() }),
});

const tagsAnswer = z.object({
  NextToken: z.nullish(z.string()),
  TagResources: z.array(z.object({ TagKey: z.string(), TagValue: z.string() })),
});

/** Calls RAM 2015-05-01. `null` for an object that does not exist; any other error as a `HandshakeError`. */
export async function callRam(
  api: Api,
  action: RamAction,
  parameters: Readonly<Record<string, string>>,
): Promise<unknown> {
  try {
    return await api.call(ramCall(action, parameters));
  } catch (error) {
    if (!(error instanceof CloudError)) throw error;
    if (isAbsent(error.failure)) return null;
    throw tellCaller(error);
  }
}

/** Reads of RAM. GetRole knows no tags and ListRoles no trust: they are asked for apart. */
export function ramReader(api: Api): RamReader {
  const tags = (type: 'role' | 'policy') => async (name: string) => {
    const found = new Map<string, string>();
    let token: string | null = null;
    do {
      const answer: unknown = await callRam(api, 'ListTagResources', {
        ResourceType: type,
        ResourceNames: JSON.stringify([name]),
        PageSize: '100',
        ...(token === null ? {} : { NextToken: token }),
      });
      if (answer === null) break;
      const page: z.output<typeof tagsAnswer> = parseAnswer('RAM ListTagResources', tagsAnswer, answer);
      for (const tag of page.TagResources) found.set(tag.TagKey, tag.TagValue);
      token = page.NextToken === undefined || page.NextToken === '' ? null : page.NextToken;
    } while (token !== null);
    return found;
  };
  return {
    async role(name) {
      const answer = await callRam(api, 'GetRole', { RoleName: name });
      if (answer === null) return null;
      const { Role: role } = parseAnswer('RAM GetRole', roleAnswer, answer);
      return {
        name: role.RoleName,
        arn: role.Arn,
        trust: decodeDocument(role.AssumeRolePolicyDocument),
        createdAt: millis(Date.parse(role.CreateDate)),
      };
    },
    roleTags: tags('role'),
    policyTags: tags('policy'),
    async attachedPolicies(roleName) {
      const answer = await callRam(api, 'ListPoliciesForRole', { RoleName: roleName });
      if (answer === null) return [];
      const { Policies } = parseAnswer('RAM ListPoliciesForRole', attachedAnswer, answer);
      return Policies.Policy.map(({ PolicyName, PolicyType }) => ({ name: PolicyName, type: PolicyType }));
    },
    async policy(name) {
      const answer = await callRam(api, 'GetPolicy', { PolicyName: name, PolicyType: 'Custom' });
      if (answer === null) return null;
      const { Policy, DefaultPolicyVersion } = parseAnswer('RAM GetPolicy', policyAnswer, answer);
      return {
        name: Policy.PolicyName,
        text: decodeDocument(DefaultPolicyVersion.PolicyDocument),
        attachments: Policy.AttachmentCount,
        updatedAt: millis(Date.parse(Policy.UpdateDate)),
      };
    },
  };
}

/**
 * Documents come as plain JSON; a form that other APIs of the vendor use is percent-encoded.
 *
 * Belief documents-kept (inferred): RAM gives back a policy document with the statements that it was given. Source:
 * "GetPolicy"; the form of the text is not said. Shown wrong by: doctor --live.
 */
function decodeDocument(text: string): string {
  return text.startsWith('%7B') ? decodeURIComponent(text) : text;
}
