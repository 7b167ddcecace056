import { page, truncation } from '../../paging.ts';
import { fitsTags, tagFilter } from '../../tag-rules.ts';
import { roleWithTags } from '../answers.ts';
import { ramOperation, roleResource } from '../operation.ts';
import { marker, maxItems, parameters } from '../parameters.ts';
import { key } from '../state.ts';

/** Roles with their tags and without their trust documents, in the order of their names. */
export const listRoles = ramOperation({
  name: 'ListRoles',
  kind: 'read',
  input: parameters({ Marker: marker, MaxItems: maxItems, Tag: tagFilter }),
  resources: (_input, call) => [roleResource(call, '*')],
  run(input, { account }) {
    const matching = [...account.ram.roles.values()].filter((role) => fitsTags(role.tags, input.Tag));
    const request = { marker: input.Marker, size: input.MaxItems, parameter: 'Marker' } as const;
    const { items, next } = page(matching, (role) => key(role.name), request);
    return { Roles: { Role: items.map(roleWithTags) }, ...truncation(next) };
  },
});
