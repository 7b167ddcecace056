import { page, truncation } from '../../paging.ts';
import { date } from '../answers.ts';
import { groupNamed } from '../find.ts';
import { groupResource, ramOperation } from '../operation.ts';
import { groupName, marker, maxItems, parameters } from '../parameters.ts';
import { key } from '../state.ts';

/** The members of a group in the order of their names. Errors: `EntityNotExist.Group`. */
export const listUsersForGroup = ramOperation({
  name: 'ListUsersForGroup',
  kind: 'read',
  input: parameters({ GroupName: groupName, Marker: marker, MaxItems: maxItems }),
  resources: (input, call) => [groupResource(call, input.GroupName)],
  run(input, call) {
    const { ram } = call.account;
    const joined = new Map(
      groupNamed(call, input.GroupName).members.map(({ userId, joinDate }) => [userId, joinDate]),
    );
    const members = [...ram.users.values()].flatMap((user) => {
      const joinDate = joined.get(user.id);
      return joinDate === undefined ? [] : [{ user, joinDate }];
    });
    const request = { marker: input.Marker, size: input.MaxItems, parameter: 'Marker' } as const;
    const { items, next } = page(members, ({ user }) => key(user.name), request);
    const User = items.map(({ user, joinDate }) => ({
      UserName: user.name,
      DisplayName: user.displayName,
      JoinDate: date(joinDate),
    }));
    return { Users: { User }, ...truncation(next) };
  },
});
