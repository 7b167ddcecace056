import { roleWithTrust } from '../answers.ts';
import { storeTrustDocument } from '../documents.ts';
import { roleNamed } from '../find.ts';
import { ramOperation, roleResource } from '../operation.ts';
import { document, maxSessionDuration, newDescription, parameters, roleName } from '../parameters.ts';

/** Changes what is given and keeps the rest. Errors: `EntityNotExist.Role`, `MalformedPolicyDocument`. */
export const updateRole = ramOperation({
  name: 'UpdateRole',
  kind: 'write',
  input: parameters({
    RoleName: roleName,
    NewAssumeRolePolicyDocument: document.optional(),
    NewDescription: newDescription.optional(),
    NewMaxSessionDuration: maxSessionDuration.optional(),
  }),
  resources: (input, call) => [roleResource(call, input.RoleName)],
  run(input, call) {
    const { ram } = call.account;
    const role = roleNamed(call, input.RoleName);
    const text = input.NewAssumeRolePolicyDocument;
    if (text !== undefined) {
      const limit = ram.limits.trustDocument;
      role.trust = storeTrustDocument(text, ram.uid, limit, 'NewAssumeRolePolicyDocument');
    }
    role.description = input.NewDescription ?? role.description;
    role.maxSessionDuration = input.NewMaxSessionDuration ?? role.maxSessionDuration;
    role.updateDate = call.world.clock.now();
    return { Role: roleWithTrust(role) };
  },
});
