import * as z from '../../events/zod.ts';
import { parseAnswer } from './answers.ts';
import type { Api } from './api.ts';
import type { RamAction } from './vendor-actions.ts';
import { ramCall } from './vendor-calls.ts';

/** What an account holds, and what RAM lets an account hold unless it was raised. Source: "Limits" of RAM. */
export interface RamUsage {
  readonly roles: number;
  readonly policies: number;
}
// Belief ram-quotas (documented): an account holds 1,000 roles and 1,500 custom policies. Source: "Limits" of RAM.
// Shown wrong by: conformance ram-policies: a role takes a limited number of custom policies.
export const RAM_QUOTA: RamUsage = { roles: 1_000, policies: 1_500 };

const answerSchema = z.object({
  IsTruncated: z.boolean(),
  Marker: z.optional(z.string()),
  Roles: z.optional(z.object({ Role: z.array(z.unknown()) })),
  Policies: z.optional(z.object({ Policy: z.array(z.unknown()) })),
});

/** Counts all roles and custom policies of the account. Throws what `Api.call` throws. */
export async function ramUsage(api: Api): Promise<RamUsage> {
  const count = async (action: RamAction, parameters: Readonly<Record<string, string>>): Promise<number> => {
    let found = 0;
    let marker: string | undefined;
    do {
      const from = marker === undefined ? {} : { Marker: marker };
      const answer = await api.call(ramCall(action, { ...parameters, MaxItems: '1000', ...from }));
      const page = parseAnswer(`RAM ${action}`, answerSchema, answer);
      found += (page.Roles?.Role ?? page.Policies?.Policy ?? []).length;
      marker = page.IsTruncated ? page.Marker : undefined;
    } while (marker !== undefined);
    return found;
  };
  const [roles, policies] = await Promise.all([
    count('ListRoles', {}),
    count('ListPolicies', { PolicyType: 'Custom' }),
  ]);
  return { roles, policies };
}
