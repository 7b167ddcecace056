import { deleteConflict } from '../errors.ts';
import { userNamed } from '../find.ts';
import { ramOperation, userResource } from '../operation.ts';
import { parameters, userName } from '../parameters.ts';
import { key } from '../state.ts';

/**
 * Deletes a user without policies, groups and keys.
 * Errors: `EntityNotExist.User`, `DeleteConflict.User.Policy`, `DeleteConflict.User.Group`, `DeleteConflict.User.AccessKey`.
 */
export const deleteUser = ramOperation({
  name: 'DeleteUser',
  kind: 'write',
  input: parameters({ UserName: userName }),
  resources: (input, call) => [userResource(call, input.UserName)],
  run(input, call) {
    const { ram } = call.account;
    const user = userNamed(call, input.UserName);
    if (user.attachments.length > 0) throw deleteConflict('User.Policy', 'The user has policies.');
    if (ram.groupsOf(user).length > 0) throw deleteConflict('User.Group', 'The user is in groups.');
    if (ram.accessKeysOf(user).length > 0) throw deleteConflict('User.AccessKey', 'The user has AccessKeys.');
    ram.users.delete(key(user.name));
    return {};
  },
});
