import { userFacts } from '../answers.ts';
import { userNamed } from '../find.ts';
import { ramOperation, userResource } from '../operation.ts';
import {
  newComments,
  newDisplayName,
  newEmail,
  newMobilePhone,
  parameters,
  userName,
} from '../parameters.ts';
import { rename } from '../rename.ts';
import { userArn } from '../state.ts';

/**
 * Changes what is given and keeps the rest; what is given as empty is taken away. Keys, groups and policies stay with a
 * user who gets another name. Errors: `EntityNotExist.User`, `EntityAlreadyExists.User`.
 */
export const updateUser = ramOperation({
  name: 'UpdateUser',
  kind: 'write',
  input: parameters({
    UserName: userName,
    NewUserName: userName.optional(),
    NewDisplayName: newDisplayName.optional(),
    NewMobilePhone: newMobilePhone.optional(),
    NewEmail: newEmail.optional(),
    NewComments: newComments.optional(),
  }),
  resources: (input, call) => [userResource(call, input.UserName)],
  run(input, call) {
    const { ram } = call.account;
    const user = userNamed(call, input.UserName);
    rename(ram.users, user, input.NewUserName, 'User');
    user.arn = userArn(ram.uid, user.name);
    for (const key of ram.accessKeysOf(user)) key.userName = user.name;
    user.displayName = input.NewDisplayName ?? user.displayName;
    user.mobilePhone = input.NewMobilePhone ?? user.mobilePhone;
    user.email = input.NewEmail ?? user.email;
    user.comments = input.NewComments ?? user.comments;
    user.updateDate = call.world.clock.now();
    return { User: userFacts(user) };
  },
});
