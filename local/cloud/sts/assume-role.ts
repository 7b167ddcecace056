import * as z from 'zod';
import { rpcOperation } from '../operation.ts';
import { assume } from './session.ts';
import { parseSessionPolicy } from './session-policy.ts';

/**
 * AssumeRole. `DurationSeconds` defaults to 3600. The role's ARN is answered with its name in lower case, as RAM does.
 * Who may is decided in `assume`, by the caller's own policies and by the role's trust.
 */
export const assumeRole = rpcOperation({
  service: 'sts',
  version: '2015-04-01',
  name: 'AssumeRole',
  kind: 'write',
  page: 'https://www.alibabacloud.com/help/en/ram/developer-reference/api-sts-2015-04-01-assumerole',
  input: z.object({
    RoleArn: z.string().min(1),
    RoleSessionName: z.string(),
    DurationSeconds: z
      .string()
      .regex(/^\d{1,9}$/, 'A number of seconds is expected.')
      .default('3600')
      .transform(Number),
    Policy: z.string().optional(),
    ExternalId: z
      .string()
      .regex(/^[\w+=,.@:/-]{2,1224}$/, '2 to 1224 letters, digits and =,.@:/-_+ are expected.')
      .optional(),
    SourceIdentity: z
      .string()
      .regex(/^[\w+=,.@-]{2,64}$/, '2 to 64 letters, digits and =,.@-_+ are expected.')
      .optional(),
  }),
  permission: () => null,
  run: (input, { world, caller }) => {
    const { credentials, owned, sourceIdentity } = assume(world, caller, {
      roleArn: input.RoleArn,
      sessionName: input.RoleSessionName,
      durationSeconds: input.DurationSeconds,
      // An empty Policy is what some generated clients send for none.
      sessionPolicy:
        input.Policy === undefined || input.Policy === '' ? undefined : parseSessionPolicy(input.Policy),
      externalId: input.ExternalId,
      sourceIdentity: input.SourceIdentity,
    });
    const { ownerId, role } = owned;
    return {
      AssumedRoleUser: {
        Arn: `acs:ram::${ownerId}:assumed-role/${role.name.toLowerCase()}/${input.RoleSessionName}`,
        AssumedRoleId: `${role.id}:${input.RoleSessionName}`,
      },
      Credentials: {
        AccessKeyId: credentials.accessKeyId,
        AccessKeySecret: credentials.accessKeySecret,
        SecurityToken: credentials.securityToken,
        Expiration: credentials.expiration,
      },
      ...(sourceIdentity === undefined ? {} : { SourceIdentity: sourceIdentity }),
    };
  },
});
