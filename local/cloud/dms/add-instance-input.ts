import * as z from 'zod';
import { dbTypeOf } from './db-types.ts';
import { address, boolean, envType, flag, networkType, source, text, whole } from './parameters.ts';

const instanceType = z
  .string()
  .refine((word) => dbTypeOf(word) !== null, 'It is none of the values of DbType.')
  .transform((word) => dbTypeOf(word) ?? word);

/** Sources for which `EcsRegion` has to be given. */
const IN_A_REGION: readonly string[] = ['RDS', 'ECS_OWN', 'GATEWAY', 'VPC_IDC'];

/** The user of DMS who looks after an instance. */
export const userId = z.string().regex(/^\d{1,19}$/, 'A number is expected.');

/** What a registration has to say of an instance, beside its address. */
export const needed = {
  InstanceAlias: text,
  InstanceSource: source,
  InstanceType: instanceType,
  NetworkType: networkType,
  EnvType: envType,
  DatabaseUser: text,
  DatabasePassword: text,
  /** Seconds. */
  QueryTimeout: whole(1, 2_147_483_647),
  ExportTimeout: whole(1, 2_147_483_647),
};

/** What it can say. */
export const further = {
  EnableSellSitd: flag,
  SafeRule: z.string(),
  EcsRegion: z.string(),
  EcsInstanceId: z.string(),
  VpcId: z.string(),
  DataLinkName: z.string(),
  DdlOnline: whole(0, 2),
  UseDsql: whole(0, 1),
  SkipTest: boolean,
  TemplateId: whole(0, Number.MAX_SAFE_INTEGER),
  TemplateType: z.string(),
};

/** All of it, with what is taken for granted. */
export const described = {
  ...address,
  ...needed,
  EnableSellSitd: further.EnableSellSitd.default(false),
  SafeRule: further.SafeRule.default(''),
  EcsRegion: further.EcsRegion.default(''),
  EcsInstanceId: further.EcsInstanceId.default(''),
  VpcId: further.VpcId.default(''),
  DataLinkName: further.DataLinkName.default(''),
  DdlOnline: further.DdlOnline.default(0),
  UseDsql: further.UseDsql.default(0),
  SkipTest: further.SkipTest.optional(),
  TemplateId: further.TemplateId.optional(),
  TemplateType: further.TemplateType.optional(),
};

/** The parameters of AddInstance with the rules of its page. */
export const addInstanceInput = z
  .object({
    ...described,
    EnableSellTrust: flag,
    EnableSellCommon: flag.default(false),
    EnableSellStable: flag.default(false),
    RoleArn: z.string().optional(),
    DbaId: userId,
    UseSsl: whole(-1, 1).default(0),
  })
  .superRefine((input, context) => {
    for (const issue of contradictions(input)) context.addIssue(issue);
  });

type Ruled = Pick<
  AddInstanceInput,
  | 'InstanceSource'
  | 'InstanceType'
  | 'EcsRegion'
  | 'EcsInstanceId'
  | 'VpcId'
  | 'Sid'
  | 'SafeRule'
  | 'EnableSellCommon'
  | 'UseDsql'
  | 'DataLinkName'
>;

/** What an instance lacks by the rules that need two parameters. */
export function contradictions(input: Ruled) {
  const { InstanceSource: from } = input;
  const onServer = from === 'ECS_OWN' || from === 'GATEWAY';
  const rules: readonly [parameter: string, value: string, when: boolean, why: string][] = [
    ['EcsRegion', input.EcsRegion, IN_A_REGION.includes(from), `for InstanceSource ${from}`],
    ['EcsInstanceId', input.EcsInstanceId, onServer, `for InstanceSource ${from}`],
    ['VpcId', input.VpcId, from === 'VPC_IDC', `for InstanceSource ${from}`],
    ['Sid', input.Sid, input.InstanceType === 'oracle', 'for Oracle'],
    ['SafeRule', input.SafeRule, input.EnableSellCommon, 'for Security Collaboration'],
    ['DataLinkName', input.DataLinkName, input.UseDsql === 1, 'for cross-database queries'],
  ];
  const issues = rules.flatMap(([parameter, value, when, why]) =>
    when && value === '' ? [lacking(parameter, why)] : [],
  );
  if (/^[a-z_]*$/.test(input.DataLinkName)) return issues;
  const message = 'Only lower-case letters and underscores are allowed.';
  return [...issues, { code: 'custom' as const, path: ['DataLinkName'], message }];
}

const lacking = (parameter: string, why: string) => ({
  code: 'custom' as const,
  path: [parameter],
  message: `It is required ${why}.`,
});

export type AddInstanceInput = z.infer<typeof addInstanceInput>;
