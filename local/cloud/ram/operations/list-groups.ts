import { page, truncation } from '../../paging.ts';
import { groupFacts } from '../answers.ts';
import { groupResource, ramOperation } from '../operation.ts';
import { marker, maxItems, parameters } from '../parameters.ts';
import { key } from '../state.ts';

/** Groups in the order of their names. */
export const listGroups = ramOperation({
  name: 'ListGroups',
  kind: 'read',
  input: parameters({ Marker: marker, MaxItems: maxItems }),
  resources: (_input, call) => [groupResource(call, '*')],
  run(input, { account }) {
    const request = { marker: input.Marker, size: input.MaxItems, parameter: 'Marker' } as const;
    const { items, next } = page(account.ram.groups.values(), (group) => key(group.name), request);
    return { Groups: { Group: items.map(groupFacts) }, ...truncation(next) };
  },
});
