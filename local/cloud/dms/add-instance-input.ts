import { z } from 'zod';
import { dbTypeOf } from './db-types.ts';
import { address, boolean, envType, flag, networkType, source, text, whole } from './parameters.ts';

const instanceType = z
  .string()
  .refine((word) => dbTypeOf(word) !== null, 'It is none of the values of DbType.')
  .transform((word) => dbTypeOf(word) ?? word);

/** Sources for which `EcsRegion` has to be given. */
const IN_A_REGION: readonly string[] = ['RDS', 'ECS_OWN', 'GATEWAY', 'VPC_IDC'];

/** The parameters of AddInstance with the rules of its page, those that need two parameters at the end. */
export const addInstanceInput = z
  .object({
    ...address,
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
    EnableSellTrust: flag,
    EnableSellCommon: flag.default('N'),
    EnableSellSitd: flag.default('N'),
    EnableSellStable: flag.default('N'),
    SafeRule: z.string().default(''),
    EcsRegion: z.string().default(''),
    EcsInstanceId: z.string().default(''),
    VpcId: z.string().default(''),
    RoleArn: z.string().optional(),
    DbaId: z.string().regex(/^\d{1,19}$/, 'A number is expected.'),
    DataLinkName: z.string().default(''),
    DdlOnline: whole(0, 2).default(0),
    UseDsql: whole(0, 1).default(0),
    UseSsl: whole(-1, 1).default(0),
    SkipTest: boolean.default(false),
    TemplateId: whole(0, Number.MAX_SAFE_INTEGER).optional(),
    TemplateType: z.string().optional(),
  })
  .superRefine((input, context) => {
    const need = (parameter: string, value: string, when: boolean, why: string): void => {
      if (when && value === '')
        context.addIssue({ code: 'custom', path: [parameter], message: `It is required ${why}.` });
    };
    const { InstanceSource: from } = input;
    need('EcsRegion', input.EcsRegion, IN_A_REGION.includes(from), `for InstanceSource ${from}`);
    const onServer = from === 'ECS_OWN' || from === 'GATEWAY';
    need('EcsInstanceId', input.EcsInstanceId, onServer, `for InstanceSource ${from}`);
    need('VpcId', input.VpcId, from === 'VPC_IDC', `for InstanceSource ${from}`);
    need('Sid', input.Sid, input.InstanceType === 'oracle', 'for Oracle');
    need('SafeRule', input.SafeRule, input.EnableSellCommon === 'Y', 'for Security Collaboration');
    need('DataLinkName', input.DataLinkName, input.UseDsql === 1, 'for cross-database queries');
    if (!/^[a-z_]*$/.test(input.DataLinkName)) {
      const message = 'Only lower-case letters and underscores are allowed.';
      context.addIssue({ code: 'custom', path: ['DataLinkName'], message });
    }
  });

export type AddInstanceInput = z.infer<typeof addInstanceInput>;
