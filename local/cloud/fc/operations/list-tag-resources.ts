import { page } from '../../paging.ts';
import { fitsTags } from '../../tag-rules.ts';
import { type FcOperation, jsonAnswer } from '../operation.ts';
import { listingIn, onNamed } from '../tags.ts';

/** The tags of the functions that have all tags of the filter, one row each. A function that does not exist has none. */
export const listTagResources: FcOperation = {
  name: 'ListTagResources',
  kind: 'read',
  page: 'ListTagResources - Query the tags of resources',
  method: 'GET',
  path: '/tags-v2',
  // The functions stand in the query only.
  resource: [],
  further: (call) => onNamed(call, 'fc:ListTagResources'),
  run: (call) => {
    const { ResourceId, ResourceType, Tag, Limit, NextToken } = listingIn(call);
    const rows = [...call.account.fc.functions.values()]
      .filter(({ arn, tags }) => (ResourceId?.includes(arn) ?? true) && fitsTags(tags, Tag))
      .flatMap(({ arn, tags }) =>
        [...tags].map(([TagKey, TagValue]) => ({ ResourceType, ResourceId: arn, TagKey, TagValue })),
      );
    const request = { marker: NextToken, size: Limit, parameter: 'NextToken' } as const;
    const { items, next } = page(rows, (row) => `${row.ResourceId}\n${row.TagKey}`, request);
    return jsonAnswer(call, {
      RequestId: call.requestId,
      TagResources: items,
      ...(next === null ? {} : { NextToken: next }),
    });
  },
};
