import { newUser } from '../answers.ts';
import { alreadyExists, limitExceeded } from '../errors.ts';
import { ramOperation, userResource } from '../operation.ts';
import { comments, displayName, email, mobilePhone, parameters, userName } from '../parameters.ts';
import { key, userArn } from '../state.ts';
import type { User } from '../types.ts';

/** Creates a user without rights and without keys. Errors: `EntityAlreadyExists.User`, `LimitExceeded.User`. */
export const createUser = ramOperation({
  name: 'CreateUser',
  kind: 'write',
  input: parameters({
    UserName: userName,
    DisplayName: displayName.default(''),
    MobilePhone: mobilePhone.default(''),
    Email: email.default(''),
    Comments: comments.default(''),
  }),
  resources: (input, call) => [userResource(call, input.UserName)],
  run(input, { account, world }) {
    const { ram } = account;
    if (ram.findUser(input.UserName) !== undefined) throw alreadyExists('User');
    if (ram.users.size >= ram.limits.users) throw limitExceeded('User', ram.limits.users);
    const now = world.clock.now();
    const user: User = {
      name: input.UserName,
      id: ram.ids.next('2'),
      arn: userArn(ram.uid, input.UserName),
      displayName: input.DisplayName,
      mobilePhone: input.MobilePhone,
      email: input.Email,
      comments: input.Comments,
      createDate: now,
      updateDate: now,
      attachments: [],
    };
    ram.users.set(key(user.name), user);
    return { User: newUser(user) };
  },
});
