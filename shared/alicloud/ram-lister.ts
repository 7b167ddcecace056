import * as z from '../../events/zod.ts';
import { MANAGED_BY } from '../catalogue/names.ts';
import type { ListedRole, RamLister } from '../ports.ts';
import { millis } from '../runtime/millis.ts';
import { parseAnswer } from './answers.ts';
import type { Api } from './api.ts';
import { callRam } from './ram-reader.ts';
import type { RamAction } from './vendor-actions.ts';

const paged = { IsTruncated: z.boolean(), Marker: z.optional(z.string()) };

const tags = z.pipe(
  z.optional(z.object({ Tag: z.array(z.object({ TagKey: z.string(), TagValue: z.string() })) })),
  z.transform((list) => new Map((list?.Tag ?? []).map(({ TagKey, TagValue }) => [TagKey, TagValue]))),
);

const rolesAnswer = z.object({
  ...paged,
  Roles: z.object({
    Role: z.array(z.object({ RoleName: z.string(), Arn: z.string(), CreateDate: z.string(), Tags: tags })),
  }),
});

const policiesAnswer = z.object({
  ...paged,
  Policies: z.object({
    Policy: z.array(
      z.object({ PolicyName: z.string(), AttachmentCount: z.number(), UpdateDate: z.string(), Tags: tags }),
    ),
  }),
});

/** Roles and policies a page, the most that RAM gives. */
const PAGE_SIZE = '1000';
const OURS = JSON.stringify([{ Key: MANAGED_BY.key, Value: MANAGED_BY.value }]);

/** Lists roles and policies, page by page. ListRoles answers tags and no trust; ListPolicies the number of attachments. */
export function ramLister(api: Api): RamLister {
  async function* pages<Page extends { IsTruncated: boolean; Marker?: string | undefined }>(
    action: RamAction,
    schema: z.ZodMiniType<Page>,
    parameters: Readonly<Record<string, string>>,
  ): AsyncGenerator<Page> {
    let marker: string | undefined;
    do {
      const from = marker === undefined ? {} : { Marker: marker };
      const answer = await callRam(api, action, { ...parameters, MaxItems: PAGE_SIZE, ...from });
      const page = parseAnswer(`RAM ${action}`, schema, answer);
      yield page;
      marker = page.IsTruncated ? page.Marker : undefined;
    } while (marker !== undefined);
  }
  async function* roles(filter: Readonly<Record<string, string>>): AsyncGenerator<ListedRole> {
    for await (const page of pages('ListRoles', rolesAnswer, filter))
      for (const { RoleName, Arn, CreateDate, Tags } of page.Roles.Role)
        yield { name: RoleName, arn: Arn, createdAt: millis(Date.parse(CreateDate)), tags: Tags };
  }
  return {
    roles: () => roles({ Tag: OURS }),
    allRoles: () => roles({}),
    async *policies() {
      for await (const page of pages('ListPolicies', policiesAnswer, { Tag: OURS, PolicyType: 'Custom' }))
        for (const { PolicyName, AttachmentCount, UpdateDate, Tags } of page.Policies.Policy)
          yield {
            name: PolicyName,
            attachments: AttachmentCount,
            updatedAt: millis(Date.parse(UpdateDate)),
            tags: Tags,
          };
    },
  };
}
