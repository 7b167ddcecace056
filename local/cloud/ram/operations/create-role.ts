import { tags } from '../../tag-rules.ts';
import { newRole } from '../answers.ts';
import { storeTrustDocument } from '../documents.ts';
import { alreadyExists, limitExceeded } from '../errors.ts';
import { ramOperation, roleResource } from '../operation.ts';
import { description, document, maxSessionDuration, parameters, roleName } from '../parameters.ts';
import { key } from '../state.ts';
import type { Role } from '../types.ts';

/** Creates a role. Errors: `MalformedPolicyDocument`, `EntityAlreadyExists.Role`, `LimitExceeded.Role`. */
export const createRole = ramOperation({
  name: 'CreateRole',
  kind: 'write',
  input: parameters({
    RoleName: roleName,
    AssumeRolePolicyDocument: document,
    Description: description.default(''),
    MaxSessionDuration: maxSessionDuration.default(3600),
    Tag: tags.default([]),
  }),
  resources: (input, call) => [roleResource(call, input.RoleName)],
  run(input, { account, world }) {
    const { ram } = account;
    const trust = storeTrustDocument(
      input.AssumeRolePolicyDocument,
      ram.uid,
      ram.limits.trustDocument,
      'AssumeRolePolicyDocument',
    );
    if (ram.findRole(input.RoleName) !== undefined) throw alreadyExists('Role');
    if (ram.roles.size >= ram.limits.roles) throw limitExceeded('Role', ram.limits.roles);
    const now = world.clock.now();
    const role: Role = {
      name: input.RoleName,
      id: ram.ids.next('3'),
      arn: `acs:ram::${ram.uid}:role/${key(input.RoleName)}`,
      trust,
      description: input.Description,
      maxSessionDuration: input.MaxSessionDuration,
      createDate: now,
      updateDate: now,
      tags: new Map(input.Tag.map((tag) => [tag.Key, tag.Value])),
      attachments: [],
    };
    ram.roles.set(key(role.name), role);
    return { Role: newRole(role) };
  },
});
