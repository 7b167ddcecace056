import { page, truncation } from '../../paging.ts';
import { userFacts } from '../answers.ts';
import { ramOperation, userResource } from '../operation.ts';
import { marker, maxItems, parameters } from '../parameters.ts';
import { key } from '../state.ts';

/** Users in the order of their names. */
export const listUsers = ramOperation({
  name: 'ListUsers',
  kind: 'read',
  input: parameters({ Marker: marker, MaxItems: maxItems }),
  resources: (_input, call) => [userResource(call, '*')],
  run(input, { account }) {
    const request = { marker: input.Marker, size: input.MaxItems, parameter: 'Marker' } as const;
    const { items, next } = page(account.ram.users.values(), (user) => key(user.name), request);
    return { Users: { User: items.map(userFacts) }, ...truncation(next) };
  },
});
